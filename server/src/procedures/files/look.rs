//! What a file is, by its content and never by its name.

use shared::procedures::file::{MOST_BYTES, NotTaken};

/// A kind that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Jpeg,
    Png,
    Pdf,
}

/// How files begin that run on some machine.
const PROGRAMS: [&[u8]; 9] = [
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n",
    b"#!",
];
/// The brands of photographs in HEIF's box: HEIC, HEIF itself and AVIF.
const HEIC: [&[u8]; 10] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];

pub(super) fn look(bytes: &[u8]) -> Result<Seen, NotTaken> {
    let begins = |with: &[u8]| bytes.starts_with(with);
    if bytes.is_empty() {
        return Err(NotTaken::Empty);
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(NotTaken::TooLarge);
    }
    if begins(b"\xff\xd8\xff") {
        return Ok(Seen::Jpeg);
    }
    if begins(b"\x89PNG\r\n\x1a\n") {
        return Ok(Seen::Png);
    }
    if begins(b"%PDF-") {
        return Ok(Seen::Pdf);
    }
    let is_heic = bytes.get(4..8).is_some_and(|kind| kind == b"ftyp")
        && bytes.get(8..12).is_some_and(|brand| HEIC.contains(&brand));
    match (is_heic, PROGRAMS.into_iter().any(begins)) {
        (true, _) => Err(NotTaken::Heic),
        (_, true) => Err(NotTaken::Program),
        _ => Err(NotTaken::OtherKind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_told_by_how_it_begins() {
        let cases: [(&[u8], Result<Seen, NotTaken>); 15] = [
            (b"\xff\xd8\xff\xe1...", Ok(Seen::Jpeg)),
            (b"\x89PNG\r\n\x1a\n...", Ok(Seen::Png)),
            (b"%PDF-1.7\n", Ok(Seen::Pdf)),
            (b"\0\0\0\x18ftypheic\0\0", Err(NotTaken::Heic)),
            (b"\0\0\0\x18ftypmif1\0\0", Err(NotTaken::Heic)),
            (b"\0\0\0\x18ftypisom\0\0", Err(NotTaken::OtherKind)),
            (b"MZ\x90\0", Err(NotTaken::Program)),
            (b"\x7fELF\x02", Err(NotTaken::Program)),
            (b"#!/bin/sh\n", Err(NotTaken::Program)),
            (b"PK\x03\x04", Err(NotTaken::OtherKind)),
            (b"GIF89a", Err(NotTaken::OtherKind)),
            (b"<svg onload='x'>", Err(NotTaken::OtherKind)),
            (b"\n%PDF-1.7", Err(NotTaken::OtherKind)),
            (b"\xff", Err(NotTaken::OtherKind)),
            (b"", Err(NotTaken::Empty)),
        ];
        for (bytes, seen) in cases {
            assert_eq!(look(bytes), seen, "{bytes:?}");
        }
    }

    #[test]
    fn a_photograph_of_40_megabytes_is_too_large_whatever_it_is() {
        let mut bytes = vec![0; 40 * 1024 * 1024];
        bytes[..3].copy_from_slice(b"\xff\xd8\xff");
        assert_eq!(look(&bytes), Err(NotTaken::TooLarge));
    }
}
