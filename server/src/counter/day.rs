//! The day of an office: one sheet with its counters and everybody who is expected, waits or was served.

pub mod by_clerk;
pub mod closing;
pub mod last;
pub mod news;
pub mod out_of_order;
pub mod own_hours;
pub mod read;
mod row;
pub mod shut;
pub mod standing_out;
pub(super) mod turn;
pub mod unfinished;

use chrono::{DateTime, NaiveDate, Utc};
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};

use super::counters::{self, Alone, Counter};
use super::more::{self, More};
use super::{office, store};
use crate::app::App;
use crate::error::Error;
use crate::staff::authority::Staff;
pub(super) use row::{Answered, of_answer, of_stored};
pub use row::{Row, Times};

/// A day as it stood at one instant.
#[derive(Clone, Debug, PartialEq)]
pub struct DaySheet {
    pub office: OfficeId,
    pub date: NaiveDate,
    /// Grows with every change; 0 where nothing has happened yet.
    pub version: i64,
    /// When it was closed.
    pub closed: Option<DateTime<Utc>>,
    /// Whether it is changed for a reason only: closed, or more than two days ago.
    pub counts_as_closed: bool,
    /// Whether something was changed after that.
    pub corrected: bool,
    /// In the order in which they were made.
    pub counters: Vec<Counter>,
    /// Those of them whose clerk is signed in nowhere any more, or may not work there any more.
    pub left_alone: Vec<Alone>,
    /// By [`Row::time`], then by ticket.
    pub visits: Vec<Row>,
    /// Tickets that were given back at once. They are found by their numbers, and nothing counts them.
    pub given_back: Vec<Row>,
    /// Places that were added on the day itself, in the order in which they were.
    pub more: Vec<More>,
}

/// The sheet of a day. Whoever shows people of it asks for it by [`seen_by`].
///
/// # Errors
/// [`Problem::NotFound`] for no office.
pub async fn sheet(app: &App, id: &OfficeId, date: NaiveDate, now: DateTime<Utc>) -> Result<DaySheet, Error> {
    office::one(app, id).await?;
    // All of it as of one instant, so that no counter has a visit which is at none.
    let mut instant = app.database().instant().await?;
    let state = turn::state(&mut instant, id, date).await?;
    let counters = counters::of_office(&mut instant, id).await?;
    let left_alone = counters::left_alone(&mut instant, id, now).await?;
    let stored = store::of_day(&mut instant, id, date).await?;
    let more = more::of_day(&mut instant, id, date).await?;
    instant.rollback().await?;
    let mut visits = Vec::with_capacity(stored.len());
    for stored in stored {
        let row = of_stored(app, &stored, now).await;
        visits.push(Row { undoable: state.undoable(row.undoable), ..row });
    }
    visits.sort_by(|a, b| (a.time(), a.ticket, &a.id).cmp(&(b.time(), b.ticket, &b.id)));
    let (given_back, visits) = visits.into_iter().partition(|row| row.given_back);
    let counts_as_closed = state.counts_as_closed(date, now);
    let turn::State { version, closed, corrected } = state;
    let office = id.clone();
    Ok(DaySheet {
        office,
        date,
        version,
        closed,
        counts_as_closed,
        corrected,
        counters,
        left_alone,
        visits,
        given_back,
        more,
    })
}

/// Whether an office has closed a day.
pub async fn is_closed(app: &App, id: &OfficeId, date: NaiveDate) -> Result<bool, Error> {
    Ok(turn::state(&mut *app.database().read().await?, id, date).await?.closed.is_some())
}

/// The sheet for somebody of the staff; that of another day is noted ([`read`]) before it is shown.
///
/// # Errors
/// As [`sheet`]; [`shared::staff::Refusal::NotAllowed`].
pub async fn seen_by(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Result<DaySheet, Error> {
    let office = office::one(app, id).await?;
    staff.may(Right::SeeDay, &office.whereabouts)?;
    let sheet = sheet(app, id, date, now).await?;
    read::note(app, staff, (&office, &sheet), now).await?;
    Ok(sheet)
}

/// One visit as it stands, for somebody of the staff.
///
/// # Errors
/// [`Problem::NotFound`]; [`shared::staff::Refusal::NotAllowed`].
pub async fn one(app: &App, staff: &Staff, id: &shared::counter::VisitId, now: DateTime<Utc>) -> Result<Row, Error> {
    let mut connection = app.database().read().await?;
    let stored = store::load(&mut connection, id).await?.ok_or(Problem::NotFound)?;
    staff.may(Right::SeeDay, &office::at(&stored.office, &stored.place))?;
    let state = turn::state(&mut connection, &stored.office, stored.date).await?;
    drop(connection);
    let row = of_stored(app, &stored, now).await;
    Ok(Row { undoable: state.undoable(row.undoable), ..row })
}
