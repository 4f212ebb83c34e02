//! What a kiosk answers a press: a number, or where they are awaited.

use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::counter::{check_in::Timeliness, office::Office};
use shared::{
    counter::{CounterName, VisitId},
    say,
};

use super::{
    class, forgotten, itself,
    start::{Page, head},
    start_of,
};
use crate::{
    draw,
    pages::{staff::day::ticket, ticket::printed},
    visit::Visit,
};

/// What whoever stands there is told.
pub(super) enum Answer {
    CheckedIn {
        ticket: Option<u32>,
        how: Timeliness,
        before: Option<usize>,
    },
    /// They are called, or served, and stand here all the same.
    Expected {
        ticket: Option<u32>,
        at: CounterName,
        is_served: bool,
    },
    Ticket {
        ticket: u32,
        visit: VisitId,
        before: Option<usize>,
    },
    /// They had a booking after all.
    GivenBack,
}

/// The first thing said is which of the answers it is; then the number, and what to do with it.
pub(super) fn answered(visit: &Visit, office: &Office, answer: &Answer, now: DateTime<Utc>) -> Response {
    let locale = visit.locale;
    let here = start_of(visit, &office.id);
    let (number, words, before, back) = match answer {
        Answer::Expected { ticket, at, is_served } => return expected(visit, office, (*ticket, at, *is_served), now),
        Answer::CheckedIn { ticket, how, before } => (*ticket, how.words(locale), *before, None),
        Answer::Ticket { ticket, visit, before } => (
            Some(*ticket),
            locale.say("取号成功，请在大厅等候叫号。", "Here is your ticket. Please wait to be called.").to_owned(),
            *before,
            Some(visit.to_string()),
        ),
        Answer::GivenBack => (None, String::new(), None, None),
    };
    let title = locale.say("您的号码", "Your number");
    let before = before.map(|before| match before {
        0 => locale
            .say(
                "照现在的顺序，您排在最前。叫号看约的时间和到的时间，后来的人也可能先叫。",
                "As it stands you are the first in line. The order goes by booked times and by arrival, so whoever comes \
                 later may be called before you.",
            )
            .to_owned(),
        _ => say!(
            locale,
            "照现在的顺序，前面有 {before} 位在等。叫号看约的时间和到的时间，后来的人也可能先叫。",
            "As it stands {before} wait before you. The order goes by booked times and by arrival, so whoever comes later may \
             be called before you."
        ),
    });
    let action = itself(visit, office);
    let back = back.map(|ticket| {
        view! {
            <form class="kiosk-back" method="post" action=action>
                <p>
                    {locale.say(
                        "其实有预约？一分钟以内可以还回，再凭预约号签到。",
                        "Do you have a booking after all? Give the ticket back within a minute, and check in by your reference.",
                    )}
                </p>
                <button class="button button-secondary" name="ticket" value=ticket>
                    {locale.say("还回这个现场号", "Give this ticket back")}
                </button>
            </form>
        }
    });
    let page = draw::hall(visit, StatusCode::OK, title, || {
        view! {
            <main class=class(visit) id="main">
                {head(visit, office, now, Page::Answer)}
                <div class="kiosk-answer flow">
                    <h1>{words}</h1>
                    <p>{title}</p>
                    <p class="kiosk-ticket">{number.map(ticket)}</p>
                    {before.map(|before| view! { <p class="kiosk-before">{before}</p> })}
                    <p>
                        {locale.say(
                            "请记下这个号，看大屏幕叫号。看不清、听不见的，请告诉前台。没有打印出来也不要紧。",
                            "Remember it and watch the screen. If you cannot see or hear the calls, tell the desk. It counts \
                             even if nothing was printed.",
                        )}
                    </p>
                    <div class="actions">
                        <a class="button button-primary" href=here.clone()>{locale.say("记住了", "Done")}</a>
                        {number.map(|number| printed(locale, &office.name, number, now))}
                    </div>
                    {back}
                </div>
            </main>
        }
    });
    forgotten(page, &here)
}

/// The counter where they are awaited stands largest: nobody there watches the screen for a call that was made.
fn expected(
    visit: &Visit,
    office: &Office,
    (number, at, is_served): (Option<u32>, &CounterName, bool),
    now: DateTime<Utc>,
) -> Response {
    let locale = visit.locale;
    let here = start_of(visit, &office.id);
    let title = if is_served {
        say!(locale, "正在给您办理：请到 {at} 号窗口", "You are being served: please go to counter {at}")
    } else {
        say!(locale, "已经叫到您：请到 {at} 号窗口", "You are being called: please go to counter {at}")
    };
    let number = number.map(|number| {
        let number = ticket(number);
        view! { <p class="kiosk-before">{say!(locale, "您的号码 {number}", "Your number {number}")}</p> }
    });
    let page = draw::hall(visit, StatusCode::OK, &title, || {
        view! {
            <main class=class(visit) id="main">
                {head(visit, office, now, Page::Answer)}
                <div class="kiosk-answer flow">
                    <h1>{title.clone()}</h1>
                    <p class="kiosk-ticket" aria-hidden="true">{say!(locale, "{at} 号", "{at}")}</p>
                    {number}
                    <p>
                        {locale.say(
                            "现在就过去，不用再等叫号。找不到窗口的，请问前台。",
                            "Please go there now: you need not wait for another call. If you cannot find it, ask at the desk.",
                        )}
                    </p>
                    <div class="actions">
                        <a class="button button-primary" href=here.clone()>{locale.say("知道了", "Done")}</a>
                    </div>
                </div>
            </main>
        }
    });
    forgotten(page, &here)
}
