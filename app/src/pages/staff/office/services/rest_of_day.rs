//! Closing the rest of today, when the power or a system is down: whom it hits is seen first, and they are told at once.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    Error,
    appointments::closure::{Effect, Kind, SlotChange},
    counter::offered::Offered,
};
use shared::{
    appointments::{
        closing::{from_today, next_quarter},
        opening::clock,
    },
    calendar::shanghai_date,
    field::FieldErrors,
    problem::Problem,
    say,
    staff::OfficeId,
};

use super::{
    super::{
        hours::{listed, not_told, the_text},
        reason,
    },
    Told, typed_field, why,
};
use crate::{
    components::notice::{Notice, Tone},
    pages::{
        left_open,
        staff::{day::ticket, service_at},
    },
    pairs::{Pairs, value},
    visit::Visit,
};

/// Before the name of what is offered, so that its two forms are told apart.
const TODAY: &str = "today:";

/// The rest of today that somebody wants to close. Today is the day that the page was drawn on, or nothing is closed.
pub fn read(typed: &Pairs, now: DateTime<Utc>) -> Result<SlotChange, Error> {
    left_open::drawn_today(typed, now)?;
    let of = value(typed, "of").and_then(|of| of.strip_prefix(TODAY)).unwrap_or_default();
    let (service, place) = service_at::read(of).ok_or(Problem::Malformed)?;
    let mut errors = FieldErrors::new();
    let from = errors.keep("time", from_today(value(typed, "time").unwrap_or_default(), now));
    match (from, reason::read(typed, &mut errors)) {
        (Some(from), Some(reason)) => {
            let today = shanghai_date(now);
            Ok(SlotChange { place, service, from: today, to: today, kind: Kind::CloseFrom(from), reason })
        }
        _ => Err(errors.into()),
    }
}

/// Nothing in the last quarter of a day, and none once all of today is closed or has ended.
pub fn draw(
    visit: &Visit,
    action: &str,
    (office, title, offered): (&OfficeId, &str, &Offered),
    told: &Told,
    (ended, now): (bool, DateTime<Utc>),
) -> Option<AnyView> {
    let locale = visit.locale;
    let today = shanghai_date(now);
    if ended || offered.closed.iter().any(|days| days.from <= today && days.since.is_none()) {
        return None;
    }
    let next = next_quarter(now)?;
    let of = format!("{TODAY}{}", service_at::write(&offered.point.service, &offered.point.place.id));
    let is_typed = told.typed(&of, "of").is_some();
    let effect = told.effect.as_ref().filter(|_| is_typed);
    // Where nothing is left to close, there is nothing to be sure of.
    let sure = effect.filter(|effect| effect.slots > 0).map(|effect| {
        let text = if effect.bookings.len() > effect.untold {
            locale.say("确认今天停办，并马上发短信", "Close now, and send the texts at once")
        } else {
            locale.say("确认今天停办", "Close now")
        };
        view! {
            <input type="hidden" name="effect" value=effect.seen().as_str().to_owned() />
            <button class="act act-taking" name="do" value="close-today">
                {text}
            </button>
        }
    });
    let effect = effect.map(|effect| shown(visit, office, effect, told));
    let from = locale.say("今天几点起", "From which time today");
    Some(
        view! {
            <details class="ask" open=is_typed>
                <summary>
                    {locale.say("今天停办…", "Close the rest of today…")}
                    <span class="hidden-visually">{format!(" {title}")}</span>
                </summary>
                <form class="ask-body" method="post" action=action.to_owned() novalidate>
                    <input type="hidden" name="of" value=of.clone() />
                    <div class="paper-fields">
                        {typed_field(visit, told, (&of, "time"), (from, "time"), clock(next))}
                        {why(visit, told, &of)}
                    </div>
                    {effect}
                    <p class="acts">
                        <button class="act" name="do" value="preview-today">
                            {locale.say("先看看影响多少人", "See first whom it concerns")}
                        </button>
                        {sure}
                    </p>
                </form>
            </details>
        }
        .into_any(),
    )
}

/// What it would do, and to whom; those in the hall apart, whom no text reaches.
fn shown(visit: &Visit, office: &OfficeId, effect: &Effect, told: &Told) -> AnyView {
    let (locale, in_hall) = (visit.locale, &told.in_hall);
    let Effect { slots, free_places, holds, bookings, untold, .. } = effect;
    let count = bookings.len();
    let tone = if count == 0 && *holds == 0 && in_hall.is_empty() { Tone::Info } else { Tone::Warning };
    let title = match (*slots, count) {
        (0, _) => {
            locale.say("从这个时间起，今天没有时段可以停办", "From then on today has no times to close").to_owned()
        }
        (_, 0) => locale.say("今天后面没有人约了还没到", "Nobody is still expected today").to_owned(),
        _ => say!(locale, "今天后面还有 {count} 个预约没有到", "{count} bookings are still expected today"),
    };
    let what = (*slots > 0).then(|| {
        let text = say!(
            locale,
            "会关掉 {slots} 个时段、{free_places} 个空名额，今天加的号也不再给；正在填写的有 {holds} 个，不能再约这些时间。",
            "{slots} times close with {free_places} free places, and with what was added today; {holds} that are being filled in \
             cannot be booked there."
        );
        view! { <p>{text}</p> }
    });
    let then = (count > 0).then(|| {
        let text = locale.say(
            "这些预约不会取消，也不算未到：马上收到短信，今天 24:00 前可以自己改到别的时间。快到时间的，请再打电话。",
            "None of them is cancelled or counts as a no-show: they get a text at once and can move to another time until \
             midnight. Please call those whose time is near.",
        );
        view! { <p>{text}</p> }
    });
    let here = (!in_hall.is_empty()).then(|| {
        let (people, tickets) = (in_hall.len(), in_hall.iter().map(|number| ticket(*number)).collect::<Vec<_>>());
        let tickets = tickets.join(locale.say("、", ", "));
        let text = say!(
            locale,
            "大厅里还有 {people} 个号（{tickets}）没有办完：不发短信，还在名单上，请当面说明。",
            "{people} in the hall are not done ({tickets}): they get no text and stay on the sheet. Please tell them in person."
        );
        view! { <p>{text}</p> }
    });
    let (text, list) = (told.text.as_deref().map(|text| the_text(locale, text)), listed(visit, office, bookings));
    let untold = not_told(locale, *untold);
    view! {
        <div class="met" tabindex="-1" autofocus role="status">
            <Notice tone=tone title=title>
                {what}
                {then}
                {text}
                {untold}
                {list}
                {here}
            </Notice>
        </div>
    }
    .into_any()
}
