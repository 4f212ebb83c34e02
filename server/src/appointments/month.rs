//! A registry's days for the calendar page, and its first free times; both remembered for a moment, as everybody who
//! looks at a registry asks for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{DaySlots, DayView, PlaceId, Service, SlotView};
use shared::localised::Localised;

use super::registry::Registry;
use super::slots;
use crate::app::{App, Moment};
use crate::database::DatabaseError;
use crate::database::sql::{date, int, sql, text};
use crate::error::Error;
use crate::remembered::Remembered;

/// Days asked for lately: of which registry, from when to when, at which moment.
pub type Months = Remembered<(PlaceId, Service, [NaiveDate; 2], Moment), Arc<[DayView]>>;

/// First free times asked for lately.
pub type FirstFree = Remembered<(PlaceId, Service, Moment), Arc<[SlotView]>>;

/// Every day from one to another, both included, as it stands at `now`.
pub async fn days(
    app: &App,
    registry: &Registry,
    service: Service,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Arc<[DayView]>, Error> {
    let asked = (registry.id.clone(), service, [from, to], app.moment(now));
    if let Some(days) = app.months().get(&asked) {
        return Ok(days);
    }
    let rule = registry.rule(now)?;
    let mut open = open_days(app, registry, service, (from, to), now).await?;
    let mut closed = closed_days(app, registry, from, to).await?;
    let view = |day: NaiveDate| {
        let mut slots = open.remove(&day).unwrap_or_default();
        slots.closed = closed.remove(&day);
        DayView::at(rule, now, app.calendar().day(day), slots)
    };
    let days: Arc<[DayView]> = from.iter_days().take_while(|day| *day <= to).map(view).collect();
    app.months().put(asked, Arc::clone(&days));
    Ok(days)
}

/// The first free times of a registry, in order, at most five.
pub async fn first_free(
    app: &App,
    registry: &Registry,
    service: Service,
    now: DateTime<Utc>,
) -> Result<Arc<[SlotView]>, Error> {
    let asked = (registry.id.clone(), service, app.moment(now));
    if let Some(first) = app.first_free().get(&asked) {
        return Ok(first);
    }
    let rule = registry.rule(now)?;
    let days = (rule.first_day(now), rule.last_day(now));
    let free = slots::first_free(app, &registry.id, service, days, now).await?;
    let first: Arc<[SlotView]> = free.into_iter().map(|placed| SlotView::at(rule, now, placed.slot)).collect();
    app.first_free().put(asked, Arc::clone(&first));
    Ok(first)
}

/// Times that have not begun and places left in them, day by day; added up where they are stored, since a month
/// has hundreds of slots.
async fn open_days(
    app: &App,
    registry: &Registry,
    service: Service,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<BTreeMap<NaiveDate, DaySlots>, Error> {
    let statement = "select s.date, count(*) as open, cast(sum(s.capacity - s.taken + (select count(*) \
         from appointment a where a.slot_id = s.id and a.occupies = 1 and a.occupies_until <= $1)) as bigint) as remaining \
         from slot s where s.registry_id = $2 and s.service = $3 and s.date between $4 and $5 and s.closed = 0 \
         and s.starts_at > $1 group by s.date";
    let values = [now.into(), registry.id.as_str().into(), service.name().into(), from.into(), to.into()];
    let mut connection = app.database().read().await?;
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    let count = |row, column| u32::try_from(int(row, column)?).map_err(|_| DatabaseError::unreadable(column));
    let read = |row| {
        let slots = DaySlots { open: count(row, "open")?, remaining: count(row, "remaining")?, closed: None };
        Ok((date(row, "date")?, slots))
    };
    rows.iter().map(read).collect()
}

/// Days the registry closed by itself, with its reasons.
async fn closed_days(
    app: &App,
    registry: &Registry,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<NaiveDate, Localised>, Error> {
    let statement = "select date, reason_zh, reason_en from special_day where registry_id = $1 \
         and open_as_weekday is null and date between $2 and $3";
    let mut connection = app.database().read().await?;
    let values = [registry.id.as_str().into(), from.into(), to.into()];
    let rows = sql(statement, values).fetch_all(&mut *connection).await?;
    let read = |row| Ok((date(row, "date")?, Localised::new(text(row, "reason_zh")?, text(row, "reason_en")?)));
    rows.iter().map(read).collect()
}
