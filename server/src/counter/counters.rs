//! The counters of an office: who sits where, and whom they have.

mod manage;
mod seat;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value as Json, json};
use shared::counter::{CounterId, CounterName, CounterState, Refusal, VisitId};
use shared::problem::Problem;
use shared::staff::{OfficeId, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::by::Hand;
use crate::app::App;
use crate::audit::{self, Event, Head};
use crate::database::{
    DatabaseError, Rule,
    sql::{date, flag, int, maybe_int, maybe_text, sql, text, word},
};
use crate::error::Error;
use crate::staff::session;
pub(super) use manage::{MOST, insert};
pub use manage::{create, remove, rename};
pub(super) use seat::take as take_seat;
pub use seat::{close, leave, open, pause, resume};

/// A counter as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    pub id: CounterId,
    pub office: OfficeId,
    pub name: CounterName,
    pub state: CounterState,
    pub clerk: Option<StaffId>,
    pub visit: Option<There>,
}

/// Who is called to a counter or served there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    pub id: VisitId,
    /// The day that they came on, which is over where they were forgotten.
    pub date: NaiveDate,
    pub ticket: Option<u32>,
}

/// Counters that are not removed, with whom they have.
macro_rules! counters {
    ($rest:literal) => {
        concat!(
            "select c.id, c.office, c.name, c.state, c.staff_id, v.id as visit_id, v.date, v.ticket from counter c \
             left join open_call o on o.counter_id = c.id left join visit v on v.id = o.visit_id \
             where c.removed_at is null and ",
            $rest
        )
    };
}

/// A counter whose row is kept to one transaction: whatever else concerns it waits.
pub(super) struct Kept {
    pub(super) id: CounterId,
    pub(super) office: OfficeId,
    pub(super) state: CounterState,
    pub(super) clerk: Option<StaffId>,
    head: Head,
}

/// The counters of an office, in the order in which they were made.
pub async fn list(app: &App, office: &OfficeId) -> Result<Vec<Counter>, Error> {
    Ok(of_office(&mut *app.database().read().await?, office).await?)
}

/// One counter.
///
/// # Errors
/// [`Problem::NotFound`], also for one that was removed.
pub async fn one(app: &App, id: CounterId) -> Result<Counter, Error> {
    let row = sql(counters!("c.id = $1"), [id.0.into()]).fetch_optional(&mut *app.database().read().await?).await?;
    Ok(read(&row.ok_or(Problem::NotFound)?)?)
}

/// The counter where somebody sits.
pub async fn seat_of(app: &App, clerk: &StaffId) -> Result<Option<Counter>, Error> {
    let statement = counters!("c.staff_id = $1");
    let row = sql(statement, [clerk.as_str().into()]).fetch_optional(&mut *app.database().read().await?).await?;
    Ok(row.as_ref().map(read).transpose()?)
}

pub(super) async fn of_office(
    connection: &mut AnyConnection,
    office: &OfficeId,
) -> Result<Vec<Counter>, DatabaseError> {
    let statement = counters!("c.office = $1 order by c.id");
    let rows = sql(statement, [office.as_str().into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Whether whoever sits at the counter `c` may work there at an instant, by an account that is open: whoever has
/// [`shared::staff::Right::WorkAtCounter`] at its office.
macro_rules! may_work {
    ($at:literal) => {
        concat!(
            "exists (select 1 from staff_role r join staff_account w on w.staff_id = r.staff_id \
             where r.staff_id = c.staff_id and w.suspended_at is null and r.role in ('counter_clerk', 'office_manager') \
             and r.scope = 'office' and r.scope_id = c.office and r.from_at <= ",
            $at,
            " and (r.until_at is null or r.until_at > ",
            $at,
            "))"
        )
    };
}

pub(super) use may_work;

/// A counter whose clerk does not come back to it by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alone {
    pub counter: CounterId,
    /// Whether they are only signed in nowhere; otherwise they may not work there any more.
    pub may_work: bool,
}

/// The counters of an office whose clerk is signed in nowhere any more, or may not work there any more.
pub(super) async fn left_alone(
    connection: &mut AnyConnection,
    office: &OfficeId,
    now: DateTime<Utc>,
) -> Result<Vec<Alone>, DatabaseError> {
    const STATEMENT: &str = concat!(
        "select c.id, case when ",
        may_work!("$4"),
        " then 1 else 0 end as may_work from counter c where c.office = $1 and c.removed_at is null \
         and c.staff_id is not null and (not exists (select 1 from staff_account a join staff_session s on s.account = a.name \
         where a.staff_id = c.staff_id and a.suspended_at is null and s.seen_at > $2 and s.created_at > $3) or not ",
        may_work!("$4"),
        ") order by c.id"
    );
    let values = [office.as_str().into(), (now - session::IDLE).into(), (now - session::LONGEST).into(), now.into()];
    let rows = sql(STATEMENT, values).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(Alone { counter: CounterId(int(row, "id")?), may_work: flag(row, "may_work")? })).collect()
}

/// Whether somebody who may work there sits at a counter.
pub(super) async fn serves(
    connection: &mut AnyConnection,
    id: CounterId,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    const STATEMENT: &str =
        concat!("select 1 from counter c where c.id = $1 and c.state <> 'closed' and ", may_work!("$2"));
    Ok(sql(STATEMENT, [id.0.into(), now.into()]).fetch_optional(connection).await?.is_some())
}

/// Keeps a counter to this transaction.
///
/// # Errors
/// [`Problem::NotFound`], also for one that was removed.
pub(super) async fn keep(connection: &mut AnyConnection, id: CounterId) -> Result<Kept, Error> {
    let statement = "update counter set audit_length = audit_length where id = $1 and removed_at is null \
         returning office, state, staff_id, audit_length, audit_head";
    let row = sql(statement, [id.0.into()]).fetch_optional(connection).await?.ok_or(Problem::NotFound)?;
    Ok(Kept {
        id,
        office: word(&row, "office", |id| OfficeId::parse(id).ok())?,
        state: word(&row, "state", CounterState::from_name)?,
        clerk: clerk(&row)?,
        head: Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? },
    })
}

/// Refuses where a counter has somebody.
pub(super) async fn is_free(connection: &mut AnyConnection, id: CounterId) -> Result<(), Error> {
    let statement = "select v.id as visit_id, v.date, v.ticket from open_call o join visit v on v.id = o.visit_id \
         where o.counter_id = $1";
    let row = sql(statement, [id.0.into()]).fetch_optional(connection).await?;
    match row.as_ref().map(there).transpose()?.flatten() {
        Some(There { id, date, ticket }) => Err(Refusal::CounterBusy { visit: id, date, ticket }.into()),
        None => Ok(()),
    }
}

/// Lets a counter serve, or not, with whoever sits there.
pub(super) async fn set(
    connection: &mut AnyConnection,
    kept: &mut Kept,
    (state, clerk): (CounterState, Option<StaffId>),
    (hand, act): (&Hand, &'static str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let detail = json!({ "state": state, "clerk": clerk });
    note(connection, kept, (hand, act, detail), now).await?;
    (kept.state, kept.clerk) = (state, clerk);
    let statement = "update counter set state = $1, staff_id = $2, changed_at = $3 where id = $4";
    let clerk = kept.clerk.as_ref().map(|clerk| clerk.as_str().to_owned());
    let values = [state.name().into(), clerk.into(), now.into(), kept.id.0.into()];
    match sql(statement, values).execute(connection).await.map_err(DatabaseError::from) {
        // In the same instant they sat down elsewhere; read anew, it is said where.
        Err(DatabaseError::Refused(Rule::CounterOfClerk)) => Err(Error::Overtaken),
        written => Ok(written.map(drop)?),
    }
}

/// Appends to the stream of a counter.
async fn note(
    connection: &mut AnyConnection,
    kept: &mut Kept,
    (hand, act, detail): (&Hand, &'static str, Json),
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let stream = format!("counter:{}", kept.id);
    let event = Event { stream: &stream, actor: hand.actor.clone(), act, detail };
    kept.head = audit::append(connection, &kept.head, &event, now).await?;
    let statement = "update counter set audit_length = $1, audit_head = $2 where id = $3";
    let values = [kept.head.length.into(), kept.head.hash.as_str().into(), kept.id.0.into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Counter, DatabaseError> {
    Ok(Counter {
        id: CounterId(int(row, "id")?),
        office: word(row, "office", |id| OfficeId::parse(id).ok())?,
        name: word(row, "name", |name| CounterName::parse(name).ok())?,
        state: word(row, "state", CounterState::from_name)?,
        clerk: clerk(row)?,
        visit: there(row)?,
    })
}

fn there(row: &AnyRow) -> Result<Option<There>, DatabaseError> {
    let Some(id) = maybe_text(row, "visit_id")?.and_then(|id| VisitId::parse(&id).ok()) else { return Ok(None) };
    let ticket = maybe_int(row, "ticket")?.and_then(|ticket| u32::try_from(ticket).ok());
    Ok(Some(There { id, date: date(row, "date")?, ticket }))
}

fn clerk(row: &AnyRow) -> Result<Option<StaffId>, DatabaseError> {
    Ok(maybe_text(row, "staff_id")?.and_then(|id| StaffId::parse(&id).ok()))
}

#[cfg(test)]
mod tests {
    use shared::staff::{Right, Role};

    #[test]
    fn who_may_work_at_a_counter_are_those_whose_roles_allow_it_for_a_whole_office() {
        let allow: Vec<_> = Role::ALL.iter().filter(|role| role.allows(Right::WorkAtCounter)).collect();
        assert!(allow.iter().all(|role| role.is_of_whole_office()));
        let names: Vec<_> = allow.into_iter().map(|role| format!("'{}'", role.name())).collect();
        assert!(may_work!("$1").contains(&format!("r.role in ({})", names.join(", "))), "{names:?}");
    }
}
