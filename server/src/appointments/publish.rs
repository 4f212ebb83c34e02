//! Slots published ahead of their release, from the hours of a place and the calendar.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use shared::appointments::Service;
use shared::calendar::{DayKind, shanghai_date};
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::plan::{NewSlot, Plan};
use super::point::{self, ServicePoint};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{date, sql},
};
use crate::error::Error;

/// Days published beyond the newest open one, so that the page can say when they open.
const AHEAD: u64 = 31;

/// Days, each with what the calendar says of it.
pub(super) type Kinds = Vec<(NaiveDate, DayKind)>;

/// Publishes every day that has no slots yet, for every service at every place; running it again changes nothing.
pub async fn publish(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    for service in point::services(app.database()).await? {
        for point in point::all(app, &service).await?.iter() {
            publish_point(app, point, now).await?;
        }
    }
    Ok(())
}

/// Publishes what one place has not published yet of a service.
async fn publish_point(app: &App, point: &ServicePoint, now: DateTime<Utc>) -> Result<(), Error> {
    let Some((from, to)) = days(point, now) else { return Ok(()) };
    let mut connection = app.database().read().await?;
    let there = (&point.place.id, &point.service);
    let (kinds, plan) = (kinds(app, from, to), Plan::load(&mut connection, there, from).await?);
    let is_complete = missing(&mut connection, there, (&plan, &kinds)).await?.is_empty();
    drop(connection);
    if is_complete {
        return Ok(());
    }
    super::write(app, (point.clone(), kinds), write).await
}

/// From today to the last day that is published at an instant; nothing where no rule holds.
pub(super) fn days(point: &ServicePoint, now: DateTime<Utc>) -> Option<(NaiveDate, NaiveDate)> {
    let rule = point.rule(now).ok()?;
    Some((shanghai_date(now), rule.last_day(now) + Days::new(AHEAD)))
}

pub(super) fn kinds(app: &App, from: NaiveDate, to: NaiveDate) -> Kinds {
    from.iter_days().take_while(|day| *day <= to).map(|day| (day, app.calendar().day(day).kind)).collect()
}

/// Everything is read anew: hours may have been changed since the look before.
async fn write(connection: &mut AnyConnection, (point, kinds): &(ServicePoint, Kinds)) -> Result<(), Error> {
    let there = (&point.place.id, &point.service);
    keep(connection, there).await?;
    let Some((from, _)) = kinds.first() else { return Ok(()) };
    let plan = Plan::load(connection, there, *from).await?;
    for slot in missing(connection, there, (&plan, kinds)).await? {
        insert(connection, there, &slot, false).await?;
    }
    Ok(())
}

/// Has what is published at a place to itself until the transaction is over.
pub(super) async fn keep(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
) -> Result<(), DatabaseError> {
    let statement = "update service_point set phone_codes = phone_codes where place_id = $1 and service = $2";
    sql(statement, [place.as_str().into(), service.name().into()]).execute(connection).await?;
    Ok(())
}

/// The last day that has published times, whatever rule holds now.
pub(super) async fn last_day(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
) -> Result<Option<NaiveDate>, DatabaseError> {
    let statement =
        "select date from slot where place_id = $1 and service = $2 and added = 0 order by date desc limit 1";
    let row = sql(statement, [place.as_str().into(), service.name().into()]).fetch_optional(connection).await?;
    row.map(|row| date(&row, "date")).transpose()
}

/// Writes a time that is not there yet.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
    slot: &NewSlot,
    closed: bool,
) -> Result<(), DatabaseError> {
    let statement = "insert into slot (place_id, service, date, starts_at, ends_at, capacity, closed) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (place_id, service, starts_at) do nothing";
    let values = [
        place.as_str().into(),
        service.name().into(),
        slot.date.into(),
        slot.starts_at.into(),
        slot.ends_at.into(),
        slot.capacity.into(),
        closed.into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// The times of days that have none yet.
async fn missing(
    connection: &mut AnyConnection,
    there: (&PlaceId, &Service),
    (plan, kinds): (&Plan, &Kinds),
) -> Result<Vec<NewSlot>, DatabaseError> {
    let Some((from, _)) = kinds.first() else { return Ok(Vec::new()) };
    let published = published_days(connection, there, *from).await?;
    let missing = kinds.iter().filter(|(day, _)| !published.contains(day));
    Ok(missing.flat_map(|(day, kind)| plan.slots(*day, kind)).collect())
}

/// Days with times, also where all of them were taken out again.
async fn published_days(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
    from: NaiveDate,
) -> Result<BTreeSet<NaiveDate>, DatabaseError> {
    let statement = "select distinct date from slot where place_id = $1 and service = $2 and date >= $3 and added = 0";
    let values = [place.as_str().into(), service.name().into(), from.into()];
    let rows = sql(statement, values).fetch_all(connection).await?;
    rows.iter().map(|row| date(row, "date")).collect()
}
