//! The machine's clock as long as it runs evenly.
//!
//! Time is a fact that deadlines, holds and the record are made of. Somebody who sets the clock while the process runs
//! would end bookings that have not begun, or date events into a sealed window; so a jump is told and not followed.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use rustix::time::{ClockId, clock_gettime};

/// Microseconds by which the clock may differ at once from what has passed; time services move it by less.
const EVEN: i64 = 2_000_000;

/// A wall clock held against one that nobody can set.
#[derive(Debug)]
pub struct Steady {
    /// Wall clock less steady clock, in microseconds, as last followed.
    offset: AtomicI64,
    /// By how much the wall clock last differed from that, where it was not followed.
    moved: AtomicI64,
}

impl Steady {
    pub(super) fn begin() -> Self {
        Self::from(Utc::now().timestamp_micros(), passed())
    }

    fn from(wall: i64, passed: i64) -> Self {
        Self { offset: AtomicI64::new(wall - passed), moved: AtomicI64::new(0) }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        let micros = self.at(Utc::now().timestamp_micros(), passed());
        DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::UNIX_EPOCH)
    }

    pub(super) fn follow(&self) {
        self.offset.store(Utc::now().timestamp_micros() - passed(), Ordering::Relaxed);
        self.moved.store(0, Ordering::Relaxed);
    }

    pub(super) fn moved(&self) -> TimeDelta {
        TimeDelta::microseconds(self.moved.load(Ordering::Relaxed))
    }

    /// What time it is when the wall clock shows this and so much has passed.
    fn at(&self, wall: i64, passed: i64) -> i64 {
        let offset = self.offset.load(Ordering::Relaxed);
        let moved = wall - passed - offset;
        if moved.abs() > EVEN {
            self.moved.store(moved, Ordering::Relaxed);
            return offset + passed;
        }
        self.offset.store(wall - passed, Ordering::Relaxed);
        self.moved.store(0, Ordering::Relaxed);
        wall
    }
}

/// Microseconds since the machine started, those it slept through included where the system counts them.
fn passed() -> i64 {
    #[cfg(target_os = "linux")]
    const STEADY: ClockId = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    const STEADY: ClockId = ClockId::Monotonic;
    let passed = clock_gettime(STEADY);
    passed.tv_sec * 1_000_000 + passed.tv_nsec / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    #[test]
    fn small_steps_of_a_time_service_are_followed() {
        let clock = Steady::from(1000 * SECOND, 0);
        for step in 1..100 {
            let wall = (1000 + step) * SECOND + step * SECOND;
            assert_eq!(clock.at(wall, step * SECOND), wall);
        }
        assert_eq!(clock.moved(), TimeDelta::zero());
    }

    #[test]
    fn a_clock_that_is_set_is_not_followed_and_told_until_it_is_set_back() {
        let clock = Steady::from(1000 * SECOND, 0);
        for by in [1200, -1200, 365 * 86_400] {
            assert_eq!(clock.at((1010 + by) * SECOND, 10 * SECOND), 1010 * SECOND);
            assert_eq!(clock.moved(), TimeDelta::seconds(by));
        }
        assert_eq!(clock.at(1020 * SECOND, 20 * SECOND), 1020 * SECOND);
        assert_eq!(clock.moved(), TimeDelta::zero());
    }

    #[test]
    fn a_clock_by_which_nothing_was_written_is_given_up_for_the_one_that_was_set() {
        let clock = Steady { offset: AtomicI64::new(-3_600 * SECOND), moved: AtomicI64::new(0) };
        clock.follow();
        assert!((Utc::now() - clock.now()).abs() < TimeDelta::seconds(60));
    }

    #[test]
    fn time_goes_on() {
        let clock = Steady::begin();
        let before = clock.now();
        assert!(clock.now() >= before);
    }
}
