//! A choice that fills its row: what it is, what is to be said of it, and an arrow.

use leptos::prelude::*;

use super::icon::{Drawing, Icon};

/// One row of a list with the class `days`.
#[component]
pub fn RowLink(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    #[prop(into)] about: String,
    /// It is what the page shows.
    #[prop(optional)]
    chosen: bool,
) -> impl IntoView {
    let class = if chosen { "day-row day-chosen" } else { "day-row" };
    view! {
        <a class=class href=href aria-current=chosen.then_some("date")>
            <span class="day-row-words">
                <span class="day-row-date">{title}</span>
                <span class="day-row-left">{about}</span>
            </span>
            <Drawing icon=Icon::Forward />
        </a>
    }
}
