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
        // What is closed for good is told by its own page to whoever comes by an old link.
        let open: Vec<_> = directory.listings.iter().filter(|one| one.closed.is_none()).cloned().collect();
        let bundle = Bundle::of(&directory.kind.id, &open, directory.names.letters().clone());
        let plain = postcard::to_allocvec(&bundle).expect("bundles always serialise");
        let hash = HEXLOWER.encode(&Sha256::digest(&plain)[..16]);
        let mut packer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, QUALITY, WINDOW);
        packer.write_all(&plain).expect("memory takes every byte");
        Self { hash, brotli: packer.into_inner(), plain }
    }
}

#[cfg(test)]
mod tests {
    use shared::invented::city::city;

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
}
