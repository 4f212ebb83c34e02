//! A file that was handed in, and what is taken, as programs read them.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use shared::calendar::shanghai;
use shared::localised::Localised;
use shared::procedures::file::{
    LONGEST_PART, MOST_BYTES, MOST_OF_A_CASE, MOST_OF_A_PAPER, MOST_PAGES, MOST_PIXELS, limits,
};
use shared::procedures::{FileId, FileKind};

use crate::procedures::files::{Handed, Stands};

/// A photograph or PDF of a paper.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct FileShown {
    file_id: FileId,
    /// By its id in the procedure.
    paper: String,
    name: String,
    state: FileState,
    /// What is kept of it; null where it was refused.
    kind: Option<FileKind>,
    /// Bytes as it is kept; null where it was refused.
    size: Option<u64>,
    handed_at: DateTime<FixedOffset>,
}

#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum FileState {
    Kept,
    /// It waits for the scanner, and is given to nobody before.
    Waiting,
    /// The scanner found something in it: it is gone, and has to be handed in anew.
    Refused,
}

/// What is taken as files, and how much of it.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct FileLimits {
    /// JPEG and PNG are drawn anew, without where they were taken; a PDF is kept as it is. HEIC is refused.
    #[schema(value_type = Vec<String>)]
    kinds: [&'static str; 3],
    /// Of one file.
    bytes: u64,
    /// Of one photograph.
    pixels: u64,
    /// Of one PDF.
    pages: u64,
    files_of_a_paper: i64,
    files_of_a_case: i64,
    /// Bytes of a part that a file comes in.
    longest_part: usize,
    /// The same in words, for people.
    said: Localised,
}

impl FileLimits {
    pub(in crate::api::procedures) fn now() -> Self {
        Self {
            kinds: ["image/jpeg", "image/png", "application/pdf"],
            bytes: MOST_BYTES,
            pixels: MOST_PIXELS,
            pages: MOST_PAGES,
            files_of_a_paper: MOST_OF_A_PAPER,
            files_of_a_case: MOST_OF_A_CASE,
            longest_part: LONGEST_PART,
            said: limits(),
        }
    }
}

impl From<Handed> for FileShown {
    fn from(handed: Handed) -> Self {
        let (state, kept) = match handed.stands {
            Stands::Open { kind, size } => (FileState::Kept, Some((kind, size))),
            Stands::Waiting { kind, size } => (FileState::Waiting, Some((kind, size))),
            Stands::Refused => (FileState::Refused, None),
        };
        let (kind, size) = kept.unzip();
        Self {
            file_id: handed.id,
            paper: handed.paper,
            name: handed.name,
            state,
            kind,
            size,
            handed_at: shanghai(handed.handed_at),
        }
    }
}
