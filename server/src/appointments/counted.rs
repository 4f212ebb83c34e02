//! Counting the places of a slot: whoever takes one meets the slot's capacity as a rule of the database.

use chrono::{DateTime, Utc};
use shared::appointments::{Refusal, SlotId};
use sqlx::AnyConnection;

use super::{ending, slots};
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;

/// Counts one more place as taken; the slot's capacity is the database's own rule.
///
/// # Errors
/// [`Refusal::SlotClosed`], [`Refusal::SlotFull`].
pub(crate) async fn take(connection: &mut AnyConnection, slot: SlotId, now: DateTime<Utc>) -> Result<(), Error> {
    let statement = "update slot set taken = taken + 1 where id = $1 and closed = 0 and taken < capacity";
    let taken = sql(statement, [slot.0.into()]).execute(&mut *connection).await?.rows_affected();
    if taken == 1 {
        return Ok(());
    }
    // What is remembered of a slot may be a moment older than its closing.
    if slots::is_closed(connection, slot).await? {
        return Err(Refusal::SlotClosed.into());
    }
    if ending::return_ended_places(connection, slot, now).await? == 0 {
        return Err(Refusal::SlotFull.into());
    }
    let taken = sql(statement, [slot.0.into()]).execute(connection).await?.rows_affected();
    if taken == 1 { Ok(()) } else { Err(Refusal::SlotFull.into()) }
}

/// Counts a place as taken that was given back by a slip, whatever has become of its slot: one that is full grows by it, and
/// gives out no more than before.
pub(crate) async fn take_again(connection: &mut AnyConnection, slot: SlotId) -> Result<(), DatabaseError> {
    let statement = "update slot set taken = taken + 1, \
         cut_to = case when taken >= capacity and cut_to is null then capacity else cut_to end, \
         capacity = case when taken >= capacity then taken + 1 else capacity end where id = $1";
    sql(statement, [slot.0.into()]).execute(connection).await?;
    Ok(())
}

/// Counts some places as free again.
pub(crate) async fn give_back(connection: &mut AnyConnection, slot: SlotId, places: i64) -> Result<(), DatabaseError> {
    // A slot that was cut below what was taken keeps what comes back until it is down to its new size.
    let statement = "update slot set taken = taken - $1, \
         capacity = case when cut_to is null then capacity when taken - $1 > cut_to then taken - $1 else cut_to end, \
         cut_to = case when taken - $1 > cut_to then cut_to else null end where id = $2";
    sql(statement, [places.into(), slot.0.into()]).execute(connection).await?;
    Ok(())
}
