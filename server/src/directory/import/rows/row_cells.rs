//! The cells of a row, and what is wrong with them.

use shared::field::Reason;
use shared::localised::Localised;

use super::whole::Whole;
use crate::directory::file::columns::{Column, Plain};
use crate::directory::file::{Headings, Mistake, Row};
use crate::directory::import::{Mistakes, cells};

/// What a cell says where a place has none of it; an empty one says nothing.
const NONE: [&str; 5] = ["无", "-", "—", "/", "none"];

/// A row with where its mistakes go, and what all rows say together.
pub(super) struct Cells<'a> {
    pub headings: &'a Headings,
    pub row: &'a Row,
    pub mistakes: &'a mut Mistakes,
    pub whole: &'a mut Whole,
}

impl Cells<'_> {
    /// None where there is no such column.
    pub(super) fn text(&self, column: Plain) -> Option<&str> {
        self.headings.cell(self.row, Column::Plain(column))
    }

    /// None where there is no such column, nothing in it, or that there is none.
    pub(super) fn said(&self, column: Plain) -> Option<&str> {
        self.text(column).filter(|text| !text.is_empty() && !NONE.contains(text))
    }

    /// Whether it says that there is none.
    pub(super) fn clears(&self, column: Plain) -> bool {
        self.text(column).is_some_and(|text| NONE.contains(&text))
    }

    /// Counts whether the row says something in a column, which does not matter where it is known.
    pub(super) fn note(&mut self, column: Plain, is_known: bool) {
        if let Some(text) = self.text(column) {
            let says = !text.is_empty();
            if says || !is_known {
                self.whole.said(column, says);
            }
        }
    }

    pub(super) fn mistake(&self, column: Column, reason: impl Into<Reason>) -> Mistake {
        let value = self.headings.cell(self.row, column).unwrap_or_default().to_owned();
        let column = self.headings.heading(column).to_owned();
        Mistake { row: self.row.number, column, value, reason: reason.into() }
    }

    pub(super) fn wrong(&mut self, column: Column, reason: impl Into<Reason>) {
        let mistake = self.mistake(column, reason);
        self.mistakes.add(mistake);
    }

    /// What a cell says; none where it says nothing or something wrong.
    pub(super) fn read<T>(&mut self, column: Plain, read: impl FnOnce(&str) -> Result<T, Reason>) -> Option<T> {
        match read(self.said(column)?) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.wrong(Column::Plain(column), reason);
                None
            }
        }
    }

    pub(super) fn words(&mut self, column: Plain) -> Option<String> {
        self.read(column, cells::words)
    }
}

/// New words; the English ones go with the Chinese, so that neither tells of something else.
pub(super) fn say(words: &mut Localised, zh: Option<String>, en: Option<String>) {
    let Some(zh) = zh else { return };
    let en = en.unwrap_or_else(|| if zh == words.zh { words.en.clone() } else { zh.clone() });
    *words = Localised::new(zh, en);
}
