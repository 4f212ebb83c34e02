//! A service at a place in one value of a form or an address: `service@place`.

use shared::{appointments::Service, places::PlaceId};

/// Nothing where it names none.
pub(super) fn read(text: &str) -> Option<(Service, PlaceId)> {
    let (service, place) = text.split_once('@')?;
    Some((Service::parse(service).ok()?, PlaceId::parse(place).ok()?))
}

pub(super) fn write(service: &Service, place: &PlaceId) -> String {
    format!("{}@{place}", service.name())
}
