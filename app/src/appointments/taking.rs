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
use shared::appointments::SlotId;

use super::{draft, service::BookingPages, step::Step, wish::Wish};
use crate::{
    pairs::{Pairs, value},
    visit::{Visit, keep_session},
};

/// The time whose button was pressed.
pub(super) fn slot_in(pairs: &Pairs) -> Option<SlotId> {
    value(pairs, "slot")?.parse().ok().map(SlotId)
}

/// Holds a time at a place that suits the wish.
pub(super) async fn hold(
    app: &App,
    client: &Client,
    wish: &Wish,
    slot: SlotId,
    asking: Asking<'_>,
) -> Result<Hold, Error> {
    app.limits().hold(client.address)?;
    let pages = wish.pages;
    let service = &pages.bookable.service;
    if let Some(narrowing) = pages.places.narrowing.as_ref().filter(|_| wish.narrowed) {
        let placed = slots::one(app, slot, service).await?;
        if !(narrowing.places)(app).await?.contains(&placed.place) {
            return Err((narrowing.refusal)().into());
        }
    }
    take(app, service, slot, asking, app.now()).await
}

/// On to the details; what was typed before stays as long as the hold.
pub(super) async fn held_response(
    app: &App,
    visit: &Visit,
    pages: &BookingPages,
    (session, new): (&Session, bool),
    hold: &Hold,
) -> Result<Response, Error> {
    draft::keep(app, &pages.bookable.service, session, hold.expires_at).await?;
    let response = Redirect::to(&visit.url(&pages.at(Step::Details(0)))).into_response();
    Ok(if new { keep_session(response, session, visit.portal.production) } else { response })
}
