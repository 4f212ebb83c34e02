//! Whether a JPEG came to its end (ITU-T T.81, B.1 and B.2).

const START: u8 = 0xd8;
const END: u8 = 0xd9;
/// What comes behind the header of a scan has no length of its own.
const SCAN: u8 = 0xda;

/// Whether the last marker is there. What lies behind it, such as a phone's second picture, does not count.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let Some(mut rest) = bytes.strip_prefix(&[0xff, START]) else { return false };
    loop {
        match marker(rest) {
            Some((END, _)) => return true,
            Some((kind, after)) => {
                let Some(behind) = segment(after) else { return false };
                rest = if kind == SCAN { behind_pixels(behind) } else { behind };
            }
            None => return false,
        }
    }
}

/// The marker that stands here, which any number of 0xff may come before, and what follows it.
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let filled = bytes.strip_prefix(&[0xff])?;
    let (kind, after) = filled.split_at(filled.iter().position(|byte| *byte != 0xff)?).1.split_first()?;
    Some((*kind, after))
}

/// What follows a segment that says its own length.
fn segment(bytes: &[u8]) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]));
    bytes.get(length.max(2)..)
}

/// From the next marker on; 0xff00 is a byte of pixels, and 0xffd0 to 0xffd7 only restart them.
fn behind_pixels(bytes: &[u8]) -> &[u8] {
    let is_marker = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7);
    let at = bytes.windows(2).position(is_marker).unwrap_or(bytes.len());
    &bytes[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thumbnail that is whole within, tables, two scans with a restart, and more behind the end.
    const PHOTO: &[u8] = b"\xff\xd8\xff\xe1\0\x08\xff\xd8\xff\xd9..\xff\xff\xdb\0\x03.\xff\xda\0\x02ab\xff\0\xff\xd3c\
        \xff\xda\0\x02d\xff\xd9behind";

    #[test]
    fn a_photograph_is_whole_where_its_own_end_is_there() {
        assert!(is_whole(PHOTO));
        let end = PHOTO.len() - b"behind".len();
        assert!(is_whole(&PHOTO[..end]));
        for length in 0..end {
            assert!(!is_whole(&PHOTO[..length]), "{length}");
        }
    }
}
