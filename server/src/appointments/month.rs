//! The days of a place for the calendar page, and its first free times; both remembered for a moment, as everybody who
//! looks at a place asks for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{DaySlots, DayView, SlotView};
use shared::localised::Localised;

use super::service_point::ServicePoint;
use super::{slots, stamp};
use crate::app::App;
use crate::database::DatabaseError;
use crate::database::sql::{date, int, sql, text};
use crate::error::Error;

/// Every day from one to another, both included, as it stands at `now`.
pub async fn days(
    app: &App,
    point: &ServicePoint,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Arc<[DayView]>, Error> {
    let key = (point.place.id.clone(), point.service.clone(), [from, to]);
    app.appointments().days().get(key, stamp(app, now), || load_days(app, point, (from, to), now)).await
}

/// The first free times of a place, in order, at most five.
pub async fn first_free(app: &App, point: &ServicePoint, now: DateTime<Utc>) -> Result<Arc<[SlotView]>, Error> {
    let key = (point.place.id.clone(), point.service.clone());
    app.appointments().first_free().get(key, stamp(app, now), || load_first_free(app, point, now)).await
}

/// When times open next, and those days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    pub at: DateTime<Utc>,
    /// Days with times that open at that instant, in order; at least one.
    pub days: Vec<NaiveDate>,
}

/// The next instant at which times open that can then be booked, or the one at which those of the wanted day do;
/// nothing when no such day is published, or the wanted one is open already.
pub async fn next_release(
    app: &App,
    point: &ServicePoint,
    wanted: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Option<Release>, Error> {
    let rule = point.rule(now)?;
    let statement = "select distinct date from slot where place_id = $1 and service = $2 and date > $3 and closed = 0 \
         and coalesce(cut_to, capacity) > 0 order by date limit 62";
    let values = [point.place.id.as_str().into(), point.service.name().into(), rule.last_day(now).into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let days = rows.iter().map(|row| date(row, "date")).collect::<Result<Vec<_>, _>>()?;
    let Some(first) = days.iter().find(|day| wanted.is_none_or(|wanted| **day == wanted)) else { return Ok(None) };
    let at = rule.released_at(*first);
    Ok(Some(Release { at, days: days.into_iter().filter(|day| rule.released_at(*day) == at).collect() }))
}

async fn load_days(
    app: &App,
    point: &ServicePoint,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Arc<[DayView]>, Error> {
    let rule = point.rule(now)?;
    let mut open = open_days(app, point, (from, to), now).await?;
    let mut closed = closed_days(app, point, from, to).await?;
    let view = |day: NaiveDate| {
        let mut slots = open.remove(&day).unwrap_or_default();
        // Where the rest of a day was closed, what comes before it can still be had.
        slots.closed = closed.remove(&day).filter(|_| slots.open == 0);
        DayView::at(rule, now, app.calendar().day(day), slots)
    };
    Ok(from.iter_days().take_while(|day| *day <= to).map(view).collect())
}

async fn load_first_free(app: &App, point: &ServicePoint, now: DateTime<Utc>) -> Result<Arc<[SlotView]>, Error> {
    let rule = point.rule(now)?;
    let free = slots::first_free(app, point, (rule.first_day(now), rule.last_day(now)), now).await?;
    Ok(free.into_iter().map(|found| SlotView::at(rule, now, found.slot)).collect())
}

/// Times that have not begun and places left in them, day by day; added up where they are stored, since a month
/// has hundreds of slots.
async fn open_days(
    app: &App,
    point: &ServicePoint,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<BTreeMap<NaiveDate, DaySlots>, Error> {
    let statement = "select s.date, count(*) as open, cast(sum(case when s.cut_to is null \
         then s.capacity - s.taken + (select count(*) from appointment a where a.slot_id = s.id and a.occupies = 1 \
         and a.occupies_until <= $1) else 0 end) as bigint) as remaining \
         from slot s where s.place_id = $2 and s.service = $3 and s.date between $4 and $5 and s.closed = 0 \
         and s.starts_at > $1 and coalesce(s.cut_to, s.capacity) > 0 group by s.date";
    let values = [now.into(), point.place.id.as_str().into(), point.service.name().into(), from.into(), to.into()];
    let mut connection = app.database().read().await?;
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    let count = |row, column| u32::try_from(int(row, column)?).map_err(|_| DatabaseError::unreadable(column));
    let read = |row| {
        let slots = DaySlots { open: count(row, "open")?, remaining: count(row, "remaining")?, closed: None };
        Ok((date(row, "date")?, slots))
    };
    rows.iter().map(read).collect()
}

/// Days the place closed by itself, with its reasons.
async fn closed_days(
    app: &App,
    point: &ServicePoint,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<NaiveDate, Localised>, Error> {
    let statement = "select date, reason_zh, reason_en from special_day where place_id = $1 and service = $2 \
         and open_as_weekday is null and date between $3 and $4";
    let mut connection = app.database().read().await?;
    let values = [point.place.id.as_str().into(), point.service.name().into(), from.into(), to.into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    let read = |row| Ok((date(row, "date")?, Localised::new(text(row, "reason_zh")?, text(row, "reason_en")?)));
    rows.iter().map(read).collect()
}
