//! `…/reschedule/confirm`: the old time and the new one, side by side; then the booking moves.

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{
    App,
    appointments::{
        booking::{reschedule, view},
        hold,
    },
    error::Error,
    rejection::Rejection,
};
use shared::{appointments::Refusal, say};

use super::remembered;
use crate::{
    appointments::{
        bookings::booking::Opened,
        draft::{Draft, LastHeld, Past},
        held::Held,
        held_time::in_full,
        hold_notice::{FORM, booking_unchanged, hold_line_before_move},
    },
    components::{
        back_link::BackLink,
        button::{Button, LinkButton},
        notice::{Notice, Tone},
    },
    draw,
    layout::first_button,
    visit::Visit,
    words,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    /// The hold whose time this page showed.
    hold: String,
    /// How often the booking had changed when this page was drawn: tells a second press from a first.
    changes: i64,
    action: String,
}

pub async fn show(State(app): State<App>, visit: Visit, opened: Opened) -> Result<Response, Rejection> {
    match reschedule::held(&app, opened.pages.bookable, &opened.holder, opened.now).await? {
        Some(held) if opened.can_move() => {
            let held = Held::of(&app, held, opened.now).await?;
            Ok(draw(&visit, &opened, &held))
        }
        _ if !opened.can_move() => Ok(super::too_late(&visit, &opened)),
        _ => {
            let past = remembered::past(&app, &visit, &opened).await?;
            Ok(nothing_held(&visit, &opened, past.as_ref()))
        }
    }
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    Form(typed): Form<ConfirmForm>,
) -> Result<Response, Rejection> {
    let go = |page: &str| Ok(Redirect::to(&opened.address(&visit, page)).into_response());
    if opened.booking.changes > typed.changes {
        return Ok(moved(&visit, &opened));
    }
    let held = reschedule::held(&app, opened.pages.bookable, &opened.holder, opened.now).await?;
    let Some((record, hold)) = held.filter(|(record, _)| record.id.as_str() == typed.hold) else {
        // Run out, used by the first press of the same button, or another time was chosen in another tab.
        return Ok(how_it_stands(&app, &visit, &opened, &typed).await?);
    };
    let token = hold.token.reveal();
    match typed.action.as_str() {
        "extend" => {
            let extended = unless_refused(hold::extend(&app, &record.id, token, opened.now).await)?;
            let until = extended.map_or(hold.expires_at, |hold| hold.expires_at);
            let time = LastHeld { until, ..Held::of(&app, (record, hold), opened.now).await?.remembered() };
            let here = go("reschedule/confirm")?;
            return Ok(remembered::note(&app, &visit, &opened, |draft| draft.holds(time), here).await?);
        }
        "release" => {
            let released = unless_refused(hold::release(&app, &record.id, token, opened.now).await)?.is_some();
            let time = Held::of(&app, (record, hold), opened.now).await?.remembered();
            let there = Redirect::to(&remembered::day_of(&visit, &opened, &time)).into_response();
            let change = |draft: &mut Draft| {
                if released {
                    draft.gives_up(time, None);
                }
            };
            return Ok(remembered::note(&app, &visit, &opened, change, there).await?);
        }
        _ => {}
    }
    match reschedule::reschedule(&app, opened.pages.bookable, &opened.holder, (&record.id, token), app.now()).await {
        Ok(()) => {
            let done = moved(&visit, &opened);
            Ok(remembered::note(&app, &visit, &opened, |draft| *draft = Draft::default(), done).await?)
        }
        Err(error) => match error.refusal() {
            Some(Refusal::HoldExpired | Refusal::BookingEnded) => {
                Ok(how_it_stands(&app, &visit, &opened, &typed).await?)
            }
            Some(Refusal::TooLate { .. } | Refusal::SlotPast) => go("reschedule"),
            _ => Err(error.into()),
        },
    }
}

fn moved(visit: &Visit, opened: &Opened) -> Response {
    Redirect::to(&opened.address(visit, "")).into_response()
}

/// Perhaps moved a moment ago, by the first press of the same button; otherwise this page says what is missing.
async fn how_it_stands(app: &App, visit: &Visit, opened: &Opened, typed: &ConfirmForm) -> Result<Response, Error> {
    if view::view(app, opened.pages.bookable, &opened.holder, app.now()).await?.changes > typed.changes {
        return Ok(moved(visit, opened));
    }
    Ok(Redirect::to(&opened.address(visit, "reschedule/confirm")).into_response())
}

/// What came of it; nothing where it has ended or been used up meanwhile, as the page that follows says.
fn unless_refused<T>(done: Result<T, Error>) -> Result<Option<T>, Error> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Error::Problem(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn draw(visit: &Visit, opened: &Opened, held: &Held) -> Response {
    let Held { record, point, .. } = held;
    let there = &point.place;
    let locale = visit.locale;
    let title = locale.say("确认改期", "Confirm the new time");
    let booking = &opened.booking;
    let place = opened.pages.words.place.say(locale);
    let time = |label: &'static str, class: &'static str, time: String, place: &str| {
        let place = place.to_owned();
        view! {
            <div class=class>
                <dt>{label}</dt>
                <dd>{time}</dd>
                <dd>{place}</dd>
            </div>
        }
    };
    let old = time(
        locale.say("原来的时间", "Current time"),
        "swap-old",
        words::period(locale, booking.starts_at, booking.ends_at),
        booking.point.place.name.say(locale),
    );
    let new = time(
        locale.say("新的时间", "New time"),
        "swap-new",
        words::period(locale, record.starts_at, record.ends_at),
        there.name.say(locale),
    );
    let address = (there.id != booking.point.place.id).then(|| {
        let address = there.address.say(locale).to_owned();
        let new = say!(locale, "新{place}的地址：", "Address of the new {place}: ");
        view! {
            <p>
                {new}
                {address}
            </p>
        }
    });
    draw::page(visit, title, || {
        let again = remembered::day_of(visit, opened, &held.remembered());
        view! {
            <div class="column flow">
                <BackLink
                    href=opened.address(visit, "reschedule")
                    text=locale.say("另选时间", "Choose another time")
                />
                {first_button(FORM)}
                {hold_line_before_move(visit, held.line(opened.pages, locale), opened.now, again)}
                <h1>{title}</h1>
                <dl class="swap">{old} {new}</dl>
                {address}
                <p>{opened.pages.words.moving.say(locale)}</p>
                <form id=FORM method="post" action=opened.address(visit, "reschedule/confirm")>
                    <input type="hidden" name="hold" value=record.id.as_str().to_owned() />
                    <input type="hidden" name="changes" value=booking.changes.to_string() />
                    <p class="actions">
                        <Button text=locale.say("确认改期", "Move the booking") />
                    </p>
                </form>
                {in_full(visit, held)}
            </div>
        }
    })
}

fn nothing_held(visit: &Visit, opened: &Opened, past: Option<&Past>) -> Response {
    let locale = visit.locale;
    let title = locale.say("没有保留新的时间", "No new time is held");
    draw::page(visit, title, || {
        let what = match past {
            Some(past) => remembered::notice(visit, opened, past),
            None => view! {
                <Notice
                    tone=Tone::Warning
                    title=locale.say("新的时间没有选，或者保留已经到期", "No new time was chosen, or the time we held has run out")
                >
                    <p>{booking_unchanged(locale)}</p>
                </Notice>
                <p class="actions">
                    <LinkButton
                        href=opened.address(visit, "reschedule")
                        text=locale.say("重新选时间", "Choose a time")
                    />
                </p>
            }
            .into_any(),
        };
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回预约", "Back to the booking") />
                <h1>{title}</h1>
                {what}
            </div>
        }
    })
}
