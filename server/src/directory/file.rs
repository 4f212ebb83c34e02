//! Files of places, as bureaus keep them: whatever their encoding, what their cells are divided by, and what their columns are
//! called.

pub mod areas;
pub mod columns;
pub mod geojson;
pub mod table;
pub mod text;

use shared::field::Reason;

/// Rows of one file, the most of any city many times over; more are divided by district.
pub const MOST_ROWS: usize = 100_000;
/// Bytes of one file.
pub const MOST_BYTES: u64 = 48 << 20;

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {} MB: please divide it by district", MOST_BYTES >> 20)]
    TooLarge,
    #[error("the file has more than {MOST_ROWS} rows: please divide it by district")]
    TooMany,
    #[error("the text is neither UTF-8 nor UTF-16 with a mark nor GB18030: please save it as CSV UTF-8")]
    Encoding,
    #[error("no row of the first ten has a heading for the name (名称) and another known one; found: {0}")]
    NoHeadings(String),
    #[error("the heading {0} is there twice")]
    Twice(String),
    #[error("row {0} cannot be read: {1}")]
    Row(u64, String),
    #[error("not GeoJSON: {0}")]
    GeoJson(String),
}

/// A cell that cannot be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// As a spreadsheet numbers it; the number of the feature in GeoJSON.
    pub row: u64,
    /// As the file calls it.
    pub column: String,
    pub value: String,
    /// What is wrong and what would be right.
    pub reason: Reason,
}
