//! The new time last held for a booking that moves, beside the browser's session: should it run out or be given up, it is
//! offered again.

use axum::response::Response;
use leptos::prelude::*;
use server::{App, error::Error};
use shared::appointments::SlotId;

use super::Opened;
use crate::{
    appointments::{
        again::{self, Lost, Press},
        draft::{self, Draft, LastHeld},
        hold_notice::booking_unchanged,
        wish::Wish,
    },
    visit::{Visit, keep_session},
};

/// Notes what became of a time, and gives the answer to a browser, with a session where it has none.
pub(super) async fn note(
    app: &App,
    visit: &Visit,
    opened: &Opened,
    change: impl FnOnce(&mut Draft),
    answer: Response,
) -> Result<Response, Error> {
    let (session, new) = visit.session_or_new();
    let key = draft::of_a_move(&opened.pages.bookable.service, &session, &opened.booking.reference);
    draft::note(app, key, opened.now, change).await?;
    Ok(if new { keep_session(answer, &session, app.settings().production()) } else { answer })
}

/// The time that ran out or was given up last; asked for only while none is held.
pub(super) async fn past(app: &App, visit: &Visit, opened: &Opened) -> Result<Option<Lost>, Error> {
    let Some(session) = &visit.session else { return Ok(None) };
    let key = draft::of_a_move(&opened.pages.bookable.service, session, &opened.booking.reference);
    let past = draft::load(app, key, opened.now).await?.past(&[], opened.now);
    // In another browser the booking may have moved to that very time.
    let (booking, place) = (&opened.booking, &opened.booking.point.place.id);
    let past = past.filter(|past| past.time().starts_at != booking.starts_at || past.time().place != *place);
    Lost::of(app, opened.pages, past).await
}

/// What became of it, and the button that holds it again.
pub(super) fn notice(visit: &Visit, opened: &Opened, past: &Lost) -> AnyView {
    let unchanged = booking_unchanged(visit.locale).to_owned();
    let press = Press::Moving { choose_at: day_of(visit, opened, past.time()) };
    again::notice(visit, past, &press, (moving(opened), Some(unchanged)), opened.now)
}

/// Where a time is chosen among the others of its day.
pub(super) fn day_of(visit: &Visit, opened: &Opened, time: &LastHeld) -> String {
    visit.url(&others(opened, time).path())
}

/// The other times of its day.
pub(super) fn others(opened: &Opened, time: &LastHeld) -> Wish {
    again::day_of(moving(opened), time)
}

/// A time that was refused just now is not offered a second time.
pub(super) async fn forget(app: &App, visit: &Visit, opened: &Opened, slot: SlotId) -> Result<(), Error> {
    let Some(session) = &visit.session else { return Ok(()) };
    let key = draft::of_a_move(&opened.pages.bookable.service, session, &opened.booking.reference);
    draft::note(app, key, opened.now, |draft| draft.forgets(slot)).await?;
    Ok(())
}

fn moving(opened: &Opened) -> Wish {
    Wish { moving: Some(opened.booking.reference), ..Wish::any(opened.pages) }
}
