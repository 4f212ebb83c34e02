//! The row of a day: every change of the day ends with it, and a day that is closed takes no more.

use chrono::{DateTime, Days, NaiveDate, Utc};
use shared::calendar::shanghai_date;
use shared::counter::{ActName, Refusal, UNDO_WITHIN};
use shared::staff::OfficeId;
use sqlx::AnyConnection;

use crate::counter::changes::{self, Told};
use crate::database::{
    Backend, DatabaseError,
    sql::{int, maybe_instant, maybe_int, sql},
};
use crate::error::Error;

/// How a day stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::counter) struct State {
    pub(in crate::counter) version: i64,
    pub(in crate::counter) closed: Option<DateTime<Utc>>,
    /// Changed after it was closed.
    pub(in crate::counter) corrected: bool,
}

impl State {
    /// Whether what happened on the day is changed for a reason only: once somebody closed it, and where nobody did, once
    /// whoever worked on it has had two days to put it in order.
    pub(in crate::counter) fn counts_as_closed(&self, date: NaiveDate, now: DateTime<Utc>) -> bool {
        // Any day can be asked for, also one that none follows.
        let open_until = date.checked_add_days(OPEN_FOR);
        self.closed.is_some() || open_until.is_some_and(|until| until < shanghai_date(now))
    }

    /// What of a visit can be undone, and until when: nothing that was done before the day was closed.
    pub(in crate::counter) fn undoable(
        &self,
        last: Option<(ActName, DateTime<Utc>)>,
    ) -> Option<(ActName, DateTime<Utc>)> {
        last.filter(|(_, until)| self.closed.is_none_or(|closed| closed <= *until - UNDO_WITHIN))
    }
}

/// How long a day that nobody closes stays open.
const OPEN_FOR: Days = Days::new(2);

/// What is asked of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::counter) struct Turn {
    /// Whether a ticket is given out.
    pub(in crate::counter) ticket: bool,
    pub(in crate::counter) of: Of,
    pub(in crate::counter) backend: Backend,
}

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::counter) enum Of {
    /// The day, while it is not closed.
    Day,
    /// A day that may be closed.
    Correction,
    /// Counters, which do not belong to the day.
    Counters,
}

/// What became of it.
pub(in crate::counter) struct Turned {
    pub(in crate::counter) told: Told,
    /// The last ticket; the one that was asked for, if one was.
    pub(in crate::counter) tickets: u32,
}

pub(in crate::counter) async fn state(
    connection: &mut AnyConnection,
    office: &OfficeId,
    date: NaiveDate,
) -> Result<State, DatabaseError> {
    let statement = "select version, closed_at, closed_version from office_day where office = $1 and date = $2";
    let row = sql(statement, [office.as_str().into(), date.into()]).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(State::default()) };
    let version = int(&row, "version")?;
    let corrected = maybe_int(&row, "closed_version")?.is_some_and(|closed| closed < version);
    Ok(State { version, closed: maybe_instant(&row, "closed_at")?, corrected })
}

/// Whether the office has ended the day.
pub(in crate::counter) async fn is_ended(
    connection: &mut AnyConnection,
    (office, date): (&OfficeId, NaiveDate),
) -> Result<bool, DatabaseError> {
    Ok(state(connection, office, date).await?.closed.is_some())
}

/// Counts one more change of a day, as the last thing of its transaction that others could wait for.
///
/// # Errors
/// [`Refusal::DayClosed`], which undoes the change.
pub(in crate::counter) async fn turn(
    connection: &mut AnyConnection,
    office: &OfficeId,
    date: NaiveDate,
    Turn { ticket, of, backend }: Turn,
) -> Result<Turned, Error> {
    let statement = "insert into office_day (office, date, version, tickets) values ($1, $2, 1, $3) \
         on conflict (office, date) do update set version = office_day.version + 1, tickets = office_day.tickets + $3, \
         closed_version = office_day.closed_version + $4 \
         where office_day.closed_at is null or $5 = 1 returning version, tickets";
    let (is_of_counters, may_be_closed) = (of == Of::Counters, of != Of::Day);
    let values = [office.as_str().into(), date.into(), ticket.into(), is_of_counters.into(), may_be_closed.into()];
    let row = sql(statement, values).fetch_optional(&mut *connection).await?.ok_or(Refusal::DayClosed { date })?;
    let tickets = u32::try_from(int(&row, "tickets")?).map_err(|_| DatabaseError::unreadable("tickets"))?;
    let told = Told { office: office.clone(), date, version: int(&row, "version")? };
    changes::notify(connection, backend, &told).await?;
    Ok(Turned { told, tickets })
}
