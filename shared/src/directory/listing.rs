//! One place of a directory, with everything that residents are shown of it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::dial::Dial;
use super::freshness::Freshness;
use super::kind::Kind;
use super::section::{Capacity, Confirmation, Grade, Section, ServiceHere};
use super::sight::{Sight, Words};
use super::spot::Spot;
use super::times::Times;
use crate::calendar::Classes;
use crate::hours::Now;
use crate::localised::Localised;
use crate::places::PlaceId;

/// A place that is listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    pub id: PlaceId,
    /// By its name in the data of kinds.
    pub kind: String,
    /// By its name in the kind.
    pub tier: Option<String>,
    /// The place it belongs to, such as the centre of a station.
    pub parent: Option<PlaceId>,
    pub name: Localised,
    pub address: Localised,
    /// Division code of six digits, GB/T 2260.
    pub division: String,
    pub street: Option<Area>,
    pub community: Option<Area>,
    pub spot: Option<Spot>,
    pub phone: Option<Dial>,
    /// How to find the way, where the office says so.
    pub directions: Option<Localised>,
    /// The place itself is invented.
    pub demo: bool,
    pub times: Times,
    pub services: Vec<ServiceHere>,
    pub access: Access,
    pub capacity: Option<Capacity>,
    pub grade: Option<Grade>,
    pub confirmed: BTreeMap<Section, Confirmation>,
    pub closed: Option<Closed>,
    /// Where it was read first, and when: a confirmation only where there is no other.
    pub source: String,
    pub checked: NaiveDate,
}

/// A street of nine digits or a community of twelve, by its code and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Area {
    pub code: String,
    pub name: String,
}

impl Area {
    /// Its code and its name.
    fn named(&self) -> (&str, &str) {
        (&self.code, &self.name)
    }
}

/// Closed for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PlaceClosed))]
pub struct Closed {
    pub on: NaiveDate,
    pub reason: Localised,
}

impl Listing {
    /// What a phone dials; never for what is invented.
    pub fn tel(&self) -> Option<String> {
        if self.demo { None } else { self.phone.as_ref()?.tel() }
    }

    /// Whether a map may be opened at it; never for what is invented.
    pub fn is_on_maps(&self) -> bool {
        !self.demo && self.closed.is_none()
    }

    pub fn is_open_for_good(&self, today: NaiveDate) -> bool {
        self.closed.as_ref().is_none_or(|closed| today < closed.on)
    }

    pub fn service(&self, id: &str) -> Option<&ServiceHere> {
        self.services.iter().find(|service| service.service == id)
    }

    /// How it stands at an instant; what is closed for good never opens again.
    pub fn now(&self, at: NaiveDateTime, service: Option<&str>, calendar: &impl Classes) -> Now {
        self.sight().now(at, service, calendar)
    }

    /// When somebody last said of a section that it is right.
    pub fn confirmed_on(&self, section: Section) -> Option<NaiveDate> {
        self.confirmed.get(&section).map(|confirmed| confirmed.on)
    }

    /// Of a section, where somebody said anything there.
    pub fn freshness_of(&self, section: Section, kind: &Kind, today: NaiveDate) -> Option<Freshness> {
        Some(Freshness::of(self.confirmed_on(section)?, today, kind.ages))
    }

    /// Of the place: whether anybody has looked after it at all, by whatever was confirmed last.
    pub fn freshness(&self, kind: &Kind, today: NaiveDate) -> Freshness {
        self.sight().freshness(kind.ages, today)
    }

    /// As lists find and say it.
    pub fn sight(&self) -> Sight<'_> {
        Sight {
            id: self.id.as_str(),
            name: Words::of(&self.name),
            address: Words::of(&self.address),
            tier: self.tier.as_deref(),
            street: self.street.as_ref().map(Area::named),
            community: self.community.as_ref().map(Area::named),
            hours: self.times.hours(),
            services: &self.services,
            is_step_free: self.access.is_step_free(),
            is_demo: self.demo,
            phone: self.phone.as_ref().map(Dial::as_str),
            closed: self.closed.as_ref().map(|closed| closed.on),
            confirmed: self.confirmed.values().map(|confirmed| confirmed.on).max().unwrap_or(self.checked),
            hours_confirmed: self.confirmed_on(Section::Hours),
        }
    }
}
