//! Where one is in a form of several pages, in words.

use leptos::prelude::*;
use shared::{locale::Locale, say};

/// `第 2 步，共 5 步` above the title, with the name of what is done step by step.
#[component]
pub fn Steps(locale: Locale, at: usize, of: usize, #[prop(into)] name: String) -> impl IntoView {
    let place = say!(locale, "第 {at} 步，共 {of} 步", "Step {at} of {of}");
    let marks = (1..=of).map(|step| {
        let class = if step <= at { "step step-done" } else { "step" };
        view! { <span class=class></span> }
    });
    view! {
        <div class="steps">
            <p>
                <span class="steps-place">{place}</span>
                <span class="steps-name">{name}</span>
            </p>
            <div class="steps-marks" aria-hidden="true">
                {marks.collect_view()}
            </div>
        </div>
    }
}
