//! How many bookings one of the staff makes and changes for people who call or stand there: more than an honest clerk has callers,
//! and few enough that nobody fills or empties a calendar in an afternoon.

use chrono::TimeDelta;

/// At most so many within an hour, and within a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    pub hour: u32,
    pub day: u32,
}

/// Bookings that are made: a desk that books by phone all day has one every three minutes.
pub const BOOKINGS: Bound = Bound { hour: 20, day: 60 };
/// Bookings that are cancelled.
pub const CANCELLATIONS: Bound = Bound { hour: 10, day: 30 };
/// Bookings that are moved: where times were closed, many are in one morning.
pub const MOVES: Bound = Bound { hour: 20, day: 60 };

impl Bound {
    /// How many, and within how long.
    pub fn spans(self) -> [(u32, TimeDelta); 2] {
        [(self.hour, TimeDelta::hours(1)), (self.day, TimeDelta::hours(24))]
    }
}
