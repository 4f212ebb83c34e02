//! What is different from what was said when a booking was made, although it stands: its day has other hours, or was closed and
//! is open again.

use leptos::prelude::*;
use server::appointments::hours::OwnDay;
use shared::{appointments::day::closing_reason, say};

use super::Opened;
use crate::{
    appointments::places,
    components::notice::{Notice, Tone},
    pages::staff::day::spans,
    visit::Visit,
    words::Text,
};

/// Nothing where it is as it was said.
pub(super) fn draw(visit: &Visit, opened: &Opened) -> Option<AnyView> {
    let booking = &opened.booking;
    match &booking.outside {
        Some(day) => Some(outside(visit, opened, day)),
        None => booking.told_closed.then(|| open_again(visit, opened)),
    }
}

/// What those read who are booked outside the hours of their day; whoever gives it such hours reads it too.
pub const OUTSIDE: Text = Text(
    "您约的时间不在里面。预约还有效，没有取消，也没有改期。来以前请先打电话，问清那个时间有没有人接待。",
    "Your time is not within these hours. The booking stands, and was neither cancelled nor moved. Please phone before you come, \
     to ask whether somebody is there for you at that time.",
);

/// Nobody has moved or cancelled it, and whether they are served then is the place's to say.
fn outside(visit: &Visit, opened: &Opened, day: &OwnDay) -> AnyView {
    let (locale, booking) = (visit.locale, &opened.booking);
    let (place, spans) = (opened.pages.words.place.say(locale), spans(locale, &day.spans));
    let why =
        closing_reason(&day.reason, locale).map_or_else(String::new, |reason| say!(locale, "：{reason}", ": {reason}"));
    let title = if spans.is_empty() {
        say!(locale, "{place}这一天的时间改了{why}", "The {place} has other hours that day{why}")
    } else {
        say!(locale, "{place}这一天只办 {spans}{why}", "That day the {place} is open {spans} only{why}")
    };
    let means = OUTSIDE.say(locale);
    let call = places::call(locale, &booking.point.place);
    let can_move = opened.can_move().then(|| {
        let href = opened.address(visit, "reschedule");
        view! { <p><a href=href>{locale.say("也可以自己改到别的时间", "Or choose another time yourself")}</a></p> }
    });
    view! {
        <Notice tone=Tone::Warning title=title>
            <p>{means} {locale.say("电话 ", "Phone: ")} {call}</p>
            {can_move}
        </Notice>
    }
    .into_any()
}

/// The last they were told is that it is closed.
fn open_again(visit: &Visit, opened: &Opened) -> AnyView {
    let (locale, place) = (visit.locale, opened.pages.words.place.say(visit.locale));
    let title = say!(locale, "{place}已经恢复办理，请照常来", "The {place} is open again: please come as booked");
    let text = locale.say(
        "之前的停办短信不用再看，约的时间没有变。",
        "Please disregard the text that said it was closed: your time has not changed.",
    );
    view! { <Notice tone=Tone::Success title=title><p>{text}</p></Notice> }.into_any()
}
