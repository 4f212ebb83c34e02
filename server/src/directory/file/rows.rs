//! The rows of a file under its headings, whatever it is.

use std::io::{Cursor, Read, Seek, SeekFrom};

use shared::directory::Kind;
use shared::field::Reason;

use super::columns::Column;
use super::lasting::{Allowance, Lasting};
use super::{BadFile, MOST_BYTES, MOST_COLUMNS, MOST_PLACES, geojson, table, text};

/// As the file has them, with the column where it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headings(Vec<(String, Option<Column>)>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet numbers it.
    pub number: u64,
    /// As many as there were headings before it, or fewer.
    pub cells: Vec<String>,
    /// What is wrong with it as a row, whatever its cells say.
    pub wrong: Vec<Wrong>,
}

/// What the form of a file has wrong, beside its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// As the file calls it.
    pub column: String,
    pub value: String,
    pub reason: Reason,
}

/// What is looked at for what the file is, in bytes.
const BEGINNING: u64 = 64 << 10;

/// Gives each row of a file with the headings so far, and answers all headings.
///
/// It needs the memory of one row ([`super::MOST_BYTES_OF_A_ROW`]) and of the headings, however long the file is. Whoever keeps
/// what a row says is given no more than [`MOST_PLACES`] rows; one that has more is refused after so many.
///
/// # Errors
/// As [`BadFile`] has them, perhaps after some rows.
pub fn each_row(
    file: &mut (impl Read + Seek),
    kind: &Kind,
    mut each: impl FnMut(&Headings, &Row),
) -> Result<Headings, BadFile> {
    if file.seek(SeekFrom::End(0))? > MOST_BYTES {
        return Err(BadFile::TooLarge);
    }
    let mut text = text::Decoded::open(file)?;
    let mut beginning = Vec::new();
    text.by_ref().take(BEGINNING).read_to_end(&mut beginning)?;
    let (allowance, mut count) = (Allowance::full(), 0);
    let lasting = Lasting { text: Cursor::new(&beginning).chain(text), allowance: &allowance };
    let mut counted = |headings: &Headings, row: &Row| {
        count += 1;
        if count > MOST_PLACES {
            return Err(BadFile::TooMany);
        }
        each(headings, row);
        Ok(())
    };
    if beginning.trim_ascii_start().starts_with(b"{") {
        geojson::read(lasting, kind, &mut counted)
    } else {
        table::read(lasting, table::delimiter(&beginning, kind), kind, &mut counted)
    }
}

/// What is done with a row; what it refuses ends the reading.
pub(super) type Each<'a> = dyn FnMut(&Headings, &Row) -> Result<(), BadFile> + 'a;

impl Headings {
    /// # Errors
    /// [`BadFile::Twice`] for a known column that is there, [`BadFile::TooWide`].
    pub(in crate::directory) fn add(&mut self, heading: String, column: Option<Column>) -> Result<(), BadFile> {
        if column.is_some() && self.at(column).is_some() {
            return Err(BadFile::Twice(heading));
        }
        if self.0.len() == MOST_COLUMNS {
            return Err(BadFile::TooWide);
        }
        self.0.push((heading, column));
        Ok(())
    }

    pub(super) fn named(&self, heading: &str) -> Option<usize> {
        self.0.iter().position(|(known, _)| known == heading)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The columns that are known.
    pub fn columns(&self) -> impl Iterator<Item = Column> {
        self.0.iter().filter_map(|(_, column)| *column)
    }

    /// A cell, empty where the row has none; none where no heading says so.
    pub fn cell<'a>(&self, row: &'a Row, column: Column) -> Option<&'a str> {
        Some(row.cells.get(self.at(Some(column))?).map_or("", String::as_str))
    }

    /// What the file calls a column.
    pub fn heading(&self, column: Column) -> &str {
        self.at(Some(column)).map_or(column.name(), |at| &self.0[at].0)
    }

    /// Columns that nobody knows.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        let unknown = self.0.iter().filter(|(heading, known)| known.is_none() && !heading.is_empty());
        unknown.map(|(heading, _)| heading.as_str())
    }

    pub(super) fn at(&self, column: Option<Column>) -> Option<usize> {
        self.0.iter().position(|(_, known)| *known == column)
    }
}
