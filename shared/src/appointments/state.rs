//! The one state machine of holds and bookings.
//!
//! ```text
//! Held ──book──▶ Booked ──cancel──▶ Cancelled
//!  │ ▲            │  └───────────▶ Past       (its day is over)
//!  │ └ extend     └──undo────────▶ Released   (by the place)
//!  ├──release──▶ Released
//!  └───────────▶ Expired                      (its minutes are over)
//! ```
//!
//! A hold expires by comparison with the time and not by a job: each transition first looks at the
//! clock, so a hold that is over cannot be booked even if nobody has written `Expired` yet.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::rule::BookingRule;
use crate::calendar::end_of_day;

/// Where an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AppointmentState {
    /// A place is kept until `expires_at`, excluded.
    Held {
        expires_at: DateTime<Utc>,
        /// How often it can still be extended.
        extensions_left: u8,
    },
    Booked,
    /// The hold was given back, or the place undid the booking.
    Released,
    /// The hold ran out.
    Expired,
    /// Whoever booked it, or the place, cancelled the booking.
    Cancelled,
    /// The day of the booking is over. Until then it stands: whoever comes late still finds it whole.
    Past,
}

/// Why a step is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TransitionError {
    #[error("the hold has run out")]
    HoldExpired,
    #[error("the hold still runs")]
    HoldStillRuns,
    #[error("the hold has been extended as often as it can be")]
    NoExtensionLeft,
    #[error("this is no longer a hold")]
    NotHeld,
    #[error("this is not a live booking")]
    NotBooked,
    #[error("the time of the appointment has come")]
    AlreadyBegun,
    #[error("the day of the appointment is not over")]
    NotOver,
    /// Of changing a booking; also once its time has come, on its day.
    #[error("this was possible until {0}")]
    TooLate(DateTime<Utc>),
}

impl AppointmentState {
    /// A hold taken at `now` of what can be booked until `last`, excluded: it promises no minute after that, and only
    /// the extensions that end before.
    pub fn held(now: DateTime<Utc>, rule: &BookingRule, last: DateTime<Utc>) -> Self {
        let expires_at = (now + rule.hold()).min(last);
        let fits = |count: &u8| expires_at + rule.hold() * i32::from(*count) <= last;
        let extensions_left = (1..=rule.extensions).take_while(fits).last().unwrap_or(0);
        Self::Held { expires_at, extensions_left }
    }

    /// Adds the time of one hold to a live hold.
    pub fn extend(self, now: DateTime<Utc>, rule: &BookingRule) -> Result<Self, TransitionError> {
        let (expires_at, extensions_left) = self.live_hold(now)?;
        let extensions_left = extensions_left.checked_sub(1).ok_or(TransitionError::NoExtensionLeft)?;
        Ok(Self::Held { expires_at: expires_at + rule.hold(), extensions_left })
    }

    /// Turns a live hold into the booking, while its time has not come.
    pub fn book(self, now: DateTime<Utc>, starts_at: DateTime<Utc>) -> Result<Self, TransitionError> {
        self.live_hold(now)?;
        if now >= starts_at {
            return Err(TransitionError::AlreadyBegun);
        }
        Ok(Self::Booked)
    }

    /// Gives a live hold back.
    pub fn release(self, now: DateTime<Utc>) -> Result<Self, TransitionError> {
        self.live_hold(now)?;
        Ok(Self::Released)
    }

    /// Writes down that a hold has run out.
    pub fn expire(self, now: DateTime<Utc>) -> Result<Self, TransitionError> {
        match self {
            Self::Held { expires_at, .. } if expires_at <= now => Ok(Self::Expired),
            Self::Held { .. } => Err(TransitionError::HoldStillRuns),
            _ => Err(TransitionError::NotHeld),
        }
    }

    /// Cancels a booking before `until`, as [`super::BookingRule::cancel_until`] gives it.
    pub fn cancel(
        self,
        now: DateTime<Utc>,
        starts_at: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Self, TransitionError> {
        self.changeable(now, starts_at, until)?;
        Ok(Self::Cancelled)
    }

    /// Checks that a booking may move to another time before `until`; it stays booked.
    pub fn reschedule(
        self,
        now: DateTime<Utc>,
        starts_at: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Self, TransitionError> {
        self.changeable(now, starts_at, until)?;
        Ok(Self::Booked)
    }

    /// Undoes a booking on the place's authority, whatever the cut-off, while it stands: until its day is over.
    pub fn undo(self, now: DateTime<Utc>, starts_at: DateTime<Utc>) -> Result<Self, TransitionError> {
        match self.observed(now, starts_at) {
            Self::Booked => Ok(Self::Released),
            _ => Err(TransitionError::NotBooked),
        }
    }

    /// Writes down that the day of a booking is over.
    pub fn pass(self, now: DateTime<Utc>, starts_at: DateTime<Utc>) -> Result<Self, TransitionError> {
        match self {
            Self::Booked if now >= end_of_day(starts_at) => Ok(Self::Past),
            Self::Booked => Err(TransitionError::NotOver),
            _ => Err(TransitionError::NotBooked),
        }
    }

    /// The state as the clock makes it, whether or not somebody has written it down.
    #[must_use]
    pub fn observed(self, now: DateTime<Utc>, starts_at: DateTime<Utc>) -> Self {
        self.expire(now).or_else(|_| self.pass(now, starts_at)).unwrap_or(self)
    }

    /// Whether no step leads out of it.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Held { .. } | Self::Booked)
    }

    /// How many extensions a hold has left; 0 for everything else.
    pub fn extensions_left(self) -> u8 {
        match self {
            Self::Held { extensions_left, .. } => extensions_left,
            _ => 0,
        }
    }

    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Held { .. } => "held",
            Self::Booked => "booked",
            Self::Released => "released",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Past => "past",
        }
    }

    /// Reads a state back from the columns it was written to; `None` if they are not a state.
    pub fn restore(name: &str, expires_at: Option<DateTime<Utc>>, extensions_left: u8) -> Option<Self> {
        match name {
            "held" => expires_at.map(|expires_at| Self::Held { expires_at, extensions_left }),
            "booked" => Some(Self::Booked),
            "released" => Some(Self::Released),
            "expired" => Some(Self::Expired),
            "cancelled" => Some(Self::Cancelled),
            "past" => Some(Self::Past),
            _ => None,
        }
    }

    fn live_hold(self, now: DateTime<Utc>) -> Result<(DateTime<Utc>, u8), TransitionError> {
        match self {
            Self::Held { expires_at, extensions_left } if now < expires_at => Ok((expires_at, extensions_left)),
            Self::Held { .. } | Self::Expired => Err(TransitionError::HoldExpired),
            _ => Err(TransitionError::NotHeld),
        }
    }

    /// Whether people can change it themselves. One that has begun stands until its day is over, and it is too late; then
    /// it has ended, whether or not somebody has written that down.
    fn changeable(
        self,
        now: DateTime<Utc>,
        starts_at: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), TransitionError> {
        match self.observed(now, starts_at) {
            Self::Booked => in_time(now, until.min(starts_at)),
            _ => Err(TransitionError::NotBooked),
        }
    }
}

fn in_time(now: DateTime<Utc>, until: DateTime<Utc>) -> Result<(), TransitionError> {
    if now < until { Ok(()) } else { Err(TransitionError::TooLate(until)) }
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::rule_a;
    use super::*;
    use chrono::TimeDelta;

    fn minutes(count: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(count)
    }

    const START: i64 = 10_000;

    #[test]
    fn a_hold_lasts_until_its_fifteenth_minute() {
        let hold = AppointmentState::held(minutes(0), &rule_a(), minutes(START));
        let last = minutes(15) - TimeDelta::milliseconds(1);
        assert_eq!(hold.book(last, minutes(START)), Ok(AppointmentState::Booked));
        assert_eq!(hold.book(minutes(15), minutes(START)), Err(TransitionError::HoldExpired));
        assert_eq!(hold.expire(last), Err(TransitionError::HoldStillRuns));
        assert_eq!(hold.expire(minutes(15)), Ok(AppointmentState::Expired));
    }

    #[test]
    fn two_extensions_give_forty_five_minutes_and_no_more() {
        let mut hold = AppointmentState::held(minutes(0), &rule_a(), minutes(START));
        assert_eq!(hold.extensions_left(), 2);
        hold = hold.extend(minutes(14), &rule_a()).unwrap();
        hold = hold.extend(minutes(20), &rule_a()).unwrap();
        assert_eq!(hold.extensions_left(), 0);
        assert_eq!(hold.extend(minutes(21), &rule_a()), Err(TransitionError::NoExtensionLeft));
        assert_eq!(hold.expire(minutes(44)), Err(TransitionError::HoldStillRuns));
        assert_eq!(hold.expire(minutes(45)), Ok(AppointmentState::Expired));
    }

    #[test]
    fn a_hold_promises_nothing_beyond_the_last_moment_of_what_it_is_for() {
        let until = |last| match AppointmentState::held(minutes(0), &rule_a(), minutes(last)) {
            AppointmentState::Held { expires_at, extensions_left } => (expires_at, extensions_left),
            other => panic!("{other:?}"),
        };
        assert_eq!(until(1), (minutes(1), 0));
        assert_eq!(until(15), (minutes(15), 0));
        assert_eq!(until(29), (minutes(15), 0));
        assert_eq!(until(30), (minutes(15), 1));
        assert_eq!(until(45), (minutes(15), 2));
        assert_eq!(until(60), (minutes(15), 2));
    }

    #[test]
    fn a_hold_that_ran_out_cannot_be_extended_or_released() {
        let hold = AppointmentState::held(minutes(0), &rule_a(), minutes(START));
        assert_eq!(hold.extend(minutes(15), &rule_a()), Err(TransitionError::HoldExpired));
        assert_eq!(hold.release(minutes(15)), Err(TransitionError::HoldExpired));
    }

    #[test]
    fn a_booking_can_be_cancelled_before_the_cut_off_only() {
        let until = minutes(500);
        let start = minutes(START);
        let booking = AppointmentState::Booked;
        assert_eq!(booking.cancel(minutes(499), start, until), Ok(AppointmentState::Cancelled));
        assert_eq!(booking.cancel(until, start, until), Err(TransitionError::TooLate(until)));
        assert_eq!(booking.undo(until, start), Ok(AppointmentState::Released));
        assert_eq!(booking.cancel(start, start, minutes(START + 600)), Err(TransitionError::TooLate(start)));
    }

    #[test]
    fn a_booking_stands_until_its_day_is_over() {
        let nine: DateTime<Utc> = "2026-05-20T09:00:00+08:00".parse().unwrap();
        let midnight: DateTime<Utc> = "2026-05-21T00:00:00+08:00".parse().unwrap();
        let (begun, last) = (nine + TimeDelta::seconds(5), midnight - TimeDelta::milliseconds(1));
        for now in [begun, last] {
            assert_eq!(AppointmentState::Booked.observed(now, nine), AppointmentState::Booked);
            assert_eq!(AppointmentState::Booked.pass(now, nine), Err(TransitionError::NotOver));
            assert_eq!(AppointmentState::Booked.cancel(now, nine, midnight), Err(TransitionError::TooLate(nine)));
        }
        assert_eq!(AppointmentState::Booked.undo(last, nine), Ok(AppointmentState::Released));
        for over in [AppointmentState::Booked, AppointmentState::Past] {
            assert_eq!(over.undo(midnight, nine), Err(TransitionError::NotBooked));
            assert_eq!(over.cancel(midnight, nine, nine), Err(TransitionError::NotBooked));
            assert_eq!(over.reschedule(midnight, nine, nine), Err(TransitionError::NotBooked));
        }
        assert_eq!(AppointmentState::Booked.observed(midnight, nine), AppointmentState::Past);
    }

    #[test]
    fn moving_a_booking_has_its_own_cut_off_and_leaves_it_booked() {
        let start = minutes(START);
        assert_eq!(AppointmentState::Booked.reschedule(minutes(1), start, minutes(2)), Ok(AppointmentState::Booked));
        assert_eq!(
            AppointmentState::Booked.reschedule(minutes(2), start, minutes(2)),
            Err(TransitionError::TooLate(minutes(2)))
        );
    }

    #[test]
    fn every_state_comes_back_from_its_columns() {
        let hold = AppointmentState::held(minutes(3), &rule_a(), minutes(START)).extend(minutes(4), &rule_a()).unwrap();
        assert_eq!(AppointmentState::restore("held", Some(minutes(33)), 1), Some(hold));
        for state in [
            AppointmentState::Booked,
            AppointmentState::Released,
            AppointmentState::Expired,
            AppointmentState::Cancelled,
            AppointmentState::Past,
        ] {
            assert_eq!(AppointmentState::restore(state.name(), None, 0), Some(state));
        }
        assert_eq!(AppointmentState::restore("held", None, 0), None);
        assert_eq!(AppointmentState::restore("gone", None, 0), None);
    }
}
