//! `…/reschedule`: another time for the same booking. Pressing one holds it; the booking itself moves only when
//! that is confirmed on the next page.

pub mod confirm;
mod remembered;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App,
    appointments::booking::reschedule,
    client::Client,
    error::Error,
    rejection::{self, Rejection},
};
use shared::{
    appointments::{Refusal, SlotId},
    locale::Locale,
    problem::Problem,
    say,
};

use super::{Opened, again, facts};
use crate::{
    appointments::{
        again::Lost,
        choosing, closed,
        draft::LastHeld,
        held::Held,
        hold_notice::booking_unchanged,
        moving::Moving,
        places::{self, Candidate},
        service::BookingPages,
        taking::{last_held, slot_in},
        times::{self, Offer},
        wish::Wish,
    },
    components::{back_link::BackLink, notice::Notice},
    draw,
    pairs::Pairs,
    visit::Visit,
    words,
};

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    Ok(page(&app, &visit, &opened, &pairs, None).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    opened: Opened,
    Query(pairs): Query<Pairs>,
    Form(form): Form<Pairs>,
) -> Result<Response, Rejection> {
    match take(&app, &client, &opened, slot_in(&form)).await {
        Ok(time) => {
            let confirm = Redirect::to(&opened.address(&visit, "reschedule/confirm")).into_response();
            Ok(remembered::note(&app, &visit, &opened, |draft| draft.holds(time), confirm).await?)
        }
        Err(error) => {
            if let Some(slot) = slot_in(&form)
                && error.refusal().is_some_and(Refusal::is_of_slot)
            {
                remembered::forget(&app, &visit, &opened, slot).await?;
            }
            Ok(page(&app, &visit, &opened, &pairs, Some(error.into_problem())).await?)
        }
    }
}

async fn take(app: &App, client: &Client, opened: &Opened, slot: Option<SlotId>) -> Result<LastHeld, Error> {
    let slot = slot.ok_or(Problem::NotFound)?;
    app.limits().hold(client.address)?;
    let hold = reschedule::hold(app, opened.pages.bookable, &opened.holder, slot, opened.now).await?;
    last_held(app, opened.pages, slot, &hold).await
}

async fn page(
    app: &App,
    visit: &Visit,
    opened: &Opened,
    pairs: &Pairs,
    problem: Option<Problem>,
) -> Result<Response, Error> {
    if !opened.can_move() {
        return Ok(too_late(visit, opened));
    }
    let status = problem.as_ref().map_or(StatusCode::OK, rejection::status);
    match problem {
        Some(problem) if status.is_server_error() => Err(problem.into()),
        problem => Ok(draw(visit, opened, status, problem, offer(app, visit, opened, pairs).await?)),
    }
}

/// What the page offers to choose from.
struct Offered {
    choose: Choose,
    /// Another time is held for this booking already.
    held: Option<Held>,
    /// The one that was held before, while none is.
    past: Option<Lost>,
    /// There is no other place to choose.
    alone: bool,
}

enum Choose {
    Time(Box<Offer>),
    Place(Wish, Vec<Candidate>),
}

async fn offer(app: &App, visit: &Visit, opened: &Opened, pairs: &Pairs) -> Result<Offered, Error> {
    let (booking, pages) = (&opened.booking, opened.pages);
    let narrowed = (pages.booking.narrowed)(booking);
    let wish = Wish { moving: Some(booking.reference), narrowed, ..Wish::read(pages, pairs) };
    let anywhere = pairs.iter().any(|(name, _)| name == ANYWHERE);
    // Most stay where they are, so that place's times come first.
    let chosen = wish.place.clone().or_else(|| (!anywhere).then(|| booking.point.place.id.clone()));
    let choices = places::choices(app, pages).await?;
    let choice = choices.iter().find(|choice| Some(choice.id()) == chosen.as_ref());
    let choice = choice.filter(|choice| choice.suits(narrowed)).cloned();
    let held = match reschedule::held(app, pages.bookable, &opened.holder, opened.now).await? {
        Some(held) => Some(Held::of(app, held, opened.now).await?),
        None => None,
    };
    let past = if held.is_some() { None } else { remembered::past(app, visit, opened).await? };
    let alone = choices.len() == 1;
    let place = booking.point.place.id.clone();
    let moving = Moving { place, starts_at: booking.starts_at, from: booking.earliest_day };
    let choose = if let Some(choice) = choice {
        let wish = wish.at(choice.id());
        Choose::Time(Box::new(times::load(app, choice, wish, Some(moving), opened.now).await?))
    } else {
        let candidates = places::load(app, choices, &wish, Some(&moving), opened.now).await?;
        Choose::Place(wish, candidates)
    };
    Ok(Offered { choose, held, past, alone })
}

/// The name in this page's query that asks for the list of places.
const ANYWHERE: &str = "any";

fn draw(visit: &Visit, opened: &Opened, status: StatusCode, problem: Option<Problem>, offered: Offered) -> Response {
    let locale = visit.locale;
    let Offered { choose, held, past, alone } = offered;
    let another = another_place(locale, opened.pages);
    let title = match choose {
        Choose::Time(..) => locale.say("换一个时间", "Choose another time").to_owned(),
        Choose::Place(..) => another.clone(),
    };
    let now = words::moment(locale, opened.booking.starts_at);
    let place = opened.booking.point.place.name.say(locale).to_owned();
    let list = format!("{}?{ANYWHERE}=1", opened.address(visit, "reschedule"));
    let confirm = opened.address(visit, "reschedule/confirm");
    let held = held.map(|held| {
        if held.record.closed {
            return target_closed(visit, opened, &held);
        }
        view! {
            <Notice title=locale.say("已经为您保留了一个新时间", "We are already holding a new time for you")>
                <p>
                    <a href=confirm>{locale.say("去确认改期", "Confirm the new time")}</a>
                    {locale.say("；另选一个，就换成新选的。", ". If you choose another below, we will hold that one instead.")}
                </p>
            </Notice>
        }
        .into_any()
    });
    draw::page_as(visit, status, &opened.pages.titled(locale, &title), || {
        let body = match choose {
            Choose::Time(offer) => view! {
                <p class="lead">{offer.place.point.place.name.say(locale).to_owned()}</p>
                {(!alone).then(|| view! { <p><a href=list>{another}</a></p> })}
                {times::page(visit, &offer)}
            }
            .into_any(),
            Choose::Place(wish, candidates) => places::list(visit, &wish, candidates, opened.now),
        };
        let closed = opened.booking.closed.is_some();
        view! {
            <div class="flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回预约", "Back to the booking") />
                {problem.map(|problem| choosing::notice(visit, &problem))}
                {held}
                {past.map(|past| remembered::notice(visit, opened, &past))}
                <h1>{title.clone()}</h1>
                <p class="column">
                    {if closed {
                        locale.say("原来的时间是 ", "Your original time was ")
                    } else {
                        locale.say("现在的时间是 ", "Your current time is ")
                    }}
                    <strong>{now}</strong>
                    {locale.say("，", ", ")}
                    {place}
                    {if closed {
                        locale.say("。那个时间停办了，请另选一个。", ". It is now closed, so please choose another.")
                    } else {
                        locale.say("。确认改期之前，它一直是您的。", ". It is yours until you confirm the change.")
                    }}
                </p>
                {body}
            </div>
        }
    })
}

/// The day of the time that is held to move to was closed.
fn target_closed(visit: &Visit, opened: &Opened, held: &Held) -> AnyView {
    let elsewhere = remembered::others(opened, &held.remembered());
    closed::notice(visit, &elsewhere, Some(booking_unchanged(visit.locale)))
}

fn another_place(locale: Locale, pages: &BookingPages) -> String {
    let place = pages.words.place.say(locale);
    say!(locale, "换一个{place}", "Choose another {place}")
}

/// After the cut-off, and for bookings that have ended.
fn too_late(visit: &Visit, opened: &Opened) -> Response {
    let locale = visit.locale;
    let title = locale.say("不能在网上改期了", "It can no longer be moved online");
    let body = if opened.is_ahead() {
        let until = facts::until(locale, facts::BookingChange::Move, opened.booking.reschedule_until, false);
        let (call, phone) = facts::phone_instead(locale, opened);
        view! {
            <p>
                {until}
                {call}
                {phone}
                {locale.say("。", ".")}
            </p>
        }
        .into_any()
    } else {
        view! {
            <p>{locale.say("这个预约已经结束。", "This booking has ended.")}</p>
            {again(visit, opened)}
        }
        .into_any()
    };
    draw::page_as(visit, StatusCode::CONFLICT, title, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回预约", "Back to the booking") />
                <h1>{title}</h1>
                {body}
            </div>
        }
    })
}
