//! Where something was read, behind one press at the end of its section.

use leptos::prelude::*;
use shared::locale::Locale;

pub(super) use crate::components::source::folded;

/// A list of sources, each item with what it is the source of; nothing where there is none.
pub(super) fn sources(locale: Locale, items: Vec<AnyView>) -> Option<AnyView> {
    (!items.is_empty())
        .then(|| folded(locale, view! { <ul class="benefit-sources" role="list">{items}</ul> }.into_any()))
}
