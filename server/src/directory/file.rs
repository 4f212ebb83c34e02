//! Files of places, as bureaus keep them: whatever their encoding, what their cells are divided by, and what their columns are
//! called. Read row by row: of a file of any length the memory of one row is needed.

pub mod areas;
pub mod columns;
mod geojson;
mod lasting;
mod quotes;
mod rows;
mod table;
pub mod text;

pub use rows::{Headings, Row, Wrong, each_row};

use std::io;

use shared::field::Reason;

/// Places of one kind, and so rows of a file: a process has all places of a kind in memory, some kilobytes each. The largest city
/// that is measured has 20,000 (`make bench`).
pub const MOST_PLACES: usize = 50_000;
/// Bytes of one file; it is read more than once.
pub const MOST_BYTES: u64 = 256 << 20;
/// Bytes of one row. A quotation mark that is never closed would make one of the whole file.
pub const MOST_BYTES_OF_A_ROW: usize = 256 << 10;
/// Columns of a file.
pub const MOST_COLUMNS: usize = 500;

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {} MB: please leave out columns that are not read", MOST_BYTES >> 20)]
    TooLarge,
    #[error(
        "the file has more than {MOST_PLACES} rows, and a portal keeps no more places of a kind: please take in only the list of \
         its own city. Nothing was changed"
    )]
    TooMany,
    #[error("the file has more than {MOST_COLUMNS} columns")]
    TooWide,
    #[error("the text is neither UTF-8 nor UTF-16 with a mark nor GB18030: please save it as CSV UTF-8")]
    Encoding,
    #[error("no row of the first ten has a heading for the name (名称) and another known one; found: {0}")]
    NoHeadings(String),
    #[error("the heading {0} is there twice")]
    Twice(String),
    #[error("row {0} cannot be read: {1}")]
    Row(u64, String),
    #[error(
        "what begins in row {0} is longer than {most} kB: perhaps a quotation mark is never closed",
        most = MOST_BYTES_OF_A_ROW >> 10
    )]
    LongRow(u64),
    #[error(
        "the quotation mark in row {0} is never closed, so that all places after it would be part of one cell. Close it or take it \
         out; within a cell it is written twice"
    )]
    OpenQuote(u64),
    #[error("not GeoJSON: {0}")]
    GeoJson(String),
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}

/// A cell that cannot be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// As a spreadsheet numbers it; the number of the feature in GeoJSON.
    pub row: u64,
    /// As the file calls it.
    pub column: String,
    /// Its beginning.
    pub value: String,
    /// What is wrong and what would be right.
    pub reason: Reason,
}

impl From<io::Error> for BadFile {
    /// What the readers of this module say through a reader that knows only its own errors.
    fn from(error: io::Error) -> Self {
        let own = error.get_ref().and_then(|error| error.downcast_ref::<Self>()).cloned();
        own.unwrap_or_else(|| Self::Unreadable(error.to_string()))
    }
}
