//! The whole of a screen in the hall: nothing around it leads anywhere.

use leptos::prelude::*;

use super::{Content, document};
use crate::visit::Visit;

/// A screen of an office.
pub fn hall(visit: &Visit, title: &str, content: Content) -> impl IntoView + use<> {
    let Content { body, scripts } = content;
    document(visit, title, body, scripts)
}
