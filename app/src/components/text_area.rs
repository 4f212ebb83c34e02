//! Several lines of text.

use leptos::prelude::*;
use shared::locale::Locale;

use super::field::{Labelled, described_by};

/// The only `<textarea>` of the portal: leptos 0.8 writes a textarea's text on the server without escaping it,
/// so it is escaped here.
#[component]
pub fn TextArea(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    /// Height in lines.
    #[prop(default = 5)]
    rows: u8,
) -> impl IntoView {
    let described = described_by(&name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <Labelled locale=locale name=name.clone() label=label hint=hint error=error>
            <textarea
                class="input"
                id=name.clone()
                name=name
                rows=rows.to_string()
                aria-describedby=described
                aria-invalid=invalid
            >
                {escaped(&value)}
            </textarea>
        </Labelled>
    }
}

/// Text that cannot end the element; the newline in front is the one that browsers drop.
fn escaped(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_cannot_close_the_field_and_run() {
        let typed = "</textarea><script>alert(1)</script> & more";
        let html = view! { <TextArea locale=Locale::Zh name="note" label="说明" value=typed /> }.to_html();
        assert!(
            html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</textarea>"),
            "{html}"
        );
        assert!(!html.contains("<script>"), "{html}");
    }

    #[test]
    fn a_first_empty_line_survives() {
        let html = view! { <TextArea locale=Locale::Zh name="note" label="说明" value="\n第二行" /> }.to_html();
        assert!(html.contains(">\n\n第二行</textarea>"), "{html}");
    }
}
