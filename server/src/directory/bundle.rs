//! A kind's places in one piece, packed once and named by what is in it, so that whoever has it never asks again.

use std::io::Write;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use shared::directory::Bundle;

use super::Directory;

/// A bundle as it is sent.
#[derive(Clone, Debug)]
pub struct Packed {
    /// Of what is in it: another content has another hash.
    pub hash: String,
    /// In postcard.
    pub plain: Vec<u8>,
    /// The same in brotli.
    pub brotli: Vec<u8>,
}

/// Packs as small as brotli can: it is done once a change.
const QUALITY: u32 = 9;
const WINDOW: u32 = 22;

impl Packed {
    pub fn of(directory: &Directory) -> Self {
        // Also what closes for good on a day: until that day it is open, and whoever finds places knows the day.
        let bundle = Bundle::of(&directory.kind.id, &directory.listings, directory.names.letters().clone());
        let plain = postcard::to_allocvec(&bundle).expect("bundles always serialise");
        let hash = HEXLOWER.encode(&Sha256::digest(&plain)[..16]);
        let mut packer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, WINDOW);
        packer.write_all(&plain).expect("memory takes every byte");
        Self { hash, brotli: packer.into_inner(), plain }
    }
}

#[cfg(test)]
mod tests {
    use shared::calendar::Calendar;
    use shared::directory::{Closed, Filter, Listing, Names, find};
    use shared::invented::city::city;
    use shared::localised::Localised;

    use super::*;
    use crate::directory::kinds;

    #[test]
    fn two_thousand_places_are_sixty_kilobytes_on_the_way_to_a_phone() {
        let kind = kinds::kind("elderly_station").unwrap();
        let directory = Directory::of(kind, city(kind, 2_000, "2026-05-01".parse().unwrap()));
        let packed = directory.packed();
        assert!(packed.brotli.len() <= 60_000, "{} bytes", packed.brotli.len());
        let bundle: Bundle = postcard::from_bytes(&packed.plain).unwrap();
        assert_eq!(bundle.listings().unwrap().len(), 2_000);
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
        let bundle: Bundle = postcard::from_bytes(&directory.packed().plain).unwrap();
        let sent = bundle.listings().unwrap();
        let pack = serde_json::from_str(include_str!("../../../shared/packs/cn/calendar.json")).unwrap();
        let calendar = Calendar::new(pack).unwrap();
        let count = |listings: &[Listing], at: &str| {
            let (names, at) = (Names::of(directory.names.letters().clone(), listings), at.parse().unwrap());
            find(listings, &names, kind, &Filter::default(), None, at, &calendar).len()
        };
        for (at, expected) in [("2026-05-19T23:59:00", 2), ("2026-05-20T00:00:00", 1)] {
            assert_eq!((count(&sent, at), count(&directory.listings, at)), (expected, expected), "{at}");
        }
    }
}
