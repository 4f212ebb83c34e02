//! Photographs and PDFs of drafts and cases: told by their content, cleaned, scanned, sealed, and given out as what they are.
//!
//! What is sent lies in sealed parts until it is whole ([`upload`]), is then looked at ([`keep`]) and given out by one function
//! alone ([`fn@open`]). No object of the store is ever written twice, and each is written down as one to remove before it is
//! there ([`doomed`]): a process that ends at any step leaves nothing that is given out and nothing that stays.
//! What is removed stays in the store for some hours, unreadable, so that copies of the database find what they name ([`copies`]).

mod copies;
mod doomed;
mod jobs;
mod keep;
mod look;
mod name;
mod open;
mod owner;
mod pdf;
mod photo;
mod rows;
mod scan;
mod store;
mod upload;

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use shared::problem::Problem;
use shared::procedures::{FileId, FileKind, NotTaken, Refusal};

use crate::app::App;
use crate::database::DatabaseError;
use crate::error::Error;
use crate::keys::reseal::Sealed;
pub use copies::{Checked, CopyError, check, copy_named};
pub use jobs::{forget, scan_waiting, sweep};
pub use open::{Opened, open};
pub use owner::{Owner, arrange, erase, hand_over, list, marks, remove};
pub use store::{Store, StoreError, copy_all};
pub use upload::{New, Progress, append, begin, finish, progress, take};

/// Its sealed column, for the row of its domain: names and keys of files, and so files themselves.
pub const SEALED: Sealed = Sealed {
    column: ("case_file", "sealed"),
    list: "select id, sealed from case_file where id > $1 order by id limit $2",
    store: "update case_file set sealed = $1 where id = $2 and sealed = $3",
    context: rows::context,
};

/// Where files are handed in, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Handing<'a> {
    pub owner: &'a Owner,
    /// What was handed in before stays as it is: the same bytes once more are a file of their own.
    pub since: DateTime<Utc>,
    /// For its share of what is in hand at once.
    pub from: IpAddr,
}

/// A photograph or PDF that was handed in whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    pub id: FileId,
    /// The paper that it is of, by its id in the procedure.
    pub paper: String,
    /// As its sender called it, with the ending of what it is.
    pub name: String,
    pub stands: Stands,
    pub handed_at: DateTime<Utc>,
}

/// What can be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It can be opened.
    Open { kind: FileKind, size: u64 },
    /// It waits for the scanner, and is given to nobody.
    Waiting { kind: FileKind, size: u64 },
    /// The scanner found something later on: it is gone, and has to be handed in anew.
    Refused,
}

/// Whether a file may be given out: only once it was scanned, where there is a scanner.
fn may_be_opened(app: &App, scanned_at: Option<DateTime<Utc>>) -> bool {
    scanned_at.is_some() || app.settings().storage.clamd.is_none()
}

/// Why a file itself cannot be taken, so that nothing of it is worth keeping.
fn is_no_good(error: &Error) -> bool {
    let is_ours = |why: NotTaken| matches!(why, NotTaken::NoRoom | NotTaken::StoreAway);
    matches!(error.refusal::<Refusal>(), Some(Refusal::File(why)) if !is_ours(why))
}

impl From<NotTaken> for Error {
    fn from(why: NotTaken) -> Self {
        Self::Problem(Problem::from(Refusal::File(why)))
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a file of an application cannot be stored or read");
        match error {
            StoreError::NoRoom(_) => NotTaken::NoRoom.into(),
            // It does not come back by waiting.
            StoreError::Missing(_) => Problem::Internal.into(),
            StoreError::Folder(_) | StoreError::Bucket(_) | StoreError::Stopped => NotTaken::StoreAway.into(),
        }
    }
}

/// A count as the database has it, never below nothing.
fn counted(number: i64) -> Result<u64, DatabaseError> {
    u64::try_from(number).map_err(|_| DatabaseError::unreadable("a count of bytes"))
}
