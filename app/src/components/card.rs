//! A thing one may choose: a service or a place.

use leptos::prelude::*;

use super::icon::{Drawing, Icon};

/// A card whose title is the link; all of it can be pressed.
#[component]
pub fn Card(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="card">
            <div class="card-body">
                <h3 class="card-title"><a href=href>{title}</a></h3>
                {children.map(|children| children())}
            </div>
            <Drawing icon=Icon::Forward />
        </div>
    }
}
