//! What can be booked: a day's slots, a month's days, and the first free times.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{Service, SlotId, SlotView};
use shared::problem::Problem;
use sqlx::AnyConnection;

pub use super::slot::SlotAtPlace;

use super::service_point::ServicePoint;
use super::stamp;
use crate::app::App;
use crate::database::sql::{Value, sql};
use crate::error::Error;

/// Days asked for in one request, at most.
pub const MOST_DAYS: i64 = 62;

/// The columns of a slot; a place whose time is over counts as free before anyone writes that down.
const SELECT_DAYS: &str = "select s.id, s.place_id, s.service, s.date, s.starts_at, s.ends_at, s.capacity, s.closed, \
     case when s.cut_to is null then s.capacity - s.taken + (select count(*) from appointment a \
     where a.slot_id = s.id and a.occupies = 1 and a.occupies_until <= $1) else 0 end as remaining \
     from slot s where s.place_id = $2 and s.service = $3 and s.date between $4 and $5 and s.added = 0 \
     and coalesce(s.cut_to, s.capacity) > 0 order by s.starts_at";
/// The limit is part of the text: SQLite plans a statement anew whenever a bound limit is bound again.
const SELECT_FREE: &str = "select s.id, s.place_id, s.service, s.date, s.starts_at, s.ends_at, s.capacity, s.closed, \
     case when s.cut_to is null then s.capacity - s.taken + (select count(*) from appointment a \
     where a.slot_id = s.id and a.occupies = 1 and a.occupies_until <= $1) else 0 end as remaining \
     from slot s where s.place_id = $2 and s.service = $3 and s.date between $4 and $5 and s.closed = 0 \
     and s.cut_to is null and s.starts_at > $1 and s.capacity - s.taken + (select count(*) from appointment a where a.slot_id = s.id \
     and a.occupies = 1 and a.occupies_until <= $1) > 0 order by s.starts_at limit 5";
const SELECT_ONE: &str = "select s.id, s.place_id, s.service, s.date, s.starts_at, s.ends_at, s.capacity, s.closed, \
     s.capacity - s.taken as remaining from slot s where s.id = $1";

/// Whether the place serves nobody in a slot, as it is stored at this moment.
pub(super) async fn is_closed(connection: &mut AnyConnection, id: SlotId) -> Result<bool, Error> {
    let statement = "select 1 from slot where id = $1 and closed = 1";
    Ok(sql(statement, [id.0.into()]).fetch_optional(connection).await?.is_some())
}

/// The slots of a service at a place from one day to another, both included, in order of time; remembered for a moment.
pub async fn between(
    app: &App,
    point: &ServicePoint,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Arc<[SlotView]>, Error> {
    let key = (point.place.id.clone(), point.service.clone(), [from, to]);
    let view = async || {
        let rule = point.rule(now)?;
        let slots = load(app, point, (from, to), now).await?;
        Ok(slots.into_iter().map(|placed| SlotView::at(rule, now, placed.slot)).collect())
    };
    app.appointments().times().get(key, stamp(app, now), view).await
}

/// The same slots as they are stored, without a rule applied.
pub async fn load(
    app: &App,
    point: &ServicePoint,
    days: (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Vec<SlotAtPlace>, Error> {
    let mut connection = app.database().read().await?;
    let rows = sql(SELECT_DAYS, wanted(point, days, now)).fetch_all(&mut *connection).await?;
    Ok(rows.iter().map(SlotAtPlace::read).collect::<Result<_, _>>()?)
}

/// The first slots with a place left, in order of time, at most five.
pub async fn first_free(
    app: &App,
    point: &ServicePoint,
    days: (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Vec<SlotAtPlace>, Error> {
    let mut connection = app.database().read().await?;
    let rows = sql(SELECT_FREE, wanted(point, days, now)).fetch_all(&mut *connection).await?;
    Ok(rows.iter().map(SlotAtPlace::read).collect::<Result<_, _>>()?)
}

/// One slot of a service as it was at most a second ago; whether a place is left now is the database's to say.
///
/// # Errors
/// [`Problem::NotFound`] when this service has none with this id.
pub async fn one(app: &App, id: SlotId, service: &Service) -> Result<SlotAtPlace, Error> {
    let slot = app.appointments().slot(id, load_one(app, id)).await?;
    if slot.service == *service { Ok(slot) } else { Err(Problem::NotFound.into()) }
}

async fn load_one(app: &App, id: SlotId) -> Result<SlotAtPlace, Error> {
    let mut connection = app.database().read().await?;
    let row = sql(SELECT_ONE, [id.0.into()]).fetch_optional(&mut *connection).await?;
    Ok(SlotAtPlace::read(&row.ok_or(Problem::NotFound)?)?)
}

fn wanted(point: &ServicePoint, (from, to): (NaiveDate, NaiveDate), now: DateTime<Utc>) -> [Value; 5] {
    [now.into(), point.place.id.as_str().into(), point.service.name().into(), from.into(), to.into()]
}
