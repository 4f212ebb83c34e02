//! Until when a booking can be moved or cancelled online.

use chrono::{DateTime, Utc};
use shared::appointments::BookingRule;
use shared::calendar::{end_of_day, shanghai_date};

use crate::appointments::record::Record;

/// Instants from which a booking can no longer be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    pub cancel: DateTime<Utc>,
    pub reschedule: DateTime<Utc>,
    /// From when on it counts as begun.
    pub(super) begins: DateTime<Utc>,
}

impl Deadlines {
    /// What the rule gives; where the place itself closed, nothing begins, and all of the day is left for changes.
    pub fn of(booking: &Record, rule: &BookingRule) -> Self {
        if booking.closed {
            let end = end_of_day(booking.starts_at);
            return Self { cancel: end, reschedule: end, begins: end };
        }
        let date = shanghai_date(booking.starts_at);
        let (cancel, reschedule) = (rule.cancel_until(date), rule.reschedule_until(date));
        Self { cancel, reschedule, begins: booking.starts_at }
    }
}

#[cfg(test)]
mod tests {
    use super::super::messages::Changes;
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_promised_ends_with_its_own_deadline() {
        let (cancel, reschedule) = (instant("2026-05-18T00:00:00+08:00"), instant("2026-05-19T00:00:00+08:00"));
        let until = Deadlines { cancel, reschedule, begins: instant("2026-05-20T09:00:00+08:00") };
        let at = |text| Changes::until(&until, instant(text));
        assert_eq!(at("2026-05-17T23:59:59+08:00"), Changes { reschedule: true, cancel: true });
        assert_eq!(at("2026-05-18T00:00:00+08:00"), Changes { reschedule: true, cancel: false });
        assert_eq!(at("2026-05-19T00:00:00+08:00"), Changes::NONE);
    }
}
