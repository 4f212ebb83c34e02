//! What has happened and what comes next, in order.

use leptos::prelude::*;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    pub title: String,
    /// When, in words; a coming event may have none.
    pub time: Option<String>,
    pub done: bool,
}

#[component]
pub fn Timeline(events: Vec<Milestone>) -> impl IntoView {
    let events = events.into_iter().map(|Milestone { title, time, done }| {
        let class = if done { "event event-done" } else { "event" };
        view! {
            <li class=class>
                <p class="event-title">{title}</p>
                {time.map(|time| view! { <p class="soft">{time}</p> })}
            </li>
        }
    });
    view! { <ol class="timeline" role="list">{events.collect_view()}</ol> }
}
