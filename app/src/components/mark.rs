//! The portal's mark: two people under one roof, as in the site's icon.

use leptos::prelude::*;

#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 64 64" width="32" height="32" aria-hidden="true" focusable="false">
            <rect class="mark-ground" width="64" height="64" rx="14" fill="none" stroke="currentColor" stroke-width="2" />
            <path class="mark-line" d="M10 33 32 14l22 19" fill="none" stroke="currentColor" stroke-width="5" />
            <circle cx="24" cy="37" r="4.5" />
            <circle cx="40" cy="37" r="4.5" />
            <path d="M15.5 53c0-6 3.5-9 8.5-9s8 3 8 9c0-6 3-9 8-9s8.5 3 8.5 9z" />
        </svg>
    }
}
