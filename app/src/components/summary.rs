//! What was answered so far, with a way to change each answer.

use leptos::prelude::*;
use shared::locale::Locale;

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub key: String,
    pub value: String,
    /// Where it can be changed; frozen answers have no such place.
    pub change: Option<String>,
    /// Where the value itself leads, such as a number to call.
    pub href: Option<String>,
}

impl Row {
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into(), change: None, href: None }
    }

    #[must_use]
    pub fn change(mut self, href: impl Into<String>) -> Self {
        self.change = Some(href.into());
        self
    }
}

#[component]
pub fn Summary(locale: Locale, rows: Vec<Row>) -> impl IntoView {
    let rows = rows.into_iter().map(|Row { key, value, change, href }| {
        let value = match href {
            Some(href) => view! { <a class="nowrap" href=href>{value}</a> }.into_any(),
            None => value.into_any(),
        };
        let change = change.map(|href| {
            view! {
                <dd class="summary-change">
                    <a href=href>
                        {locale.say("修改", "Change")}
                        <span class="hidden-visually">{format!(" {key}")}</span>
                    </a>
                </dd>
            }
        });
        view! {
            <div class="summary-row">
                <dt>{key}</dt>
                <dd>{value}</dd>
                {change}
            </div>
        }
    });
    view! { <dl class="summary">{rows.collect_view()}</dl> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_link_says_what_it_changes() {
        let rows = vec![Row::new("姓名", "张三").change("/a"), Row::new("日期", "2026年5月20日")];
        let html = view! { <Summary locale=Locale::Zh rows=rows /> }.to_html();
        assert!(html.contains(r#"<a href="/a">修改<span class="hidden-visually"> 姓名</span></a>"#), "{html}");
        assert_eq!(html.matches("<a ").count(), 1);
    }
}
