//! Reads an identity number as soon as somebody has typed it, with the reader that the server uses.

#[cfg(feature = "hydrate")]
mod hydrated;

use leptos::prelude::*;

/// Stands around the [`IdField`](crate::components::id_field::IdField) of a form that also asks for `kind` and,
/// where a kind has several documents, for `id_type.{kind}`. What to correct is shown below the field; a good
/// number is shown in groups, to be compared with the card.
#[island]
pub fn IdCheck(children: Children) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::draw::needs(crate::draw::Script::Islands);
    let here = NodeRef::new();
    #[cfg(feature = "hydrate")]
    here.on_load(hydrated::check);
    view! {
        <div class="id-check" node_ref=here>
            {children()}
            <p aria-live="polite"></p>
        </div>
    }
}
