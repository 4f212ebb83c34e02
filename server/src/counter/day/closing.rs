//! Closing a day: whoever does has seen who still waits, and says why where somebody does or is still to come. From then on a
//! change is a correction, with a reason, unless the day is opened again before it is over.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::counter::{CounterState, Reason, Refusal, StateName};
use shared::problem::Problem;
use shared::staff::{OfficeId, Right};
use sqlx::AnyConnection;

use super::{DaySheet, Row, sheet, turn};
use crate::app::App;
use crate::counter::by::Hand;
use crate::counter::changes::{self, Told};
use crate::counter::{counters, kept, office};
use crate::database::{
    Backend,
    sql::{int, sql},
};
use crate::error::Error;
use crate::places;
use crate::staff::authority::Staff;

/// What closing a day means for those who are not done, as of one version of its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    pub office: OfficeId,
    pub date: NaiveDate,
    pub version: i64,
    /// In the hall and not called.
    pub waiting: Vec<Row>,
    /// Called or served: the day is not closed before they are done.
    pub at_counters: Vec<Row>,
    pub parked: Vec<Row>,
    /// Booked, and nobody has come; without those whose time was closed.
    pub not_come: Vec<Row>,
}

/// What the record calls closing a day, and opening it again.
pub(super) const ACTS: [&str; 2] = ["day_closed", "day_opened_again"];

/// Who is not done, and changes nothing.
///
/// # Errors
/// [`shared::staff::Refusal::NotAllowed`]; [`Problem::NotFound`].
pub async fn preview(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Closing, Error> {
    staff.may(Right::ManageOffice, &office::one(app, id).await?.whereabouts)?;
    Ok(Closing::of(sheet(app, id, date, now).await?))
}

/// Closes a day as it was seen at a version, with its counters where it is today. Who waits stays as they are.
///
/// # Errors
/// [`Refusal::ReasonNeeded`] where somebody waits or is booked for a time to come; [`Refusal::DayChanged`] where the version is
/// another by now; [`Refusal::DayClosed`] where it is closed already;
/// [`Refusal::CounterBusy`] while a counter has somebody; [`Problem::Malformed`] for a day to come;
/// [`shared::staff::Refusal::NotAllowed`].
pub async fn close(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    (date, version): (NaiveDate, i64),
    why: Option<Reason>,
    now: DateTime<Utc>,
) -> Result<Closing, Error> {
    let now = kept(now);
    let seen = preview(app, staff, id, date, now).await?;
    if date > shanghai_date(now) {
        return Err(Problem::Malformed.into());
    }
    if why.is_none() && seen.takes_a_reason(now) {
        // Whoever was overtaken is told that, and looks again.
        let state = turn::state(&mut *app.database().read().await?, id, date).await?;
        return Err(if state.closed.is_some() { Refusal::DayClosed { date } } else { Refusal::ReasonNeeded }.into());
    }
    let closing = ToClose {
        office: id.clone(),
        date,
        version,
        waiting: seen.waiting.len(),
        why,
        hand: Hand::of(staff),
        backend: app.database().backend(),
        now,
    };
    let told = staff.write(app, closing, write).await?;
    let version = told.version;
    app.hall().changes().tell(told);
    Ok(Closing { version, ..seen })
}

/// Opens a day again that was closed, until it is over. Its counters stay closed until somebody sits down.
///
/// # Errors
/// [`Refusal::DayChanged`] where it is not closed, or the version is another by now; [`Problem::Malformed`] for another day than
/// today; [`shared::staff::Refusal::NotAllowed`].
pub async fn reopen(
    app: &App,
    staff: &Staff,
    id: &OfficeId,
    (date, version): (NaiveDate, i64),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let now = kept(now);
    staff.may(Right::ManageOffice, &office::one(app, id).await?.whereabouts)?;
    if date != shanghai_date(now) {
        return Err(Problem::Malformed.into());
    }
    let (office, hand, backend) = (id.clone(), Hand::of(staff), app.database().backend());
    let told = staff.write(app, ToReopen { office, date, version, hand, backend, now }, write_open).await?;
    app.hall().changes().tell(told);
    Ok(())
}

impl Closing {
    /// Whether the day ends for somebody who counts on it.
    fn takes_a_reason(&self, now: DateTime<Utc>) -> bool {
        let in_hall = self.waiting.len() + self.parked.len();
        in_hall > 0 || self.not_come.iter().any(|row| row.starts_at > now)
    }

    fn of(sheet: DaySheet) -> Self {
        let DaySheet { office, date, version, visits, .. } = sheet;
        let of = |states: &[StateName]| {
            visits.iter().filter(|row| states.contains(&row.state.kind())).cloned().collect::<Vec<_>>()
        };
        Self {
            waiting: of(&[StateName::Arrived]),
            at_counters: of(&[StateName::Called, StateName::Serving]),
            parked: of(&[StateName::Parked]),
            not_come: of(&[StateName::Booked]).into_iter().filter(|row| !row.excused).collect(),
            office,
            date,
            version,
        }
    }
}

struct ToClose {
    office: OfficeId,
    date: NaiveDate,
    /// As it was seen.
    version: i64,
    waiting: usize,
    why: Option<Reason>,
    hand: Hand,
    backend: Backend,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, closing: &ToClose) -> Result<Told, Error> {
    let ToClose { office, date, version, hand, backend, now, .. } = closing;
    // A day that has no row yet is at its beginning: whoever saw more of it saw another day.
    if *version != 0 && turn::state(connection, office, *date).await?.version == 0 {
        return Err(Refusal::DayChanged.into());
    }
    if *date == shanghai_date(*now) {
        close_counters(connection, closing).await?;
    }
    let mut detail = json!({ "date": date, "version": version, "waiting": closing.waiting });
    if let Some(why) = &closing.why {
        detail["reason"] = json!(why);
    }
    let event = (hand.actor.clone(), ACTS[0], detail);
    places::record_by(connection, &office::place(office)?, event, *now).await?;
    let statement = "insert into office_day (office, date, version, tickets, closed_at, closed_version) \
         values ($1, $2, 1, 0, $3, 1) on conflict (office, date) do update set version = office_day.version + 1, \
         closed_at = $3, closed_version = office_day.version + 1 \
         where office_day.closed_at is null and office_day.version = $4 returning version";
    let values = [office.as_str().into(), (*date).into(), (*now).into(), (*version).into()];
    let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? else {
        let state = turn::state(connection, office, *date).await?;
        let is_closed = state.closed.is_some();
        return Err(if is_closed { Refusal::DayClosed { date: *date } } else { Refusal::DayChanged }.into());
    };
    let told = Told { office: office.clone(), date: *date, version: int(&row, "version")? };
    changes::notify(connection, *backend, &told).await?;
    Ok(told)
}

struct ToReopen {
    office: OfficeId,
    date: NaiveDate,
    /// As it was seen.
    version: i64,
    hand: Hand,
    backend: Backend,
    now: DateTime<Utc>,
}

async fn write_open(connection: &mut AnyConnection, opening: &ToReopen) -> Result<Told, Error> {
    let ToReopen { office, date, version, hand, backend, now } = opening;
    let event = (hand.actor.clone(), ACTS[1], json!({ "date": date, "version": version }));
    places::record_by(connection, &office::place(office)?, event, *now).await?;
    let statement = "update office_day set version = version + 1, closed_at = null, closed_version = null \
         where office = $1 and date = $2 and version = $3 and closed_at is not null returning version";
    let values = [office.as_str().into(), (*date).into(), (*version).into()];
    let row = sql(statement, values).fetch_optional(&mut *connection).await?.ok_or(Refusal::DayChanged)?;
    let told = Told { office: office.clone(), date: *date, version: int(&row, "version")? };
    changes::notify(connection, *backend, &told).await?;
    Ok(told)
}

/// One after the other in their order, so that two who close a day do not wait for each other.
async fn close_counters(connection: &mut AnyConnection, closing: &ToClose) -> Result<(), Error> {
    for counter in counters::of_office(connection, &closing.office).await? {
        let mut kept = counters::keep(connection, counter.id).await?;
        counters::is_free(connection, counter.id).await?;
        if kept.state != CounterState::Closed {
            let by = (&closing.hand, "counter_closed");
            counters::set(connection, &mut kept, (CounterState::Closed, None), by, closing.now).await?;
        }
    }
    Ok(())
}
