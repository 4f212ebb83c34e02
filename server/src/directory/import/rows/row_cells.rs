//! The cells of a row, and what is wrong with them.

use shared::field::Reason;
use shared::localised::Localised;

use crate::directory::file::columns::{Column, Plain};
use crate::directory::file::{Headings, Mistake, Row};
use crate::directory::import::{Mistakes, cells};

/// A row with where its mistakes go.
pub(super) struct Cells<'a> {
    pub headings: &'a Headings,
    pub row: &'a Row,
    pub mistakes: &'a mut Mistakes,
}

impl Cells<'_> {
    /// None where there is no such column.
    pub(super) fn text(&self, column: Plain) -> Option<&str> {
        self.headings.cell(self.row, Column::Plain(column))
    }

    /// None where there is no such column, or nothing in it.
    pub(super) fn said(&self, column: Plain) -> Option<&str> {
        self.text(column).filter(|text| !text.is_empty())
    }

    pub(super) fn wrong(&mut self, column: Column, reason: impl Into<Reason>) {
        let value = self.headings.cell(self.row, column).unwrap_or_default().to_owned();
        let column = self.headings.heading(column).to_owned();
        self.mistakes.add(Mistake { row: self.row.number, column, value, reason: reason.into() });
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
