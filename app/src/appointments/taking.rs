//! Holding the time whose button was pressed.

use axum::response::{IntoResponse, Redirect, Response};
use server::{
    App,
    appointments::{
        hold::{Asking, Hold, take},
        slots,
    },
    client::Client,
    error::Error,
    session::Session,
};
use shared::appointments::{Refusal, SlotId};

use super::{
    again, book::phone, choosing::not_held, draft, draft::LastHeld, service::BookingPages, step::Step, wish::Wish,
};
use crate::{
    pairs::{Pairs, value},
    visit::Visit,
};

/// The time whose button was pressed.
pub(super) fn slot_in(pairs: &Pairs) -> Option<SlotId> {
    value(pairs, "slot")?.parse().ok().map(SlotId)
}

/// Holds a time at a place that suits the wish.
pub(super) async fn hold(app: &App, wish: &Wish, slot: SlotId, asking: Asking<'_>) -> Result<Hold, Error> {
    let pages = wish.pages;
    let service = &pages.bookable.service;
    if let Some(narrowing) = pages.places.narrowing.as_ref().filter(|_| wish.narrowed) {
        let placed = slots::one(app, slot, service).await?;
        if !(narrowing.places)(app).await?.contains(&placed.place) {
            return Err((narrowing.refusal)().into());
        }
    }
    take(app, pages.bookable, slot, asking, app.now()).await
}

/// On to the details; the draft remembers the time, and keeps what was typed before.
pub(super) async fn held_response(
    app: &App,
    visit: &Visit,
    pages: &BookingPages,
    session: &Session,
    (slot, hold): (SlotId, &Hold),
) -> Result<Response, Error> {
    remember(app, pages, session, slot, hold).await?;
    Ok(Redirect::to(&visit.url(&pages.at(Step::Details(0)))).into_response())
}

/// Holds a time once more that ran out or was given up, and goes on `there`; where it is gone, says what else is free.
pub(super) async fn hold_again(
    app: &App,
    client: &Client,
    visit: &Visit,
    pages: &'static BookingPages,
    (session, slot): (&Session, SlotId),
    there: &str,
) -> Result<Response, Error> {
    let wish = Wish::any(pages);
    let asking = Asking { session: session.clone(), address: client.address, phone: None, locale: visit.locale };
    match hold(app, &wish, slot, asking).await {
        Ok(hold) => {
            remember(app, pages, session, slot, &hold).await?;
            Ok(Redirect::to(there).into_response())
        }
        Err(error) => match error.refusal() {
            Some(Refusal::PhoneNeeded) => Ok(Redirect::to(&visit.url(&phone::path(slot, &wish))).into_response()),
            Some(refusal) if refusal.is_of_slot() => {
                again::gone(app, visit, pages, session, slot, error.into_problem()).await
            }
            _ => not_held(app, visit, wish, slot, error).await,
        },
    }
}

async fn remember(app: &App, pages: &BookingPages, session: &Session, slot: SlotId, hold: &Hold) -> Result<(), Error> {
    let service = &pages.bookable.service;
    let time = last_held(app, pages, slot, hold).await?;
    draft::note(app, draft::of_a_new_booking(service, session), app.now(), |draft| draft.holds(time)).await?;
    Ok(())
}

/// The time of a hold, as a draft remembers it.
pub(super) async fn last_held(app: &App, pages: &BookingPages, slot: SlotId, hold: &Hold) -> Result<LastHeld, Error> {
    let placed = slots::one(app, slot, &pages.bookable.service).await?;
    Ok(LastHeld { slot, place: placed.place, starts_at: placed.slot.starts_at, until: hold.expires_at })
}
