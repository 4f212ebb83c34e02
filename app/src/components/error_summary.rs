//! What needs correcting, above the title: each line leads to its field.

use leptos::prelude::*;
use shared::{field::FieldMessage, locale::Locale};

/// Takes the focus when the page opens, also without scripts. Draws nothing when all is well.
#[component]
pub fn ErrorSummary(locale: Locale, messages: Vec<FieldMessage>) -> impl IntoView {
    (!messages.is_empty()).then(|| {
        let count = messages.len();
        let title = match (locale, count) {
            (Locale::Zh, _) => format!("有 {count} 处需要更正"),
            (Locale::En, 1) => "One thing needs correcting".to_owned(),
            (Locale::En, _) => format!("{count} things need correcting"),
        };
        let lines = messages.into_iter().map(|FieldMessage { field, message, .. }| {
            view! { <li><a href=format!("#{field}")>{message}</a></li> }
        });
        view! {
            <div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors">
                <h2 id="errors">{title}</h2>
                <ul role="list">{lines.collect_view()}</ul>
            </div>
        }
    })
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
