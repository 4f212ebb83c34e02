//! How long a time is still held, and a warning before that ends.

#[cfg(feature = "hydrate")]
mod hydrated;

use leptos::prelude::*;
use shared::{appointments::WARN_MINUTES, locale::Locale, say};

/// Stands around the line of a held time (`appointments::hold_notice`). It counts the seconds, reads out the last minutes, and
/// extends the hold without leaving the page, so that what is being typed stays.
#[island]
pub fn HoldCountdown(children: Children) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::draw::needs(crate::draw::Script::Islands);
    let here = NodeRef::new();
    #[cfg(feature = "hydrate")]
    here.on_load(hydrated::count);
    view! { <div node_ref=here>{children()}</div> }
}

/// Class of the line: the last two minutes are a warning.
pub fn class(seconds: i64) -> &'static str {
    if seconds > WARN_MINUTES * 60 { "hold" } else { "hold hold-ending" }
}

/// `until` is the end in words, such as `下午 3:32`.
pub fn held_until(locale: Locale, until: &str) -> String {
    say!(locale, "保留到{until}", "Held until {until}")
}

/// Seconds left, said so that it stays true while one reads it.
pub fn about(locale: Locale, seconds: i64) -> String {
    match (locale, (seconds + 30) / 60) {
        (Locale::Zh, ..1) => "不到 1 分钟".to_owned(),
        (Locale::Zh, minutes) => format!("还有约 {minutes} 分钟"),
        (Locale::En, ..1) => "less than a minute left".to_owned(),
        (Locale::En, 1) => "about a minute left".to_owned(),
        (Locale::En, minutes) => format!("about {minutes} min left"),
    }
}
