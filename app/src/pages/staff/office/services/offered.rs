//! What is offered where, at which hours, and when not. Switching a service off shows first what it does to those who are
//! booked.

use chrono::{DateTime, Days, NaiveDate, Utc};
use leptos::prelude::*;
use server::{
    Error,
    appointments::closure::{Effect, Kind, SlotChange},
    counter::{
        offered::{Hours, Offered},
        office::Office,
    },
};
use shared::{
    calendar::shanghai_date,
    field::{Asked, FieldErrors, Reason},
    locale::Locale,
    problem::Problem,
    say,
    staff::OfficeId,
};

use super::{
    super::{
        hours::{self, listed, not_told, the_text},
        reason,
    },
    Told, day, rest_of_day, why,
};
use crate::{
    components::notice::{Notice, Tone},
    pages::staff::service_at,
    pairs::{Pairs, value},
    site::BookableServices,
    visit::Visit,
};

const MOST_DAYS: i64 = 366;

/// The days that somebody wants to close.
pub fn read(typed: &Pairs, now: DateTime<Utc>) -> Result<SlotChange, Error> {
    let text = |name: &str| value(typed, name).unwrap_or_default().trim().to_owned();
    let (service, place) = service_at::read(&text("of")).ok_or(Problem::Malformed)?;
    let mut errors = FieldErrors::new();
    let date = |name: &str| match text(name) {
        empty if empty.is_empty() => Err(Reason::Missing(Asked::DATE)),
        typed => typed.parse::<NaiveDate>().map_err(|_| Reason::DateShape),
    };
    let tomorrow = shanghai_date(now) + Days::new(1);
    let from = errors.keep("from", date("from").and_then(|from| not_before(from, tomorrow)));
    let to = errors.keep("to", date("to").and_then(|to| within(to, from)));
    let reason = reason::read(typed, &mut errors);
    match (from, to, reason) {
        (Some(from), Some(to), Some(reason)) => Ok(SlotChange { place, service, from, to, kind: Kind::Close, reason }),
        _ => Err(errors.into()),
    }
}

fn not_before(from: NaiveDate, tomorrow: NaiveDate) -> Result<NaiveDate, Reason> {
    if from >= tomorrow {
        return Ok(from);
    }
    Err(Reason::own(
        "closing_from",
        "最早从明天起。今天就要停办的，请用“今天停办”。",
        "Tomorrow at the earliest. For what is left of today, close the rest of today.",
    ))
}

fn within(to: NaiveDate, from: Option<NaiveDate>) -> Result<NaiveDate, Reason> {
    let days = from.map(|from| (to - from).num_days());
    match days {
        Some(days) if !(0..=MOST_DAYS).contains(&days) => Err(Reason::DateRange { most: MOST_DAYS }),
        _ => Ok(to),
    }
}

pub fn draw(
    visit: &Visit,
    action: &str,
    (office, bookable, all): (&Office, &BookableServices, &[Offered]),
    told: &Told,
    (ended, now): (bool, DateTime<Utc>),
) -> AnyView {
    let locale = visit.locale;
    let rows = all.iter().map(|offered| {
        let pages = bookable.of(&offered.point.service);
        let name = pages.map_or_else(|| offered.point.service.name(), |pages| pages.words.name.say(locale));
        view! { <li>{one(visit, action, (office, name, offered), told, (ended, now))}</li> }
    });
    let nothing = all.is_empty().then(|| {
        view! {
            <p>{locale.say("这个大厅没有可以预约的服务。", "Nothing can be booked at this office.")}</p>
        }
    });
    view! {
        <section class="flow" id="services">
            <h2>{locale.say("服务与时间", "Services and hours")}</h2>
            {nothing}
            <ul class="sign-rows" role="list">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn one(
    visit: &Visit,
    action: &str,
    (office, name, offered): (&Office, &str, &Offered),
    told: &Told,
    (ended, now): (bool, DateTime<Utc>),
) -> AnyView {
    let locale = visit.locale;
    let Offered { point, hours: weekly, closed } = offered;
    let of = service_at::write(&point.service, &point.place.id);
    let place = point.place.name.say(locale);
    let title = say!(locale, "{name}（{place}）", "{name} ({place})");
    let lines = hours_of(locale, weekly).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let when = visit.url(&hours::address(&office.id, &of));
    // Days are closed once there are some, and its first hours come before everything else.
    let has_hours = point.opens.is_some();
    let lacking = (!has_hours).then(|| {
        let text = locale.say("还没有办理时间，大家看不到它。", "It has no hours yet, and nobody sees it.");
        view! { <p>{text}</p> }
    });
    let to_begin = point.opens.filter(|opens| weekly.is_empty() && *opens > shanghai_date(now)).map(|opens| {
        let day = locale.full_date(opens);
        view! { <p>{say!(locale, "从{day}起办理", "From {day} on")}</p> }
    });
    let weight = if has_hours { "act" } else { "act act-strong" };
    let change = if !has_hours {
        locale.say("填办理时间", "Set its hours")
    } else if closed.is_empty() {
        locale.say("改时间", "Change the hours")
    } else {
        locale.say("改时间、恢复办理", "Change the hours, open again")
    };
    let closed = closed.iter().map(|days| view! { <p class="soft">{hours::switched_off(locale, days)}</p> });
    let closed = closed.collect_view();
    let is_typed = told.typed(&of, "of").is_some();
    let effect = told.effect.as_ref().filter(|_| is_typed);
    let sure = effect.map(|effect| {
        let text = if effect.bookings.is_empty() {
            locale.say("确认停办", "Switch off")
        } else {
            locale.say("确认停办，并短信告诉已经约好的人", "Switch off, and tell those who are booked")
        };
        view! {
            <input type="hidden" name="effect" value=effect.seen().as_str().to_owned() />
            <button class="act act-taking" name="do" value="switch-off">{text}</button>
        }
    });
    let effect = effect.map(|effect| shown(visit, &office.id, effect, told));
    let rest = rest_of_day::draw(visit, action, (&office.id, &title, offered), told, (ended, now));
    let rest = rest.filter(|_| has_hours);
    let tomorrow = (shanghai_date(now) + Days::new(1)).to_string();
    let some_days = has_hours.then(|| {
        view! {
            <details class="ask" open=is_typed>
                <summary>
                    {locale.say("停办几天…", "Switch off for some days…")}
                    <span class="hidden-visually">{format!(" {title}")}</span>
                </summary>
                <form class="ask-body" method="post" action=action.to_owned() novalidate>
                    <input type="hidden" name="of" value=of.clone() />
                    <div class="paper-fields">
                        {day(visit, told, (&of, "from"), locale.say("从哪天起", "From"), tomorrow.clone())}
                        {day(visit, told, (&of, "to"), locale.say("到哪天（含）", "To (included)"), tomorrow)}
                        {why(visit, told, &of)}
                    </div>
                    {effect}
                    <p class="acts">
                        <button class="act" name="do" value="preview">
                            {locale.say("先看看影响多少人", "See first whom it concerns")}
                        </button>
                        {sure}
                    </p>
                </form>
            </details>
        }
    });
    view! {
        <div class="sign-row">
            <div class="flow">
                <p class="sign-name">{title.clone()}</p>
                {lines}
                {lacking}
                {to_begin}
                {closed}
            </div>
            <p class="acts">
                <a class=weight href=when>
                    {change}
                    <span class="hidden-visually">{format!(" {title}")}</span>
                </a>
            </p>
            {some_days}
            {rest}
        </div>
    }
    .into_any()
}

/// What it would do, and to whom.
fn shown(visit: &Visit, office: &OfficeId, effect: &Effect, told: &Told) -> AnyView {
    let locale = visit.locale;
    let Effect { slots, free_places, holds, bookings, untold, .. } = effect;
    let count = bookings.len();
    let tone = if count == 0 && *holds == 0 { Tone::Info } else { Tone::Warning };
    let title = if count == 0 {
        locale.say("没有人约在这几天", "Nobody is booked on these days").to_owned()
    } else {
        say!(locale, "有 {count} 个预约在这几天", "{count} bookings are on these days")
    };
    let what = say!(
        locale,
        "会关掉 {slots} 个时段、{free_places} 个空名额；正在填写的有 {holds} 个，不能再约这几天。",
        "{slots} times close with {free_places} free places; {holds} that are being filled in cannot be booked there."
    );
    let then = (count > 0).then(|| {
        let text = locale.say(
            "这些预约不会取消：每人都收到短信，可以自己改到别的时间。停办之前，请把还没有改期的人逐个联系到。",
            "None of them is cancelled: everybody gets a text and can move to another time. Please call those who have not \
             moved before the days come.",
        );
        view! { <p>{text}</p> }
    });
    let (text, list) = (told.text.as_deref().map(|text| the_text(locale, text)), listed(visit, office, bookings));
    let untold = not_told(locale, *untold);
    view! {
        <div class="met" tabindex="-1" autofocus role="status">
            <Notice tone=tone title=title>
                <p>{what}</p>
                {then}
                {text}
                {untold}
                {list}
            </Notice>
        </div>
    }
    .into_any()
}

/// Weekdays with the same hours in one line.
fn hours_of(locale: Locale, hours: &[Hours]) -> Vec<String> {
    let of = |weekday: i64| {
        let clock = |minute: i64| format!("{}:{:02}", minute / 60, minute % 60);
        let parts = hours.iter().filter(|hours| hours.weekday == weekday);
        parts
            .map(|hours| format!("{}–{}", clock(hours.from), clock(hours.to)))
            .collect::<Vec<_>>()
            .join(locale.say("、", ", "))
    };
    let name = |weekday: i64| {
        let monday = NaiveDate::from_ymd_opt(2026, 5, 11).unwrap_or_default();
        locale.weekday(monday + Days::new(u64::try_from(weekday - 1).unwrap_or_default()))
    };
    let mut lines: Vec<(i64, i64, String)> = Vec::new();
    for weekday in 1..=7 {
        let text = of(weekday);
        match lines.last_mut().filter(|(_, _, known)| *known == text) {
            Some((_, to, _)) => *to = weekday,
            None => lines.push((weekday, weekday, text)),
        }
    }
    let lines = lines.into_iter().filter(|(_, _, text)| !text.is_empty());
    let lines = lines.map(|(from, to, text)| {
        if from == to {
            format!("{} {text}", name(from))
        } else {
            say!(locale, "{}至{} {text}", "{} to {} {text}", name(from), name(to))
        }
    });
    lines.collect()
}
