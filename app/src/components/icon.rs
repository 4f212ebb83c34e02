//! Line drawings beside words; they never stand alone, so screen readers pass over them.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Forward,
    Back,
    Info,
    Check,
    Warning,
    Stop,
    Clock,
}

impl Icon {
    /// The lines, on a ground of 24 by 24.
    pub fn path(self) -> &'static str {
        match self {
            Self::Forward => "M9 5l7 7-7 7",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5.5M12 7.6v.1",
            Self::Check => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M7.8 12.4l2.9 2.9 5.6-6.1",
            Self::Warning => "M12 3.5 2.8 19.6h18.4zM12 10v4.6M12 17v.1",
            Self::Stop => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.3v5.6M12 16.3v.1",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.2V12l3.2 2.4",
        }
    }
}

/// Where a browser knows nothing of the style sheet, a drawing without a size fills the window.
pub const SIZE: &str = "20";

#[component]
pub fn Drawing(icon: Icon) -> impl IntoView {
    lines("icon", SIZE, "2", icon.path())
}

/// Lines on a ground of 24 by 24, in the colour of the text.
pub(super) fn lines(
    class: &'static str,
    size: &'static str,
    stroke: &'static str,
    path: &'static str,
) -> impl IntoView {
    view! {
        <svg
            class=class
            viewBox="0 0 24 24"
            width=size
            height=size
            fill="none"
            stroke="currentColor"
            stroke-width=stroke
            aria-hidden="true"
            focusable="false"
        >
            <path d=path />
        </svg>
    }
}
