//! Who is called where: two rules of the database keep a visit at one counter and a counter with one visit.

use chrono::{DateTime, Utc};
use shared::counter::{CounterId, CounterState, Refusal, VisitId, VisitState};
use shared::problem::Problem;
use shared::staff::OfficeId;
use sqlx::AnyConnection;

use super::by::Hand;
use super::counters::{self, is_free};
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;

/// Keeps the counters that a step needs, before the visit itself is written: one that calls is its clerk's and serves, one
/// that is handed somebody has a clerk who may work there, one that undoing gives somebody back to has nobody else. A `seat` is
/// kept already, with its clerk at it.
pub(super) async fn prepare(
    connection: &mut AnyConnection,
    office: &OfficeId,
    (before, after, is_undone): (&VisitState, &VisitState, bool),
    (hand, seat): (&Hand, Option<CounterId>),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let there = before.counter();
    if let Some(counter) = after.counter().filter(|counter| there != Some(*counter)) {
        if seat != Some(counter) {
            let mut kept = counters::keep(connection, counter).await?;
            of_office(&kept.office, office)?;
            match &hand.staff {
                Some(clerk) if !is_undone => {
                    counters::take_seat(connection, &mut kept, (hand, clerk), now).await?;
                }
                _ if kept.state == CounterState::Closed => return Err(Refusal::CounterClosed.into()),
                _ => {}
            }
        }
        return is_free(connection, counter).await;
    }
    let waits_for = super::store::waits_for(after);
    if let Some(counter) = waits_for.filter(|counter| !is_undone && super::store::waits_for(before) != Some(*counter)) {
        let kept = counters::keep(connection, counter).await?;
        of_office(&kept.office, office)?;
        if !counters::serves(connection, counter, now).await? {
            return Err(Refusal::CounterClosed.into());
        }
    }
    Ok(())
}

/// Opens and closes the call of a visit that was just written.
///
/// # Errors
/// [`Refusal::CounterBusy`], [`Error::Overtaken`] where the visit has another call: the rules decide.
pub(super) async fn follow(
    connection: &mut AnyConnection,
    visit: &VisitId,
    (before, after): (&VisitState, &VisitState),
) -> Result<(), Error> {
    if before.counter() == after.counter() {
        return Ok(());
    }
    if before.counter().is_some() {
        let statement = "delete from open_call where visit_id = $1";
        sql(statement, [visit.as_str().into()]).execute(&mut *connection).await?;
    }
    let Some(counter) = after.counter() else { return Ok(()) };
    if open(connection, visit, counter).await? {
        return Ok(());
    }
    is_free(connection, counter).await?;
    Err(Error::Overtaken)
}

/// Opens a call, if neither the visit nor the counter has one.
async fn open(connection: &mut AnyConnection, visit: &VisitId, counter: CounterId) -> Result<bool, DatabaseError> {
    let statement = "insert into open_call (visit_id, counter_id) values ($1, $2) on conflict do nothing";
    let opened = sql(statement, [visit.as_str().into(), counter.0.into()]).execute(connection).await?;
    Ok(opened.rows_affected() == 1)
}

/// A counter of another office is none of this one.
pub(super) fn of_office(theirs: &OfficeId, ours: &OfficeId) -> Result<(), Error> {
    if theirs == ours { Ok(()) } else { Err(Problem::NotFound.into()) }
}
