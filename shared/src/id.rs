//! The one alphabet of all ids: it keeps NUL, slashes and texts of a megabyte away from paths and databases.

/// A text that cannot be the id of anything, so no database need be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id: expected 1 to 64 letters, digits, '-' or '_'")]
pub struct InvalidId;

/// The text, if it can be an id.
pub fn plain(text: &str) -> Result<String, InvalidId> {
    if is_plain(text.as_bytes()) { Ok(text.to_owned()) } else { Err(InvalidId) }
}

/// Whether these bytes can be an id.
pub const fn is_plain(text: &[u8]) -> bool {
    let mut at = 0;
    while at < text.len() {
        if !(text[at].is_ascii_alphanumeric() || text[at] == b'-' || text[at] == b'_') {
            return false;
        }
        at += 1;
    }
    !text.is_empty() && text.len() <= 64
}
