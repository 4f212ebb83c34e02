//! A state in a word or two.

use leptos::prelude::*;

use super::notice::Tone;

/// The word says the state; the colour only repeats it.
#[component]
pub fn Tag(#[prop(into)] text: String, #[prop(optional)] tone: Tone) -> impl IntoView {
    let class = match tone {
        Tone::Info => "tag tag-info",
        Tone::Success => "tag tag-success",
        Tone::Warning => "tag tag-warning",
        Tone::Danger => "tag tag-danger",
    };
    view! { <span class=class>{text}</span> }
}
