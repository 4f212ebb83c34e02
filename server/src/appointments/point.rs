//! Which services are offered at which places; remembered for a moment.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::Service;
use shared::places::PlaceId;
use shared::problem::Problem;
use sqlx::AnyConnection;

pub use super::service_point::ServicePoint;

use crate::app::App;
use crate::database::{
    Database,
    sql::{sql, word},
};
use crate::error::Error;
use crate::places;

/// Every place of a service, in the order of its region's list; at most a second old.
pub async fn all(app: &App, service: &Service) -> Result<Arc<[ServicePoint]>, Error> {
    app.appointments().points(app.database(), service).await
}

/// Every place of a service that whoever looks for one is shown.
pub async fn shown(app: &App, service: &Service, now: DateTime<Utc>) -> Result<Vec<ServicePoint>, Error> {
    let all = all(app, service).await?;
    Ok(all.iter().filter(|point| point.is_shown(now)).cloned().collect())
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
