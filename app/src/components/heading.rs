//! The heading of a step of a form.

use leptos::prelude::*;

/// Takes the focus when the page opens, unless there is something to correct: then the list of that has it.
#[component]
pub fn StepHeading(#[prop(into)] title: String, #[prop(optional)] wrong: bool) -> impl IntoView {
    view! {
        <h1 tabindex="-1" autofocus=!wrong>
            {title}
        </h1>
    }
}
