//! The button that asks for another code. While that is too early it says when it can be pressed, and does not look
//! like something to press; a style sheet ends this by itself, so that it works without scripts.

use leptos::prelude::*;
use shared::{locale::Locale, say};

/// A button `action` of the form it stands in.
#[component]
pub fn Resend(
    locale: Locale,
    #[prop(into)] text: String,
    value: &'static str,
    /// Seconds until another code can be sent.
    #[prop(optional_no_strip)]
    wait: Option<u64>,
) -> impl IntoView {
    let class = match wait {
        None => "actions",
        Some(..=MINUTE) => "actions resend-later",
        Some(_) => "actions resend-later resend-much-later",
    };
    let words = wait.map(|seconds| {
        let wait = locale.wait(seconds);
        let words = say!(locale, "{wait}后可以再发", "You can ask again in {wait}");
        view! { <span class="resend-when" id=WHEN>{words}</span> }
    });
    view! {
        <p class=class>
            <button
                class="button button-secondary"
                name="action"
                value=value
                aria-describedby=wait.is_some().then_some(WHEN)
            >
                {text}
            </button>
            {words}
        </p>
    }
}

const WHEN: &str = "resend-when";

/// The seconds after which the style sheet lets it look like a button again.
const MINUTE: u64 = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_it_is_too_early_the_button_says_when_it_can_be_pressed() {
        let drawn = |wait| view! { <Resend locale=Locale::Zh text="重新发送" value="send" wait=wait /> }.to_html();
        let early = drawn(Some(60));
        assert!(early.contains("60 秒后可以再发") && early.contains("resend-later"), "{early}");
        assert!(early.contains(r#"aria-describedby="resend-when""#) && !early.contains("much"), "{early}");
        assert!(drawn(Some(61)).contains("resend-much-later"));
        let now = drawn(None);
        assert!(!now.contains("resend-") && now.contains(r#"value="send""#), "{now}");
    }
}
