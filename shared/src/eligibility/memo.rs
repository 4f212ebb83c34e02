//! What is worked out at most once.

use std::cell::OnceCell;

/// Values by place, each worked out when it is first asked for; room for them is made when the first is.
pub(super) struct Memo<T> {
    places: usize,
    known: OnceCell<Box<[OnceCell<T>]>>,
}

impl<T> Memo<T> {
    pub fn new(places: usize) -> Self {
        Self { places, known: OnceCell::new() }
    }

    pub fn get(&self, place: usize, work_out: impl FnOnce() -> T) -> &T {
        self.cell(place).get_or_init(work_out)
    }

    /// Takes a value as known, unless one is.
    pub fn set(&self, place: usize, value: T) {
        self.cell(place).set(value).ok();
    }

    fn cell(&self, place: usize) -> &OnceCell<T> {
        &self.known.get_or_init(|| (0..self.places).map(|_| OnceCell::new()).collect())[place]
    }
}
