//! `…/reschedule/confirm`: the old time and the new one, side by side; then the booking moves.

mod unconfirmed;

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{
    App,
    appointments::{
        booking::{reschedule, view},
        hold, slots,
    },
    error::Error,
    rejection::Rejection,
};
use shared::{
    appointments::{AppointmentState, HoldId, Refusal, SlotId},
    say,
};

use self::unconfirmed::{closed, moved_elsewhere, nothing_held};
use super::remembered;
use crate::{
    appointments::{
        bookings::booking::Opened,
        draft::{Draft, LastHeld},
        held::Held,
        held_time::in_full,
        hold_notice::{FORM, hold_line_before_move},
    },
    components::{
        back_link::BackLink,
        button::Button,
        heading::StepHeading,
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
    /// That time's slot, to name it once it cannot be had.
    slot: String,
    /// How often the booking had changed when this page was drawn: tells a second press from a first.
    changes: i64,
    action: String,
}

pub async fn show(State(app): State<App>, visit: Visit, opened: Opened) -> Result<Response, Rejection> {
    match reschedule::held(&app, opened.pages.bookable, &opened.holder, opened.now).await? {
        Some(held) if opened.can_move() => {
            let held = Held::of(&app, held, opened.now).await?;
            Ok(draw(&visit, &opened, &held, false))
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
        return Ok(how_it_stands(&app, &visit, &opened, &typed).await?);
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
            Some(Refusal::HoldExpired | Refusal::BookingEnded | Refusal::SlotClosed) => {
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

/// Perhaps moved a moment ago, by the first press of the same button; otherwise says what is so instead.
async fn how_it_stands(app: &App, visit: &Visit, opened: &Opened, typed: &ConfirmForm) -> Result<Response, Error> {
    let (bookable, holder, now) = (opened.pages.bookable, &opened.holder, app.now());
    let booking = view::view(app, bookable, holder, now).await?;
    if booking.changes > typed.changes {
        let hold = HoldId::parse(&typed.hold).ok();
        let by_this = match &hold {
            Some(hold) => reschedule::is_moved_by(app, bookable, holder, hold, now).await?,
            None => false,
        };
        if by_this || booking.state != AppointmentState::Booked {
            return Ok(moved(visit, opened));
        }
        let missed = match typed.slot.parse().map(SlotId) {
            Ok(slot) => slots::one(app, slot, &bookable.service).await.ok(),
            Err(_) => None,
        };
        return Ok(moved_elsewhere(visit, opened, &booking, missed.map(|placed| placed.slot.starts_at)));
    }
    if let Some(other) = reschedule::held(app, bookable, holder, now).await?
        && other.0.id.as_str() != typed.hold
    {
        return Ok(draw(visit, opened, &Held::of(app, other, now).await?, true));
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

/// `swapped` where another time was confirmed than the one held now.
fn draw(visit: &Visit, opened: &Opened, held: &Held, swapped: bool) -> Response {
    if held.record.closed {
        return closed(visit, opened, held);
    }
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
        locale.say("原来的时间", "Your time so far"),
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
    let changed = swapped.then(|| {
        let title = locale.say("新的时间换过了，还没有改期", "The new time has changed, and the booking has not moved");
        let look = locale.say("请看清楚下面的时间，再确认。", "Please check the times below before you confirm.");
        view! { <Notice tone=Tone::Warning title=title live=true><p>{look}</p></Notice> }
    });
    // Of a day that the place has closed, no time goes to anybody.
    let given_back = booking.closed.is_none().then(|| {
        locale.say(
            "改好以后，原来的时间会放回给大家预约。",
            " Once it has moved, your old time will become available to others.",
        )
    });
    let status = if swapped { StatusCode::CONFLICT } else { StatusCode::OK };
    draw::page_as(visit, status, &opened.pages.titled(locale, title), || {
        let again = remembered::day_of(visit, opened, &held.remembered());
        view! {
            <div class="column flow">
                <BackLink
                    href=opened.address(visit, "reschedule")
                    text=locale.say("另选时间", "Choose another time")
                />
                {first_button(FORM)}
                {hold_line_before_move(visit, held.line(opened.pages, locale), opened.now, again)}
                <StepHeading title=title wrong=swapped />
                {changed}
                <dl class="swap">{old} {new}</dl>
                {address}
                <p>{opened.pages.words.moving.say(locale)} {given_back}</p>
                <form id=FORM method="post" action=opened.address(visit, "reschedule/confirm")>
                    <input type="hidden" name="hold" value=record.id.as_str().to_owned() />
                    <input type="hidden" name="slot" value=record.slot.to_string() />
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
