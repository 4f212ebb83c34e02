//! It is done: what, and the number to remember it by.

use leptos::prelude::*;

use super::{
    heading::StepHeading,
    icon::{Drawing, Icon},
};

#[component]
pub fn Confirmation(
    /// What is done; the title of the page.
    #[prop(into)]
    title: String,
    #[prop(into)] label: String,
    /// In groups, such as `K7MP-4CRT-9WXC`.
    #[prop(into)]
    reference: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let groups = reference.split('-').map(|group| view! { <span>{group.to_owned()}</span> });
    view! {
        <div class="confirmation">
            <Drawing icon=Icon::Check />
            <StepHeading title=title />
            <p class="confirmation-label">{label}</p>
            <p class="reference">{groups.collect_view()}</p>
            {children.map(|children| children())}
        </div>
    }
}
