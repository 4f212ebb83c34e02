//! How many bookings one of the staff makes, cancels or moves for people, as the record has it.

use chrono::{DateTime, TimeDelta, Utc};
use shared::counter::Refusal as TooMany;
use shared::counter::bound::{BOOKINGS, Bound, CANCELLATIONS, MOVES};
use sqlx::{AnyConnection, any::AnyRow};

use super::messages::{AtWhoseHand, BookingEvent};
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{instant, sql},
};
use crate::error::Error;
use crate::staff::account;

/// What somebody of the staff does to bookings of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Books,
    Cancels,
    Moves,
}

/// Refuses one change too many of one person, whatever booking it is of; whoever holds their own is not asked here.
///
/// # Errors
/// [`TooMany::TooManyBookings`], [`TooMany::TooManyCancellations`], [`TooMany::TooManyMoves`].
pub(super) async fn seldom(
    connection: &mut AnyConnection,
    (actor, change): (&Actor, Change),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    // The first two conditions are those of the index.
    let statement = "select at from audit where act in ('booking_made', 'booking_cancelled', 'booking_moved') \
         and substr(actor, 1, 6) = 'staff:' and act = $1 and actor = $2 and at > $3 order by at desc limit $4";
    if !matches!(actor, Actor::Staff(_)) {
        return Ok(());
    }
    let mut wait = None;
    for (most, within) in change.bound().spans() {
        let values = [change.act().into(), actor.words().into(), (now - within).into(), most.into()];
        let changes = sql(statement, values).fetch_all(&mut *connection).await?;
        // Of both the later, so that nobody waits an hour to be told to wait a day.
        wait = wait.max(used_up(&changes, i64::from(most), within)?);
    }
    wait.map_or(Ok(()), |again_at| Err(change.too_many(seconds_until(again_at, now)).into()))
}

/// The same at the moment of writing: what one person changes at the same instant is counted one after the other.
///
/// # Errors
/// As [`seldom`].
pub(super) async fn alone(
    connection: &mut AnyConnection,
    (actor, change): (&Actor, Change),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if let Actor::Staff(person) = actor {
        account::keep(connection, person).await?;
    }
    seldom(connection, (actor, change), now).await
}

/// When there is another one to be had, of events with the newest first; none while there is.
pub(super) fn used_up(events: &[AnyRow], most: i64, within: TimeDelta) -> Result<Option<DateTime<Utc>>, DatabaseError> {
    let first = events.last().filter(|_| i64::try_from(events.len()) == Ok(most));
    first.map(|first| Ok(instant(first, "at")? + within)).transpose()
}

/// At least one.
pub(super) fn seconds_until(again_at: DateTime<Utc>, now: DateTime<Utc>) -> u64 {
    u64::try_from((again_at - now).num_seconds()).unwrap_or_default().max(1)
}

impl Change {
    fn bound(self) -> Bound {
        match self {
            Self::Books => BOOKINGS,
            Self::Cancels => CANCELLATIONS,
            Self::Moves => MOVES,
        }
    }

    fn act(self) -> &'static str {
        match self {
            Self::Books => BookingEvent::MADE,
            Self::Cancels => BookingEvent::Cancelled(AtWhoseHand::Office).kind(),
            Self::Moves => BookingEvent::Moved.kind(),
        }
    }

    fn too_many(self, retry_after: u64) -> TooMany {
        match self {
            Self::Books => TooMany::TooManyBookings { retry_after },
            Self::Cancels => TooMany::TooManyCancellations { retry_after },
            Self::Moves => TooMany::TooManyMoves { retry_after },
        }
    }
}
