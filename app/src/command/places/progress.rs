//! How far long work is, said every few seconds to whoever sits before a terminal.

use std::{
    io::{IsTerminal, Write, stderr},
    time::{Duration, Instant},
};

/// Says `3,400 rows read` and the like.
pub struct Progress {
    what: &'static str,
    last: Instant,
    is_seen: bool,
}

const EVERY: Duration = Duration::from_secs(3);

impl Progress {
    pub fn of(what: &'static str) -> Self {
        Self { what, last: Instant::now(), is_seen: stderr().is_terminal() }
    }

    /// So many so far.
    pub fn tell(&mut self, count: usize) {
        if self.is_seen && self.is_time(Instant::now()) {
            writeln!(stderr(), "huimin: {count} {}", self.what).ok();
        }
    }

    fn is_time(&mut self, now: Instant) -> bool {
        let is_time = now.duration_since(self.last) >= EVERY;
        if is_time {
            self.last = now;
        }
        is_time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_work_says_nothing_and_long_work_every_few_seconds() {
        let mut progress = Progress::of("rows read");
        let begun = progress.last;
        let told = (0..10_000).filter(|n| progress.is_time(begun + Duration::from_millis(*n))).count();
        assert_eq!(told, 3);
    }
}
