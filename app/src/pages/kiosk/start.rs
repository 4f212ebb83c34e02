//! The two ways of a kiosk: with a booking, and without one. Once the office has closed the day there is neither.

use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::counter::{day::shut::Shut, office::Office};
use shared::{appointments::Service, calendar::shanghai_date, locale::Locale, say};

use super::{
    FORGOTTEN_AFTER, LARGE, class, forgotten, is_large, itself,
    keys::keys,
    said::{self, Miss},
    start_of,
};
use crate::{
    appointments::service::BookingPages,
    draw::{self, Script, needs},
    pages::{display::clock, left_open},
    visit::Visit,
};

/// What the start says beside its two ways.
#[derive(Default)]
pub(super) struct Start {
    pub(super) miss: Option<Miss>,
    /// What was typed and not found.
    pub(super) reference: String,
    /// A ticket was given back just now.
    pub(super) given_back: bool,
}

/// Which of its pages it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// For as long as nobody comes: the script keeps its clock right, and without one it shows none.
    Stays,
    /// Of one person, and gone in a minute. Nothing there leads away from the number but that it is remembered.
    Answer,
    Closed,
}

pub(super) fn draw(
    visit: &Visit,
    (office, services, with_tickets, shut): (&Office, &[&'static BookingPages], &[Service], &[Shut]),
    now: DateTime<Utc>,
    said: &Start,
) -> Response {
    let locale = visit.locale;
    let here = itself(visit, office);
    let status = said.miss.as_ref().map_or(StatusCode::OK, Miss::status);
    let title = visit.say("签到取号", "Check in");
    let told = match &said.miss {
        Some(miss) => Some((miss.words(locale), "kiosk-problem", "alert")),
        None if said.given_back => Some((given_back(locale), "kiosk-problem kiosk-done", "status")),
        None => None,
    };
    let has_told = told.is_some();
    let told = told.map(|([title, sentence], class, role)| {
        view! {
            <div class=class role=role tabindex="-1" autofocus>
                <p><b>{title}</b></p>
                <p>{sentence}</p>
            </div>
        }
    });
    let page = draw::hall(visit, status, title, || {
        needs(Script::Door);
        needs(Script::Kiosk);
        view! {
            <main class=class(visit) id="main" data-day=shanghai_date(now).to_string()>
                {head(visit, office, now, Page::Stays)}
                <h1 class="hidden-visually">{title}</h1>
                {told}
                {said::shut(locale, shut)}
                <div class="kiosk-ways">
                    {booked(locale, &here, (said.reference.as_str(), now), !has_told)}
                    <div class="flow">
                        {walk_in(locale, &here, (services, with_tickets), (shut, now))}
                        <p class="kiosk-help">
                            {locale.say("需要优先或者帮助的，请到前台。", "Priority or help: please see the desk.")}
                        </p>
                    </div>
                </div>
            </main>
        }
    });
    if has_told { forgotten(page, &start_of(visit, &office.id)) } else { page }
}

/// The office has closed the day. It looks by itself whether there is another one.
pub(super) fn closed(visit: &Visit, office: &Office, now: DateTime<Utc>) -> Response {
    let [title, sentence] = said::closed(visit.locale);
    let page = draw::hall(visit, StatusCode::OK, title, || {
        view! {
            <main class=class(visit) id="main">
                {head(visit, office, now, Page::Closed)}
                <div class="kiosk-answer flow" data-closed>
                    <h1>{title}</h1>
                    <p>{sentence}</p>
                </div>
            </main>
        }
    });
    forgotten(page, &start_of(visit, &office.id))
}

fn given_back(locale: Locale) -> [String; 2] {
    [
        locale.say("现场号已经还回", "The ticket was given back").to_owned(),
        locale.say("有预约的，请输入预约号签到。", "With a booking, check in by its reference.").to_owned(),
    ]
}

fn booked(locale: Locale, here: &str, (typed, now): (&str, DateTime<Utc>), begins: bool) -> AnyView {
    view! {
        <section>
            <h2>{locale.say("我有预约", "I have a booking")}</h2>
            <form method="post" action=here.to_owned()>
                {left_open::field(now)}
                <label class="label" for="reference">
                    {locale.say(
                        "把二维码对准扫码口，或者输入预约号",
                        "Hold your QR code to the reader, or type your reference",
                    )}
                </label>
                <input
                    class="input kiosk-input"
                    type="text"
                    id="reference"
                    name="reference"
                    value=typed.to_owned()
                    autocomplete="off"
                    autocapitalize="characters"
                    data-forget=FORGOTTEN_AFTER.to_string()
                    spellcheck="false"
                    autofocus=begins
                />
                {keys(locale)}
                <button class="button button-primary kiosk-button">{locale.say("签到", "Check in")}</button>
                <p class="kiosk-desk">
                    {locale.say(
                        "没带预约号也不要紧，带证件到前台签到。",
                        "Without the reference, check in at the desk with your documents.",
                    )}
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// What is not to be had is not offered; the script exchanges the whole once that is otherwise.
fn walk_in(
    locale: Locale,
    here: &str,
    (services, with_tickets): (&[&'static BookingPages], &[Service]),
    (shut, now): (&[Shut], DateTime<Utc>),
) -> Option<AnyView> {
    let (left, gone): (Vec<&&BookingPages>, Vec<&&BookingPages>) =
        services.iter().partition(|pages| with_tickets.contains(&pages.bookable.service));
    let tickets = left.iter().map(|pages| {
        let press = server::keys::token::new_id();
        let name = pages.words.name.say(locale);
        view! {
            <form method="post" action=here.to_owned()>
                {left_open::field(now)}
                <input type="hidden" name="press" value=press />
                <button class="button button-secondary kiosk-button" name="service" value=pages.bookable.service.name()>
                    {say!(locale, "取现场号：{name}", "Walk-in ticket: {name}")}
                </button>
            </form>
        }
    });
    let tickets = tickets.collect_view();
    let how = (!left.is_empty()).then(|| {
        let how = locale.say(
            "取一个现场号，排队等候。有预约的不用取号，签到就行。",
            "Take a ticket and wait in line. With a booking, just check in.",
        );
        view! { <p>{how}</p> }
    });
    let none = (!gone.is_empty()).then(|| {
        let names = gone.iter().map(|pages| pages.words.name.say(locale)).collect::<Vec<_>>();
        let names = names.join(locale.say("、", ", "));
        let none = say!(locale, "今天没有现场号了：{names}", "No walk-in tickets left today: {names}");
        // Nobody adds places to what is closed.
        let is_shut = |service: &Service| shut.iter().any(|shut| shut.service == *service && shut.is_over_at(now));
        let ask = if gone.iter().all(|pages| is_shut(&pages.bookable.service)) {
            locale.say("请预约别的日子；有事请到前台。", "Please book another day; for anything else, ask at the desk.")
        } else {
            locale.say(
                "还能不能加号，请到前台问；也可以预约别的日子。",
                "Please ask at the desk whether more can be taken, or book another day.",
            )
        };
        view! { <p><b>{none}</b></p> <p>{ask}</p> }
    });
    let offered = left.iter().map(|pages| pages.bookable.service.name()).collect::<Vec<_>>().join(" ");
    (!services.is_empty()).then(|| {
        view! {
            <section id="walk-in" data-offered=offered>
                <h2>{locale.say("我没有预约", "I have no booking")}</h2>
                {how}
                {tickets}
                {none}
            </section>
        }
        .into_any()
    })
}

/// The place, how it is read, and the time.
pub(super) fn head(visit: &Visit, office: &Office, now: DateTime<Utc>, page: Page) -> AnyView {
    let other = match visit.locale {
        Locale::Zh => Locale::En,
        Locale::En => Locale::Zh,
    };
    let href = visit.here_in(other);
    let start = start_of(visit, &office.id);
    let (size, name) = if is_large(visit) {
        (start, visit.say("标准字", "Standard text"))
    } else {
        (format!("{start}?{LARGE}"), visit.say("大字", "Large text"))
    };
    let switches = (page != Page::Answer).then(|| {
        view! {
            <p class="kiosk-switches">
                <a href=size>{name}</a>
                <a href=href lang=other.tag() hreflang=other.tag()>{other.say("中文", "English")}</a>
            </p>
        }
    });
    view! {
        <header class="hall-head">
            <p class="kiosk-place">{office.name.say(visit.locale).to_owned()}</p>
            {switches}
            <p class="hall-clock" id="clock" hidden=page == Page::Stays>{clock(now)}</p>
        </header>
    }
    .into_any()
}
