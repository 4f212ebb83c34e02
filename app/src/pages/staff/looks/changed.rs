//! One line of the bookings that somebody made, cancelled or moved for people who called or stood there.

use leptos::prelude::*;
use server::counter::looks::changed::{Change, Changed};
use shared::say;

use super::linked;
use crate::{pages::staff::visits::history::by, visit::Visit, words};

/// `opens`: whoever reads it may open visits of the office.
pub(super) fn line(visit: &Visit, entry: &Changed, opens: bool) -> AnyView {
    let locale = visit.locale;
    let reference = entry.reference.map(|reference| reference.to_string()).unwrap_or_default();
    let reference = say!(locale, "预约号 {reference}", "reference {reference}");
    let reference = linked(visit, entry.visit.as_ref().filter(|_| opens), reference);
    let what = match entry.change {
        Change::Made => {
            let time = words::moment(locale, entry.starts_at);
            say!(locale, "新约的，最后的时间是 {time}", "booked; its last time is {time}")
        }
        Change::Cancelled => {
            let time = words::moment(locale, entry.starts_at);
            say!(locale, "取消了 {time} 的预约", "cancelled the one for {time}")
        }
        Change::Moved { from, to } => {
            let [from, to] = [from, to].map(|time| words::moment(locale, time));
            say!(locale, "从 {from} 改到 {to}", "moved from {from} to {to}")
        }
    };
    let who = format!("{} · {}", by(locale, &entry.who), words::moment(locale, entry.at));
    view! {
        <li>
            <p>{what} " · " {reference}</p>
            <p class="soft">{who}</p>
        </li>
    }
    .into_any()
}
