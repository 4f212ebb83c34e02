//! Files of places that come in: read row by row, compared with what is there, and taken in only when nothing is wrong and somebody
//! has said what becomes of what the file no longer has. Residents see all of a file or nothing of it.

mod before;
mod cells;
mod mistakes;
mod preview;
mod rows;
mod taking;
mod undo;

pub use before::Before;
pub use cells::written as cells_written;
pub use mistakes::Mistakes;
pub use preview::{Difference, Gone, Missing, Preview, Refused};
pub use rows::{Options, Read, Silent, Unread, read};
pub use taking::{Taken, take};
pub use undo::{Undone, undo};

use std::io;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::audit::Stream;

/// What was imported and undone.
pub(super) const STREAM: Stream = Stream {
    heads: "select 'listing_import:' || id as stream, audit_length, audit_head from listing_import",
    compare: None,
};

/// By which a file is known again.
pub fn fingerprint(file: &mut (impl io::Read + io::Seek)) -> io::Result<String> {
    let (mut digest, mut bytes) = (Sha256::new(), vec![0; 64 << 10]);
    file.rewind()?;
    loop {
        match file.read(&mut bytes) {
            Ok(0) => return Ok(HEXLOWER.encode(&digest.finalize())),
            Ok(read) => digest.update(&bytes[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
