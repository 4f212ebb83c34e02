//! Files of places that come in: read whole, compared with what is there, and taken in only when nothing is wrong and somebody
//! has said what becomes of what the file no longer has.

mod cells;
mod preview;
mod rows;
mod taking;
mod undo;

pub use cells::written as cells_written;
pub use preview::{Gone, Preview, Refused};
pub use rows::{Options, Read, read};
pub use taking::{Taken, take};
pub use undo::{Undone, undo};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use shared::directory::Kind;

use super::file::{BadFile, geojson, table::Table, text};
use crate::audit::Stream;

/// What was imported and undone.
pub(super) const STREAM: Stream = Stream {
    heads: "select 'listing_import:' || id as stream, audit_length, audit_head from listing_import",
    compare: None,
};

/// By which a file is known again.
pub fn fingerprint(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The rows of a file, whatever it is.
///
/// # Errors
/// As [`BadFile`] has them.
pub fn table(bytes: &[u8], kind: &Kind) -> Result<Table, BadFile> {
    let text = text::decode(bytes)?;
    if geojson::is(&text) { geojson::read(&text, kind) } else { Table::read(&text, kind) }
}
