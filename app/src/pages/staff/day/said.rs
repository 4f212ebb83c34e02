//! What the page says of the last press: how somebody was checked in, or why nothing was done.

use leptos::prelude::*;
use shared::{problem::Problem, say};

use super::{
    act::called,
    asked::Said,
    rows::{self, clock},
    seen::Seen,
};
use crate::{
    components::notice::{Notice, Tone},
    pages::{staff::refused::refused, ticket::printed},
};

/// Why nothing was done, and how the visit stands now.
pub fn problem(seen: &Seen<'_>, problem: Option<&Problem>) -> Option<AnyView> {
    let locale = seen.locale();
    let now = seen.asked.did.as_ref().and_then(|id| seen.row(id)).map(|row| {
        let (number, state) = (called(row, locale), rows::state(seen, row));
        say!(locale, "{number} 现在：{state}。", "{number} now: {state}.")
    });
    problem.map(|problem| refused(locale, problem, now))
}

/// One of the four answers of a check-in, or the ticket of whoever came without a booking.
pub fn check_in(seen: &Seen<'_>) -> Option<AnyView> {
    let locale = seen.locale();
    let said = seen.asked.said?;
    let row = seen.row(seen.asked.did.as_ref()?)?;
    let (number, time) = (called(row, locale), clock(row.starts_at));
    let (tone, title) = match said {
        Said::InTime => {
            (Tone::Success, say!(locale, "{number} 已签到，约的 {time}", "{number} is checked in for {time}"))
        }
        Said::Early => (
            Tone::Info,
            say!(locale, "{number} 已签到，来早了：约的 {time}", "{number} is checked in, early: booked for {time}"),
        ),
        Said::Late => (
            Tone::Warning,
            say!(
                locale,
                "{number} 已签到，来晚了：约的 {time}，从现在起按到的先后排",
                "{number} is checked in, late: booked for {time}, and now in the order of arrival"
            ),
        ),
        Said::AlreadyIn => (
            Tone::Info,
            say!(
                locale,
                "{number} 早就签到了，现在{}",
                "{number} was checked in before and is now {}",
                rows::state(seen, row)
            ),
        ),
        Said::Ticket => (Tone::Success, say!(locale, "现场号 {number}，请他们听叫号", "Walk-in ticket {number}")),
    };
    let paper =
        row.ticket.map(|number| printed(locale, &seen.office.name, number, row.state.arrived_at().unwrap_or(seen.now)));
    Some(view! { <Notice tone=tone title=title live=true>{paper}</Notice> }.into_any())
}
