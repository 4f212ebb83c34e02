//! What an office offers somewhere is found in the directory too.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use shared::calendar::shanghai_date;
use shared::directory::{Access, Confirmation, Dial, Listing, Section, ServiceHere, Spot, Times};
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
        None => of(place),
    };
    if listing.service(service).is_some() {
        return Ok(());
    }
    listing.services.push(ServiceHere::of(service));
    listing.confirmed.insert(Section::Services, Confirmation { on: shanghai_date(now), by: by.to_owned() });
    store::put(connection, &listing, now).await?;
    store::bump(connection, &listing.kind).await
}

/// As its own domain knows it, which says nothing of services.
fn of(place: Place) -> Listing {
    let confirmation = Confirmation { on: place.checked, by: place.source.clone() };
    let sections = [Section::Contact, Section::Location];
    Listing {
        id: place.id,
        kind: place.kind,
        tier: None,
        parent: place.parent,
        name: place.name,
        address: place.address,
        division: place.division,
        street: None,
        community: None,
        spot: place.coordinates.map(Spot::of),
        phone: Dial::parse(&place.phone).ok(),
        directions: place.directions,
        demo: place.demo,
        times: Times::default(),
        services: Vec::new(),
        access: Access::default(),
        capacity: None,
        grade: None,
        confirmed: BTreeMap::from(sections.map(|section| (section, confirmation.clone()))),
        closed: None,
        source: place.source,
        checked: place.checked,
    }
}
