//! A booking that the hall has begun with is changed at the counter only, and nobody comes with one that the office has ended.

use chrono::{DateTime, Utc};
use shared::counter::{Refusal, VisitState};
use sqlx::AnyConnection;

use crate::appointments::booking::withheld::{self, Guise};
use crate::counter::by::Hand;
use crate::counter::day::turn;
use crate::counter::store::Stored;
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;

/// Whether the office has ended the booking, and those who hold it are not to learn so from whoever they come to: for them it
/// stands, or their visit is over and could be gone on with. One that reads as called off is refused as one that was.
pub(super) async fn is_ended_unseen(
    connection: &mut AnyConnection,
    stored: &Stored,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    Ok(ended(connection, stored, now).await? == Some(Ended::Unseen))
}

/// Whether the booking has ended, and whoever holds it reads so: it was called off, released and told, or reads as called off.
pub(in crate::counter) async fn reads_as_ended(
    connection: &mut AnyConnection,
    stored: &Stored,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    Ok(ended(connection, stored, now).await? == Some(Ended::Known))
}

/// How a booking that stands no more has ended for whoever holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Known,
    Unseen,
}

async fn ended(
    connection: &mut AnyConnection,
    stored: &Stored,
    now: DateTime<Utc>,
) -> Result<Option<Ended>, DatabaseError> {
    let Some(booking) = stored.booking.as_ref().filter(|booking| !booking.stands) else { return Ok(None) };
    let withheld = withheld::of_booking(connection, &booking.id, now).await?;
    let is_unseen = withheld.is_some_and(|withheld| withheld.guise != Guise::Cancelled);
    Ok(Some(if is_unseen { Ended::Unseen } else { Ended::Known }))
}

/// What is said to somebody who comes with such a one on a day of which others come: on one that is over they read so as anybody
/// does, the clerk at the desk reads what to say, and whoever stands at a kiosk what could be said of any number.
pub(super) async fn unseen(
    connection: &mut AnyConnection,
    stored: &Stored,
    hand: &Hand,
) -> Result<Refusal, DatabaseError> {
    Ok(if turn::is_ended(connection, (&stored.office, stored.date)).await? {
        Refusal::DayClosed { date: stored.date }
    } else if hand.is_kiosk() {
        Refusal::NotHere
    } else {
        Refusal::EndedUntold
    })
}

/// Marks the booking of a visit that begins, and takes the mark away where that was a slip.
///
/// # Errors
/// [`Error::Overtaken`] where those who hold it have moved or cancelled it meanwhile.
pub(super) async fn follow(
    connection: &mut AnyConnection,
    stored: &Stored,
    (was, is): (&VisitState, &VisitState),
) -> Result<(), Error> {
    let Some(booking) = &stored.booking else { return Ok(()) };
    let begun = *is != VisitState::Booked;
    if begun == (*was != VisitState::Booked) {
        return Ok(());
    }
    let statement = "update appointment set arrived = $1 where id = $2 and arrived <> $1 and slot_id = $3 \
         and ($1 = 0 or released = 0 and state in ('booked', 'past'))";
    let values = [begun.into(), booking.id.as_str().into(), stored.slot.0.into()];
    let marked = sql(statement, values).execute(connection).await?.rows_affected();
    if marked == 1 { Ok(()) } else { Err(Error::Overtaken) }
}
