//! A line of text.

use leptos::prelude::*;
use shared::locale::Locale;

use super::field::{Labelled, described_by};

/// One line to type into; `name` is also its id, so that the error summary can lead to it.
#[component]
pub fn TextField(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    /// WHATWG autofill name; "off" where the answer is about somebody else.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Keyboard of a phone, such as `numeric`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// One of `input-short` and `input-code`, for answers of a known length.
    #[prop(default = "")]
    width: &'static str,
) -> impl IntoView {
    let described = described_by(&name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <Labelled locale=locale name=name.clone() label=label hint=hint error=error>
            <input
                class=format!("input {width}")
                type="text"
                id=name.clone()
                name=name
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                aria-describedby=described
                aria-invalid=invalid
                spellcheck="false"
            />
        </Labelled>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_with_an_error_keeps_its_value_and_points_at_the_message() {
        let html = view! {
            <TextField
                locale=Locale::Zh
                name="parties.0.name"
                label="姓名"
                value="<张·三>\""
                hint=Some("与身份证上的一致".to_owned())
                error=Some("请填写姓名".to_owned())
            />
        }
        .to_html();
        assert!(html.contains(r#"value="&lt;张·三&gt;&quot;""#), "{html}");
        assert!(html.contains(r#"aria-describedby="parties.0.name.error parties.0.name.hint""#), "{html}");
        assert!(html.contains(r#"aria-invalid="true""#) && html.contains(r#"id="parties.0.name.error""#), "{html}");
    }

    #[test]
    fn a_field_without_remarks_says_nothing_about_them() {
        let html = view! { <TextField locale=Locale::En name="name" label="Name" /> }.to_html();
        assert!(!html.contains("aria-describedby") && !html.contains("aria-invalid"), "{html}");
    }
}
