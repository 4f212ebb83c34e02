//! Who asks when, and for what: the same for the portal and for the naive booker beside it.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Clients at once, each with a connection of its own.
pub const CLIENTS: usize = 64;

/// The next couple in the queue.
pub fn turn(next: &AtomicUsize, couples: usize) -> Option<usize> {
    let n = next.fetch_add(1, Ordering::Relaxed);
    (n < couples).then_some(n)
}

/// The slots in the order in which the `n`th couple wants them.
pub fn wishes<T: Copy>(n: usize, slots: &[T]) -> impl Iterator<Item = T> {
    slots.iter().cycle().skip(n * 7919 % slots.len()).take(slots.len()).copied()
}
