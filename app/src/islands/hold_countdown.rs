//! How long a time is still held, and a warning before that ends.

use chrono::{DateTime, FixedOffset};
use leptos::prelude::*;
use shared::{appointments::WARN_MINUTES, locale::Locale};

use crate::components::icon::{Drawing, Icon};

/// `为您保留到下午 3:32（还有约 12 分钟）` above the buttons that extend the hold or give it back.
#[island]
pub fn HoldCountdown(
    locale: Locale,
    expires_at: DateTime<FixedOffset>,
    /// Seconds until then by the portal's clock.
    seconds: i64,
    children: Children,
) -> impl IntoView {
    let class = if seconds > WARN_MINUTES * 60 { "notice notice-info hold" } else { "notice notice-warning hold" };
    let until = locale.time(expires_at.time());
    view! {
        <div class=class>
            <Drawing icon=Icon::Clock />
            <div class="notice-body">
                <p class="notice-title" role="timer">{about(locale, &until, seconds)}</p>
                {children()}
            </div>
        </div>
    }
}

/// The plain sentence, true without scripts for as long as one takes to read it.
fn about(locale: Locale, until: &str, seconds: i64) -> String {
    match (locale, (seconds + 30) / 60) {
        (Locale::Zh, ..1) => format!("为您保留到{until}（不到 1 分钟）"),
        (Locale::Zh, minutes) => format!("为您保留到{until}（还有约 {minutes} 分钟）"),
        (Locale::En, ..1) => format!("Held for you until {until} (less than a minute left)"),
        (Locale::En, 1) => format!("Held for you until {until} (about a minute left)"),
        (Locale::En, minutes) => format!("Held for you until {until} (about {minutes} minutes left)"),
    }
}
