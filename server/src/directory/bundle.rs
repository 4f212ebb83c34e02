//! A kind's places in one piece, named by what is in it, so that whoever has it never asks again. It is packed when the first phone
//! asks and kept packed alone: whoever does not take it so has it unpacked.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use axum::body::Bytes;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use shared::directory::{Listing, position::Bounds, position::CHINA};
use shared::problem::Problem;
use tokio::task::spawn_blocking;

use super::file::areas::bounds;
use crate::error::Error;

/// A bundle as it is sent, in brotli; cheap to clone.
#[derive(Clone, Debug)]
pub struct Packed(Bytes);

/// Packs as small as brotli can: it is done once a change.
const QUALITY: u32 = 9;
const WINDOW: u32 = 22;
const AT_ONCE: usize = 1 << 16;

impl Packed {
    /// Takes as long as a page may take, where there are many places.
    pub fn of(plain: &[u8]) -> Self {
        let mut packer = brotli::CompressorWriter::new(Vec::new(), AT_ONCE, QUALITY, WINDOW);
        packer.write_all(plain).expect("memory takes every byte");
        Self(packer.into_inner().into())
    }

    pub fn brotli(&self) -> Bytes {
        self.0.clone()
    }

    /// The same as it was before.
    ///
    /// # Errors
    /// [`Problem::Internal`], where it cannot be unpacked.
    pub async fn plain(&self) -> Result<Bytes, Error> {
        let packed = self.brotli();
        let unpacked = spawn_blocking(move || {
            let mut plain = Vec::new();
            brotli::Decompressor::new(&packed[..], AT_ONCE).read_to_end(&mut plain).map(|_| plain)
        });
        let unpacked = unpacked.await.ok().and_then(Result::ok);
        unpacked.map(Bytes::from).ok_or_else(|| Problem::Internal.into())
    }
}

/// Of what is in a bundle.
pub(super) fn hash(plain: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(plain)[..16])
}

/// Where places of these divisions can lie.
pub(super) fn around(listings: &[Listing]) -> Bounds {
    let divisions: BTreeSet<&str> = listings.iter().map(|listing| listing.division.as_str()).collect();
    divisions.into_iter().map(bounds).reduce(Bounds::with).unwrap_or(CHINA)
}

#[cfg(test)]
mod tests {
    use shared::calendar::Calendar;
    use shared::directory::{Closed, Filter, Places, Sought, find, look};
    use shared::invented::city::city;
    use shared::localised::Localised;

    use super::*;
    use crate::directory::{Directory, kinds};

    #[tokio::test]
    async fn two_thousand_places_are_sixty_kilobytes_on_the_way_to_a_phone() {
        let kind = kinds::kind("elderly_station").unwrap();
        let calendar = calendar();
        let directory = Directory::of(kind, city(kind, 2_000, "2026-05-01".parse().unwrap()), &calendar);
        let plain = directory.plain(&calendar);
        let packed = Packed::of(&plain);
        assert!(packed.brotli().len() <= 60_000, "{} bytes", packed.brotli().len());
        let unpacked = packed.plain().await.unwrap();
        assert_eq!(hash(&unpacked), directory.hash);
        assert_eq!(Places::read(&unpacked).unwrap().all().count(), 2_000);
    }

    #[test]
    fn a_phone_finds_what_is_open_until_its_last_day_as_the_server_does() {
        let kind = kinds::kind("elderly_station").unwrap();
        let mut listings = city(kind, 3, "2026-05-01".parse().unwrap());
        for (listing, on) in listings.iter_mut().zip(["2026-05-20", "2026-05-01"]) {
            listing.closed =
                Some(Closed { on: on.parse().unwrap(), reason: Localised::new("搬走了", "It moved away.") });
        }
        let calendar = calendar();
        let directory = Directory::of(kind, listings, &calendar);
        let plain = directory.plain(&calendar);
        let sent = Places::read(&plain).unwrap();
        let all = Filter::default();
        for (at, expected) in [("2026-05-19T23:59:00", 2), ("2026-05-20T00:00:00", 1)] {
            let sought = Sought { kind, filter: &all, kept: "", now: at.parse().unwrap(), most: usize::MAX };
            let there = look(sent.all(), |_| None, None, Sought { kind: &sent.kind, ..sought }, &sent.days).count;
            let here = find(&directory.listings, &directory.names, sought, None, &calendar).count;
            assert_eq!((there, here), (expected, expected), "{at}");
        }
    }

    fn calendar() -> Calendar {
        let pack = serde_json::from_str(include_str!("../../../shared/packs/cn/calendar.json")).unwrap();
        Calendar::new(pack).unwrap()
    }
}
