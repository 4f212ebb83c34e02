//! A kind's places in one piece, packed once and named by what is in it, so that whoever has it never asks again.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::OnceLock;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use shared::calendar::{Calendar, DayClasses};
use shared::directory::{Listing, bundle, position::Bounds, position::CHINA};

use super::Directory;
use super::file::areas::bounds;

/// A bundle as it is sent.
#[derive(Clone, Debug)]
pub struct Packed {
    /// Of what is in it: another content has another hash.
    pub hash: String,
    pub plain: Vec<u8>,
    brotli: OnceLock<Vec<u8>>,
}

/// Packs as small as brotli can: it is done once a change, when the first phone asks.
const QUALITY: u32 = 9;
const WINDOW: u32 = 22;

impl Packed {
    pub fn of(directory: &Directory, calendar: &Calendar) -> Self {
        let Directory { kind, listings, names, .. } = directory;
        let plain = bundle::write(kind, listings, names.letters(), &DayClasses::of(calendar), around(listings));
        let hash = HEXLOWER.encode(&Sha256::digest(&plain)[..16]);
        Self { hash, plain, brotli: OnceLock::new() }
    }

    /// Where it is, for ever the same.
    pub fn address(&self) -> String {
        format!("/api/v1/bundles/by-hash/{}", self.hash)
    }

    /// The same in brotli.
    pub fn brotli(&self) -> &[u8] {
        self.brotli.get_or_init(|| {
            let mut packer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, WINDOW);
            packer.write_all(&self.plain).expect("memory takes every byte");
            packer.into_inner()
        })
    }
}

/// Where places of these divisions can lie.
fn around(listings: &[Listing]) -> Bounds {
    let divisions: BTreeSet<&str> = listings.iter().map(|listing| listing.division.as_str()).collect();
    divisions.into_iter().map(bounds).reduce(Bounds::with).unwrap_or(CHINA)
}

#[cfg(test)]
mod tests {
    use shared::directory::{Closed, Filter, Places, find, look};
    use shared::invented::city::city;
    use shared::localised::Localised;

    use super::*;
    use crate::directory::kinds;

    #[test]
    fn two_thousand_places_are_sixty_kilobytes_on_the_way_to_a_phone() {
        let kind = kinds::kind("elderly_station").unwrap();
        let directory = Directory::of(kind, city(kind, 2_000, "2026-05-01".parse().unwrap()));
        let pack = serde_json::from_str(include_str!("../../../shared/packs/cn/calendar.json")).unwrap();
        let packed = directory.packed(&Calendar::new(pack).unwrap());
        assert!(packed.brotli().len() <= 60_000, "{} bytes", packed.brotli().len());
        assert_eq!(Places::read(&packed.plain).unwrap().all().count(), 2_000);
    }

    #[test]
    fn a_phone_finds_what_is_open_until_its_last_day_as_the_server_does() {
        let kind = kinds::kind("elderly_station").unwrap();
        let mut listings = city(kind, 3, "2026-05-01".parse().unwrap());
        for (listing, on) in listings.iter_mut().zip(["2026-05-20", "2026-05-01"]) {
            listing.closed =
                Some(Closed { on: on.parse().unwrap(), reason: Localised::new("搬走了", "It moved away.") });
        }
        let directory = Directory::of(kind, listings);
        let pack = serde_json::from_str(include_str!("../../../shared/packs/cn/calendar.json")).unwrap();
        let calendar = Calendar::new(pack).unwrap();
        let packed = directory.packed(&calendar);
        let sent = Places::read(&packed.plain).unwrap();
        let all = Filter::default();
        for (at, expected) in [("2026-05-19T23:59:00", 2), ("2026-05-20T00:00:00", 1)] {
            let now = at.parse().unwrap();
            let there = look(sent.all(), |_| None, None, &sent.kind, &all, now, &sent.days).len();
            let here = find(&directory.listings, &directory.names, kind, &all, None, now, &calendar).len();
            assert_eq!((there, here), (expected, expected), "{at}");
        }
    }
}
