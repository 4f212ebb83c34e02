//! A service that is offered at one place more.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::Service;
use shared::places::PlaceId;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::further::ADDED_HERE;
use super::{offered::manages, office};
use crate::app::App;
use crate::appointments::{self, point};
use crate::audit::Actor;
use crate::database::sql::sql;
use crate::directory::{self, enlist::enlist};
use crate::error::Error;
use crate::places::record_by;
use crate::staff::authority::Staff;

/// Offers a service at a place as it is offered at another one of the office, or else of the region: by the same rule, and
/// without hours, so that nothing can be booked before somebody sets them. Phones are confirmed by a code there, whatever
/// another place does: only the operator does without.
///
/// # Errors
/// [`Problem::NotFound`] where this person does not manage the place, or nobody offers the service yet.
pub async fn offer(
    app: &App,
    staff: &Staff,
    (place, service): (&PlaceId, &Service),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    manages(app, staff, (place, service)).await?;
    let like = example(app, (place, service)).await?;
    let offering = Offering { place: place.clone(), service: service.clone(), like, by: staff.actor(), now };
    appointments::write_by(app, staff, offering, write).await?;
    app.appointments().forget();
    app.generation(directory::NAME).bump();
    Ok(())
}

/// The place whose rule is taken over: one of the same office where there is one.
async fn example(app: &App, (place, service): (&PlaceId, &Service)) -> Result<PlaceId, Error> {
    let points = point::all(app, service).await?;
    let mut connection = app.database().read().await?;
    let office = office::of_place(&mut connection, place).await?;
    for point in points.iter() {
        if office::of_place(&mut connection, &point.place.id).await? == office {
            return Ok(point.place.id.clone());
        }
    }
    Ok(points.first().map(|point| point.place.id.clone()).ok_or(Problem::NotFound)?)
}

struct Offering {
    place: PlaceId,
    service: Service,
    like: PlaceId,
    by: Actor,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, offering: &Offering) -> Result<(), Error> {
    let Offering { place, service, like, by, now } = offering;
    let statement = "insert into service_point (place_id, service, phone_codes, demo) \
         select p.id, s.service, 1, p.demo from place p join service_point s on s.place_id = $1 \
         where p.id = $2 and s.service = $3 and p.withdrawn_at is null on conflict do nothing";
    // Changing nothing, it keeps the row to itself: a place is not taken out while it is given a service.
    let keep = "update place set audit_length = audit_length where id = $1";
    sql(keep, [place.as_str().into()]).execute(&mut *connection).await?;
    let values = [like.as_str().into(), place.as_str().into(), service.name().into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 0 {
        // Somebody else was faster, or pressed twice; a place that was offered before there was a directory is found from now on.
        let statement = "select 1 as one from service_point where place_id = $1 and service = $2";
        let there = sql(statement, [place.as_str().into(), service.name().into()]);
        if there.fetch_optional(&mut *connection).await?.is_some() {
            enlist(connection, (place, service.name()), ADDED_HERE, *now).await?;
        }
        return Ok(());
    }
    let statement = "insert into booking_rule (place_id, service, valid_from, rule) \
         select $2, service, valid_from, rule from booking_rule where place_id = $1 and service = $3";
    let values = [like.as_str().into(), place.as_str().into(), service.name().into()];
    sql(statement, values).execute(&mut *connection).await?;
    let detail = json!({ "service": service, "like": like });
    record_by(connection, place, (by.clone(), "service_offered", detail), *now).await?;
    Ok(enlist(connection, (place, service.name()), ADDED_HERE, *now).await?)
}
