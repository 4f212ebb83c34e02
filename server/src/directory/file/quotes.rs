//! Where a text stands within quotation marks, as spreadsheets put them around cells: one that is never closed makes a single cell of
//! all places after it.

use std::io::{self, Read};

/// A text on its way to whoever takes it apart, each line of which ends with `\n`.
pub(super) struct Watched<R> {
    text: R,
    delimiter: u8,
    at: At,
    /// As a spreadsheet numbers it.
    row: u64,
    /// Whether the cell at hand has a line break within its quotation marks.
    is_broken: bool,
    odd: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before a cell.
    Start,
    /// In one without quotation marks, or behind its second.
    Bare,
    Quoted,
    /// Behind a mark that closes the cell, or stands for one together with the next.
    Mark,
}

impl<R> Watched<R> {
    pub(super) fn of(text: R, delimiter: u8) -> Self {
        Self { text, delimiter, at: At::Start, row: 1, is_broken: false, odd: None }
    }

    /// The row of a quotation mark that nothing closes: it is open at the end, or what closes it is another cell's.
    pub(super) fn never_closed(&self) -> Option<u64> {
        self.odd.or_else(|| (self.at == At::Quoted).then_some(self.row))
    }

    fn pass(&mut self, byte: u8) {
        self.at = match (self.at, byte) {
            (At::Quoted, b'"') => At::Mark,
            (At::Quoted, byte) => {
                self.is_broken |= byte == b'\n';
                At::Quoted
            }
            (At::Mark | At::Start, b'"') => At::Quoted,
            (_, b'\n') => {
                self.row += 1;
                At::Start
            }
            (_, byte) if byte == self.delimiter => At::Start,
            (At::Mark, b' ') => At::Mark,
            (At::Mark, _) => {
                self.odd = self.odd.or(self.is_broken.then_some(self.row));
                At::Bare
            }
            (At::Start | At::Bare, _) => At::Bare,
        };
        self.is_broken &= matches!(self.at, At::Quoted | At::Mark);
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.text.read(buffer)?;
        for byte in &buffer[..read] {
            self.pass(*byte);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn never_closed(text: &str) -> Option<u64> {
        let mut watched = Watched::of(text.as_bytes(), b',');
        io::copy(&mut watched, &mut io::sink()).unwrap();
        watched.never_closed()
    }

    #[test]
    fn a_quotation_mark_that_nothing_closes_is_known_by_its_row() {
        for text in ["a,b\n", "\"a\nb\",c\n", "\"a\"\"b\"\n", "a\"b,c\n", "\"a\" ,b\n", "a,\"b\nc\"\n", "\"a\"b,c\n"] {
            assert_eq!(never_closed(text), None, "{text}");
        }
        for (text, row) in [
            ("a,b\n\"c,d\ne,f\n", 2),
            ("a,\"b\nb\"\n\nc,\"d\n", 3),
            // What closes it was to open another.
            ("a,b\nc,\"d\ne,\"f\"\n", 2),
        ] {
            assert_eq!(never_closed(text), Some(row), "{text}");
        }
    }
}
