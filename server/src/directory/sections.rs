//! What the sections of a place say, whoever confirmed it.

use shared::directory::{Capacity, Listing, Section};
use shared::hours::Rule;

/// Whether anything is said there.
pub fn says(listing: &Listing, section: Section) -> bool {
    match section {
        Section::Contact => listing.phone.is_some(),
        Section::Location => true,
        Section::Hours => hours(listing) != (&[], None),
        Section::Services => !listing.services.is_empty(),
        Section::Access => listing.access.is_known(),
        Section::Capacity => listing.capacity.is_some(),
        Section::Grade => listing.grade.is_some(),
    }
}

/// Whether two say the same there.
pub fn is_same(one: &Listing, other: &Listing, section: Section) -> bool {
    match section {
        Section::Contact => one.phone == other.phone,
        Section::Location => {
            (&one.name, &one.address, &one.division, &one.directions)
                == (&other.name, &other.address, &other.division, &other.directions)
                && (&one.street, &one.community, one.spot) == (&other.street, &other.community, other.spot)
        }
        Section::Hours => hours(one) == hours(other),
        Section::Services => one.services == other.services,
        Section::Access => one.access == other.access,
        Section::Capacity => counts(one) == counts(other),
        Section::Grade => one.grade == other.grade,
    }
}

/// The rules, or the words where none was read from them.
fn hours(listing: &Listing) -> (&[Rule], Option<&str>) {
    (listing.times.rules(), listing.times.words())
}

fn counts(listing: &Listing) -> Option<[Option<u32>; 3]> {
    listing.capacity.map(|Capacity { beds, nursing_beds, places, .. }| [beds, nursing_beds, places])
}
