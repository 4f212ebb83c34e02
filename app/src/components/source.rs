//! Where a statement of law or a figure comes from, and when that was last checked.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{locale::Locale, say};

/// [`SourceLine`] behind one press, at the end of its section.
#[component]
pub fn SourceFold(locale: Locale, #[prop(into)] title: String, checked: NaiveDate) -> impl IntoView {
    folded(locale, view! { <SourceLine locale=locale title=title checked=checked /> }.into_any())
}

/// Sources behind one press, in whatever form the section needs.
pub fn folded(locale: Locale, sources: AnyView) -> AnyView {
    view! {
        <details class="sources">
            <summary>{locale.say("来源和依据", "Sources and law")}</summary>
            {sources}
        </details>
    }
    .into_any()
}

/// `依据：… · 2026年11月21日核对`.
#[component]
pub fn SourceLine(locale: Locale, #[prop(into)] title: String, checked: NaiveDate) -> impl IntoView {
    let checked = locale.date(checked);
    let line = say!(locale, "依据：{title} · {checked}核对", "Source: {title} · checked on {checked}");
    view! { <p class="source">{line}</p> }
}
