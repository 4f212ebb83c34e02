//! Keeps what is left of a day's times up to date while somebody chooses.

#[cfg(feature = "hydrate")]
mod hydrated;

use leptos::prelude::*;

/// Stands around the times of a day and an element with `data-slots-at`, where the API tells them anew; without
/// scripts they stay as they were drawn.
#[island]
pub fn SlotRefresh(children: Children) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::draw::needs(crate::draw::Script::Islands);
    let here = NodeRef::new();
    #[cfg(feature = "hydrate")]
    here.on_load(hydrated::refresh);
    view! { <div node_ref=here>{children()}</div> }
}
