//! What an office offers somewhere is found in the directory too.

use chrono::{DateTime, Utc};
use shared::calendar::shanghai_date;
use shared::directory::{Confirmation, Listing, Section, ServiceHere};
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::store;
use crate::database::DatabaseError;
use crate::domains;
use crate::places::{self, Place};

/// Lists a place with what is booked there from now on, where its kind has such a service. Whoever looks for one sees
/// it once it has hours ([`store::load`]).
pub(crate) async fn enlist(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &str),
    by: &str,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let Some(place) = places::one(connection, place).await? else { return Ok(()) };
    let planned = domains::planned_hours(&place.kind).filter(|planned| planned.gives.0 == service);
    let Some((_, service)) = planned.map(|planned| planned.gives) else { return Ok(()) };
    let mut listing = match store::one(connection, &place.id).await? {
        Some(listing) => listing,
        None => of(place, by),
    };
    if listing.service(service).is_some() {
        return Ok(());
    }
    listing.services.push(ServiceHere::of(service));
    listing.confirmed.insert(Section::Services, Confirmation { on: shanghai_date(now), by: by.to_owned() });
    store::put(connection, &listing, now).await?;
    store::bump(connection, &listing.kind).await
}

/// As its own domain knows it, which says nothing of services. What `by` themselves wrote down they confirm; what was read elsewhere
/// nobody does.
fn of(place: Place, by: &str) -> Listing {
    let confirmation = Confirmation { on: place.checked, by: by.to_owned() };
    let sections = [Section::Contact, Section::Location].into_iter().filter(|_| place.source == by);
    let confirmed = sections.map(|section| (section, confirmation.clone())).collect();
    Listing { confirmed, ..store::of_place(place) }
}
