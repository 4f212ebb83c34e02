//! What can be booked: a day's slots, a month's days, and the first free times.

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{PlaceId, Service, Slot, SlotId, SlotView};
use shared::problem::Problem;
use sqlx::any::AnyRow;

use super::registry::Registry;
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{date, flag, instant, int, sql, word},
};
use crate::error::Error;

/// A slot with its registry, as a hold needs it.
#[derive(Clone)]
pub struct Placed {
    pub slot: Slot,
    pub registry: PlaceId,
    pub date: NaiveDate,
}

/// Days asked for in one request, at most.
pub const MOST_DAYS: i64 = 62;

/// The columns of a slot; a place whose time is over counts as free before anyone writes that down.
const SELECT_DAYS: &str = "select s.id, s.registry_id, s.date, s.starts_at, s.ends_at, s.capacity, s.closed, \
     s.capacity - s.taken + (select count(*) from appointment a where a.slot_id = s.id and a.occupies = 1 \
     and a.occupies_until <= $1) as remaining \
     from slot s where s.registry_id = $2 and s.service = $3 and s.date between $4 and $5 order by s.starts_at";
/// The limit is part of the text: SQLite plans a statement anew whenever a bound limit is bound again.
const SELECT_FREE: &str = "select s.id, s.registry_id, s.date, s.starts_at, s.ends_at, s.capacity, s.closed, \
     s.capacity - s.taken + (select count(*) from appointment a where a.slot_id = s.id and a.occupies = 1 \
     and a.occupies_until <= $1) as remaining \
     from slot s where s.registry_id = $2 and s.service = $3 and s.date between $4 and $5 and s.closed = 0 \
     and s.starts_at > $1 and s.capacity - s.taken + (select count(*) from appointment a where a.slot_id = s.id \
     and a.occupies = 1 and a.occupies_until <= $1) > 0 order by s.starts_at limit 5";
const SELECT_ONE: &str = "select s.id, s.registry_id, s.date, s.starts_at, s.ends_at, s.capacity, s.closed, \
     s.capacity - s.taken as remaining from slot s where s.id = $1 and s.service = $2";

/// The slots of a registry from one day to another, both included, in order of time.
pub async fn between(
    app: &App,
    registry: &Registry,
    service: Service,
    from: NaiveDate,
    to: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Vec<SlotView>, Error> {
    let rule = registry.rule(now)?;
    let slots = load(app, &registry.id, service, from, to, now).await?;
    Ok(slots.into_iter().map(|placed| SlotView::at(rule, now, placed.slot)).collect())
}

/// The same slots as they are stored, without a rule applied.
pub async fn load(
    app: &App,
    registry: &PlaceId,
    service: Service,
    from: NaiveDate,
    to: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Vec<Placed>, Error> {
    let mut connection = app.database().read().await?;
    let values = [now.into(), registry.as_str().into(), service.name().into(), from.into(), to.into()];
    let rows = sql(SELECT_DAYS, values).fetch_all(&mut *connection).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// The first slots with a place left, in order of time, at most five.
pub async fn first_free(
    app: &App,
    registry: &PlaceId,
    service: Service,
    (from, to): (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Vec<Placed>, Error> {
    let mut connection = app.database().read().await?;
    let values = [now.into(), registry.as_str().into(), service.name().into(), from.into(), to.into()];
    let rows = sql(SELECT_FREE, values).fetch_all(&mut *connection).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// One slot as it was at most a second ago; whether a place is left now is the database's to say.
///
/// # Errors
/// [`Problem::NotFound`] when there is none with this id.
pub async fn one(app: &App, id: SlotId, service: Service) -> Result<Placed, Error> {
    if let Some(placed) = app.slots().get(&(id, service)) {
        return Ok(placed);
    }
    let mut connection = app.database().read().await?;
    let row = sql(SELECT_ONE, [id.0.into(), service.name().into()]).fetch_optional(&mut *connection).await?;
    let placed = read(&row.ok_or(Problem::NotFound)?)?;
    app.slots().put((id, service), placed.clone());
    Ok(placed)
}

fn read(row: &AnyRow) -> Result<Placed, DatabaseError> {
    // A negative or huge count would break the schema's own checks, so it reads as unreadable.
    let count = |column: &str| u32::try_from(int(row, column)?).map_err(|_| DatabaseError::unreadable(column));
    Ok(Placed {
        slot: Slot {
            id: SlotId(int(row, "id")?),
            starts_at: instant(row, "starts_at")?,
            ends_at: instant(row, "ends_at")?,
            capacity: count("capacity")?,
            remaining: count("remaining")?,
            closed: flag(row, "closed")?,
        },
        registry: word(row, "registry_id", |id| PlaceId::parse(id).ok())?,
        date: date(row, "date")?,
    })
}
