//! The way back, above the title.

use leptos::prelude::*;

use super::icon::{Drawing, Icon};

#[component]
pub fn BackLink(#[prop(into)] href: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <a class="back" href=href>
            <Drawing icon=Icon::Back />
            {text}
        </a>
    }
}
