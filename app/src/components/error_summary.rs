//! What needs correcting, above the title: each line leads to its field.

#[cfg(feature = "ssr")]
use leptos::prelude::*;
use shared::{field::FieldMessage, locale::Locale};

use super::part::Part;

/// Takes the focus when the page opens, also without scripts. Draws nothing when all is well.
#[cfg(feature = "ssr")]
#[component]
pub fn ErrorSummary(locale: Locale, messages: Vec<FieldMessage>) -> impl IntoView {
    (!messages.is_empty()).then(|| error_summary(locale, &messages).drawn())
}

/// The message at one field.
pub fn message_at(messages: &[FieldMessage], field: &str) -> Option<String> {
    messages.iter().find(|message| message.field == field).map(|message| message.message.clone())
}

pub fn error_summary(locale: Locale, messages: &[FieldMessage]) -> Part {
    let title = match (locale, messages.len()) {
        (Locale::Zh, count) => format!("有 {count} 处需要更正"),
        (Locale::En, 1) => "One thing needs correcting".to_owned(),
        (Locale::En, count) => format!("{count} things need correcting"),
    };
    let line = |FieldMessage { field, message, .. }: &FieldMessage| {
        Part::of("li", [Part::text("a", message).with("href", format!("#{field}"))])
    };
    let title = Part::text("h2", title).with("id", "errors");
    let lines = Part::of("ul", messages.iter().map(line)).with("role", "list");
    let summary = Part::of("div", [title, lines]).class("errors").with("role", "alert").with("tabindex", "-1");
    summary.with("autofocus", "").with("aria-labelledby", "errors")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(field: &str, message: &str) -> FieldMessage {
        FieldMessage { field: field.to_owned(), code: "any".to_owned(), message: message.to_owned() }
    }

    #[test]
    fn every_line_leads_to_its_field() {
        let messages = vec![message("parties.0.name", "请填写姓名"), message("parties.0.phone", "请填写手机号")];
        let html = view! { <ErrorSummary locale=Locale::Zh messages=messages /> }.to_html();
        assert!(html.contains("有 2 处需要更正"), "{html}");
        assert!(html.contains(r##"<a href="#parties.0.phone">请填写手机号</a>"##), "{html}");
    }

    #[test]
    fn a_good_form_has_no_summary() {
        let html = view! { <ErrorSummary locale=Locale::En messages=Vec::new() /> }.to_html();
        assert!(!html.contains("<div"), "{html}");
    }
}
