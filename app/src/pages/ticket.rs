//! A ticket on paper: a copy of what was given already. Printing it again, or not at all, changes nothing.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use shared::{locale::Locale, localised::Localised};

use super::staff::day::ticket;
use crate::{
    draw::{Script, needs},
    words,
};

/// The button, which needs a script, and what it prints: the only part of the page that comes on paper.
pub fn printed(locale: Locale, office: &Localised, number: u32, given_at: DateTime<Utc>) -> AnyView {
    needs(Script::Door);
    view! {
        <button class="button button-secondary" type="button" hidden data-print>
            {locale.say("打印小票", "Print the ticket")}
        </button>
        <div class="ticket-paper" aria-hidden="true">
            <p>{office.say(locale).to_owned()}</p>
            <p class="ticket-number">{ticket(number)}</p>
            <p>{words::moment(locale, given_at)}</p>
            <p>
                {locale.say(
                    "请在大厅等候，看大屏幕叫号。看不清、听不见的，请告诉前台。",
                    "Please wait in the hall and watch the screen. If you cannot see or hear the calls, tell the desk.",
                )}
            </p>
        </div>
    }
    .into_any()
}
