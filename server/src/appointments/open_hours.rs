//! When a place serves people, for whoever chooses one: today as it is published, and the week as it is planned; remembered for
//! a moment, as everybody who chooses a place asks for it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{Service, opening::Hours};
use shared::calendar::shanghai_date;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::service_point::ServicePoint;
use super::{hours, stamp};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{instant, int, sql},
};
use crate::error::Error;

/// The hours of a service at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenHours {
    /// From when to when somebody is served today, without gaps; none on a day off, or once all of it is closed.
    pub today: Vec<[DateTime<Utc>; 2]>,
    /// Whether the office of the place has ended its day: nobody is served any more, whatever is published.
    pub ended: bool,
    /// Those of the week that holds today; none where nothing is planned.
    pub week: Vec<Hours>,
}

/// Of one place, as it stands.
///
/// # Errors
/// Those of the database.
pub async fn of(app: &App, point: &ServicePoint, now: DateTime<Utc>) -> Result<Arc<OpenHours>, Error> {
    let key = (point.place.id.clone(), point.service.clone());
    app.appointments().open().get(key, stamp(app, now), || load(app, point, now)).await
}

async fn load(app: &App, point: &ServicePoint, now: DateTime<Utc>) -> Result<Arc<OpenHours>, Error> {
    let (today, there) = (shanghai_date(now), (&point.place.id, &point.service));
    let week = hours::plan(app, there, now).await?.on(today).map(|week| week.hours.clone()).unwrap_or_default();
    let mut connection = app.database().read().await?;
    let ended = ended_at(&mut connection, &point.place.id, today).await?.is_some();
    let today = of_day(&mut connection, there, today).await?;
    Ok(Arc::new(OpenHours { today, ended, week }))
}

/// From when to when somebody is served on a day as it is published, without gaps.
pub(super) async fn of_day(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
    day: NaiveDate,
) -> Result<Vec<[DateTime<Utc>; 2]>, DatabaseError> {
    let statement = "select starts_at, ends_at from slot where place_id = $1 and service = $2 and date = $3 and closed = 0 \
         and added = 0 and coalesce(cut_to, capacity) > 0 order by starts_at";
    let rows = sql(statement, [place.as_str().into(), service.name().into(), day.into()]).fetch_all(connection).await?;
    let mut spans: Vec<[DateTime<Utc>; 2]> = Vec::new();
    for row in &rows {
        let (starts_at, ends_at) = (instant(row, "starts_at")?, instant(row, "ends_at")?);
        match spans.last_mut().filter(|[_, until]| *until >= starts_at) {
            Some([_, until]) => *until = ends_at.max(*until),
            None => spans.push([starts_at, ends_at]),
        }
    }
    Ok(spans)
}

/// As [`of_day`]; none where the day never had a time.
pub(super) async fn published(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
    day: NaiveDate,
) -> Result<Option<Vec<[DateTime<Utc>; 2]>>, DatabaseError> {
    let statement =
        "select count(*) as times from slot where place_id = $1 and service = $2 and date = $3 and added = 0";
    let values = [place.as_str().into(), service.name().into(), day.into()];
    let row = sql(statement, values).fetch_one(&mut *connection).await?;
    if int(&row, "times")? == 0 {
        return Ok(None);
    }
    Ok(Some(of_day(connection, (place, service), day).await?))
}

/// When the day was closed at the place or at what it belongs to, if it was.
pub(super) async fn ended_at(
    connection: &mut AnyConnection,
    place: &PlaceId,
    today: NaiveDate,
) -> Result<Option<DateTime<Utc>>, DatabaseError> {
    let statement = "with recursive above (id) as (select id from place where id = $1 \
         union select p.parent from above a join place p on p.id = a.id where p.parent is not null) \
         select closed_at from office_day where office in (select id from above) and date = $2 and closed_at is not null \
         order by closed_at limit 1";
    let values = [place.as_str().into(), today.into()];
    let row = sql(statement, values).fetch_optional(connection).await?;
    row.map(|row| instant(&row, "closed_at")).transpose()
}
