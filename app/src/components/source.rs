//! Where a statement of law or a figure comes from, and when that was last checked.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{locale::Locale, say};

/// `依据：… · 2026年11月21日核对`.
#[component]
pub fn SourceLine(locale: Locale, #[prop(into)] title: String, checked: NaiveDate) -> impl IntoView {
    let checked = locale.date(checked);
    let line = say!(locale, "依据：{title} · {checked}核对", "Source: {title} · checked on {checked}");
    view! { <p class="source">{line}</p> }
}
