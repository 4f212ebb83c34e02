//! Services at places, and the rules they book by.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{BookingRule, Refusal, Service};
use shared::calendar::shanghai_date;
use shared::places::PlaceId;
use shared::problem::Problem;
use sqlx::AnyConnection;

use crate::app::App;
use crate::database::{
    Database, DatabaseError,
    sql::{flag, sql, word},
};
use crate::error::Error;
use crate::places::{self, Place};

/// A service at a place.
#[derive(Clone, Debug)]
pub struct ServicePoint {
    pub place: Place,
    pub service: Service,
    /// Whether holds of dates in demand and bookings are confirmed by codes to phones.
    pub phone_codes: bool,
    /// Its times are invented for demonstrations.
    pub demo: bool,
    /// Every rule it has or had, dated.
    pub rules: Arc<[BookingRule]>,
}

impl ServicePoint {
    /// The rule in force at an instant.
    ///
    /// # Errors
    /// [`Refusal::SlotClosed`] when no appointments are given out then.
    pub fn rule(&self, now: DateTime<Utc>) -> Result<&BookingRule, Refusal> {
        BookingRule::in_force(&self.rules, shanghai_date(now)).ok_or(Refusal::SlotClosed)
    }
}

/// Every place of a service, in the order of its region's list; at most a second old.
pub async fn all(app: &App, service: &Service) -> Result<Arc<[ServicePoint]>, Error> {
    app.appointments().points(app, service).await
}

/// A service at one place.
///
/// # Errors
/// [`Problem::NotFound`] when the service is not offered there.
pub async fn one(app: &App, service: &Service, id: &PlaceId) -> Result<ServicePoint, Error> {
    let points = all(app, service).await?;
    let found = points.iter().find(|point| point.place.id == *id);
    Ok(found.cloned().ok_or(Problem::NotFound)?)
}

/// Every service that is offered somewhere.
pub async fn services(database: &Database) -> Result<Vec<Service>, Error> {
    let mut connection = database.read().await?;
    let rows = sql("select distinct service from service_point order by service", []);
    let rows = rows.fetch_all(&mut *connection).await?;
    let services = rows.iter().map(|row| word(row, "service", |name| Service::parse(name).ok()));
    Ok(services.collect::<Result<_, _>>()?)
}

/// Turns the codes to phones on or off for a service at a place.
pub async fn set_phone_codes(
    app: &App,
    service: &Service,
    id: &PlaceId,
    on: bool,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let point = one(app, service, id).await?;
    app.database().write_with((point, on, now), write_phone_codes).await?;
    app.appointments().forget();
    Ok(())
}

async fn write_phone_codes(
    connection: &mut AnyConnection,
    (point, on, now): &(ServicePoint, bool, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "update service_point set phone_codes = $1 where place_id = $2 and service = $3";
    let values = [(*on).into(), point.place.id.as_str().into(), point.service.name().into()];
    sql(statement, values).execute(&mut *connection).await?;
    let detail = json!({ "service": point.service, "on": on });
    Ok(places::record(connection, &point.place.id, "phone_codes_set", detail, *now).await?)
}

/// Reads every place of a service from the database.
pub(super) async fn load(database: &Database, service: &Service) -> Result<Arc<[ServicePoint]>, Error> {
    let statement = "select p.id as place_id, p.kind, p.parent, p.name_zh, p.name_en, p.address_zh, p.address_en, \
         p.division, p.phone, p.latitude, p.longitude, p.datum, p.demo as place_demo, p.source, p.checked, \
         s.phone_codes, s.demo as point_demo \
         from service_point s join place p on p.id = s.place_id where s.service = $1 order by p.position, p.id";
    let mut connection = database.read().await?;
    let rows = sql(statement, [service.name().into()]).fetch_all(&mut *connection).await?;
    let mut points = Vec::with_capacity(rows.len());
    for row in &rows {
        let place = places::read(row)?;
        let rules = rules(&mut connection, &place.id, service).await?.into();
        let (phone_codes, demo) = (flag(row, "phone_codes")?, flag(row, "point_demo")?);
        points.push(ServicePoint { place, service: service.clone(), phone_codes, demo, rules });
    }
    Ok(points.into())
}

async fn rules(
    connection: &mut AnyConnection,
    place: &PlaceId,
    service: &Service,
) -> Result<Vec<BookingRule>, DatabaseError> {
    let statement = "select rule from booking_rule where place_id = $1 and service = $2 order by valid_from";
    let rows = sql(statement, [place.as_str().into(), service.name().into()]).fetch_all(connection).await?;
    rows.iter().map(|row| word(row, "rule", |rule| serde_json::from_str(rule).ok())).collect()
}
