//! Places as the API gives them.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeZone};
use serde::Serialize;
use shared::calendar::{Calendar, SHANGHAI};
use shared::directory::{Confirmation, Dial, Kind, Listing, Section, ServiceHere, Spot};
use shared::hours::{Now, State};
use shared::localised::Localised;
use shared::places::{Datum, PlaceId};

/// A place of a list.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = PlaceListed)]
pub(super) struct PlaceListed {
    id: PlaceId,
    kind: String,
    tier: Option<String>,
    name: Localised,
    address: Localised,
    phone: Option<Dial>,
    /// In GCJ-02, to five decimals.
    position: Option<Position>,
    /// Straight, in metres; only where `near` was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) distance_m: Option<u32>,
    /// Nobody has said whether it has what is asked for.
    pub(super) unsure: bool,
    /// Of the place now; in a list that asks for a time or a service, then and of that service.
    open: Open,
    services: Vec<ServiceNow>,
    parent: Option<PlaceId>,
    /// By section, who confirmed it last and when.
    confirmed: BTreeMap<String, Confirmation>,
    /// The place itself is invented.
    demo: bool,
    /// Its hours are invented: those of an invented place, and of a real one whose times are made up for a demonstration.
    demo_hours: bool,
}

/// A service, at the instant that `open` is of.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = PlaceServiceNow)]
pub(super) struct ServiceNow {
    #[serde(flatten)]
    here: ServiceHere,
    /// It is announced not to be there before that.
    suspended_until: Option<DateTime<FixedOffset>>,
}

/// Degrees, and what they were measured in.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Position {
    lat: f64,
    lng: f64,
    datum: Datum,
}

/// How it stands, in civil time of Shanghai.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = OpenNow)]
pub(super) struct Open {
    state: State,
    /// When the present opening ends.
    until: Option<DateTime<FixedOffset>>,
    /// When it opens next, be it by appointment only.
    next: Option<DateTime<FixedOffset>>,
    /// What is said of now follows from a day of a year whose holiday notice is not out: `until` where it is open, otherwise `next`.
    provisional: bool,
}

impl PlaceListed {
    /// As it stands at an instant, for a service or as a whole.
    pub(super) fn of(listing: &Listing, (at, service): (NaiveDateTime, Option<&str>), calendar: &Calendar) -> Self {
        let confirmed =
            listing.confirmed.iter().map(|(section, confirmation)| (section.name().to_owned(), confirmation.clone()));
        Self {
            id: listing.id.clone(),
            kind: listing.kind.clone(),
            tier: listing.tier.clone(),
            name: listing.name.clone(),
            address: listing.address.clone(),
            phone: listing.phone.clone(),
            position: listing.spot.map(Position::of),
            distance_m: None,
            unsure: false,
            open: Open::of(&listing.now(at, service, calendar)),
            services: listing.services.iter().map(|here| ServiceNow::of(here, listing, at)).collect(),
            parent: listing.parent.clone(),
            confirmed: confirmed.collect(),
            demo: listing.demo,
            demo_hours: listing.demo || listing.times.are_invented(),
        }
    }
}

impl ServiceNow {
    fn of(here: &ServiceHere, listing: &Listing, at: NaiveDateTime) -> Self {
        let until = listing.times.hours().suspended_until(&here.service, at);
        Self { here: here.clone(), suspended_until: until.and_then(civil) }
    }
}

impl Position {
    fn of(spot: Spot) -> Self {
        let point = spot.published().0;
        Self { lat: point.latitude, lng: point.longitude, datum: Datum::Gcj02 }
    }

    /// In WGS-84, of a point that was measured in it.
    pub(super) fn measured(spot: Spot) -> Option<Self> {
        let point = spot.measured()?.0;
        Some(Self { lat: point.latitude, lng: point.longitude, datum: Datum::Wgs84 })
    }
}

impl Open {
    pub(super) fn of(now: &Now) -> Self {
        Self {
            state: now.state,
            until: now.until.and_then(civil),
            next: now.next.and_then(civil),
            provisional: now.provisional,
        }
    }
}

fn civil(at: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
    SHANGHAI.from_local_datetime(&at).single()
}

/// Days for which nobody has confirmed a section, where that is to be said.
pub(super) fn unconfirmed(listing: &Listing, kind: &Kind, now: NaiveDateTime) -> BTreeMap<String, u32> {
    let days = |section: &Section| {
        Some((section.name().to_owned(), listing.freshness_of(*section, kind, now.date())?.days()?))
    };
    Section::ALL.iter().filter_map(days).collect()
}
