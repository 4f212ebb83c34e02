//! A limit to how much is read for one row, whatever reads it.

use std::cell::Cell;
use std::io::{self, Read};

use super::{BadFile, MOST_BYTES_OF_A_ROW};

/// How much may be read until it is renewed.
pub(super) struct Allowance(Cell<usize>);

/// A text that ends with an error where a row takes more than is allowed.
pub(super) struct Lasting<'a, R> {
    pub text: R,
    pub allowance: &'a Allowance,
}

impl Allowance {
    pub(super) fn full() -> Self {
        Self(Cell::new(MOST_BYTES_OF_A_ROW))
    }

    /// For the next row.
    pub(super) fn renew(&self) {
        self.0.set(MOST_BYTES_OF_A_ROW);
    }
}

impl<R: Read> Read for Lasting<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.allowance.0.get();
        if left == 0 && !buffer.is_empty() {
            return Err(io::Error::other(BadFile::LongRow(0)));
        }
        let size = buffer.len().min(left);
        let read = self.text.read(&mut buffer[..size])?;
        self.allowance.0.set(left - read);
        Ok(read)
    }
}
