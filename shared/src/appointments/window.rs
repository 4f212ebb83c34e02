//! Which days are open at an instant, and when the others open.
//!
//! One law ties the functions together and is tested for both kinds of horizon: `released_at(date)`
//! is the first instant from which `last_day(now) >= date`.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use crate::calendar::{at, shanghai_date, shanghai_minute};

use super::rule::{BookingRule, Horizon};

impl BookingRule {
    /// The earliest day that can be booked at `now`.
    pub fn first_day(&self, now: DateTime<Utc>) -> NaiveDate {
        plus_days(shanghai_date(now), self.lead_days)
    }

    /// The newest day that has been opened at `now`; before the release minute, yesterday's.
    pub fn last_day(&self, now: DateTime<Utc>) -> NaiveDate {
        let today = shanghai_date(now);
        if shanghai_minute(now) >= self.release_minute { self.reach(today) } else { self.reach(minus_days(today, 1)) }
    }

    /// The instant at which `date` opens or opened.
    pub fn released_at(&self, date: NaiveDate) -> DateTime<Utc> {
        at(self.release_day(date), self.release_minute)
    }

    /// The next instant at which a further day opens, always after `now`.
    ///
    /// With a horizon in months some mornings open no day and others several, so this can be days
    /// ahead; `last_day(next_release(now))` says how far it will reach.
    pub fn next_release(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.released_at(plus_days(self.last_day(now), 1))
    }

    /// The instant from which an appointment on `date` can no longer be cancelled.
    pub fn cancel_until(&self, date: NaiveDate) -> DateTime<Utc> {
        end_of_day_before(date, self.cancel_cutoff_days)
    }

    /// The instant from which an appointment on `date` can no longer be moved.
    pub fn reschedule_until(&self, date: NaiveDate) -> DateTime<Utc> {
        end_of_day_before(date, self.reschedule_cutoff_days)
    }

    /// The newest day that the release of `day` opens.
    fn reach(&self, day: NaiveDate) -> NaiveDate {
        match self.horizon {
            Horizon::Days(days) => plus_days(day, days),
            Horizon::Months(months) => day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX),
        }
    }

    /// The first day whose release reaches `date`.
    fn release_day(&self, date: NaiveDate) -> NaiveDate {
        match self.horizon {
            Horizon::Days(days) => minus_days(date, days),
            Horizon::Months(months) => {
                let earlier = date.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN);
                // 31 March less a month is 28 February, which reaches only 28 March: 1 March does.
                if self.reach(earlier) < date { plus_days(earlier, 1) } else { earlier }
            }
        }
    }
}

/// Midnight after the day that lies `days` natural days before `date`.
fn end_of_day_before(date: NaiveDate, days: u32) -> DateTime<Utc> {
    at(plus_days(minus_days(date, days), 1), 0)
}

fn plus_days(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX)
}

fn minus_days(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::{rule_a, rule_b};
    use super::*;
    use crate::calendar::DAY_MINUTES;
    use chrono::TimeDelta;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// `2026-05-19 08:30` on a Shanghai clock.
    fn clock(text: &str) -> DateTime<Utc> {
        let text = text.replace(' ', "T");
        let seconds = if text.len() == 16 { ":00" } else { "" };
        format!("{text}{seconds}+08:00").parse().unwrap()
    }

    #[test]
    fn shenzhen_opens_the_fifteenth_day_at_half_past_eight() {
        let rule = rule_a();
        assert_eq!(rule.last_day(clock("2026-05-05 08:29:59")), date("2026-05-19"));
        assert_eq!(rule.last_day(clock("2026-05-05 08:30")), date("2026-05-20"));
        assert_eq!(rule.released_at(date("2026-05-20")), clock("2026-05-05 08:30"));
        assert_eq!(rule.next_release(clock("2026-05-05 08:29:59")), clock("2026-05-05 08:30"));
        assert_eq!(rule.next_release(clock("2026-05-05 08:30")), clock("2026-05-06 08:30"));
    }

    #[test]
    fn tomorrow_can_be_booked_until_midnight() {
        let rule = rule_a();
        assert_eq!(rule.first_day(clock("2026-05-19 23:59:59")), date("2026-05-20"));
        assert_eq!(rule.first_day(clock("2026-05-20 00:00")), date("2026-05-21"));
    }

    #[test]
    fn guangzhou_opens_the_same_day_of_next_month_at_midnight() {
        let rule = rule_b();
        assert_eq!(rule.last_day(clock("2026-04-19 23:59:59")), date("2026-05-19"));
        assert_eq!(rule.last_day(clock("2026-04-20 00:00")), date("2026-05-20"));
    }

    #[test]
    fn a_month_from_the_end_of_january_is_the_end_of_february() {
        let rule = rule_b();
        assert_eq!(rule.last_day(clock("2027-01-31 00:00")), date("2027-02-28"));
        assert_eq!(rule.last_day(clock("2028-01-31 00:00")), date("2028-02-29"));
        // 28, 29, 30 and 31 January all reach 28 February, so the next day to open is 1 March.
        assert_eq!(rule.next_release(clock("2027-01-28 00:00")), clock("2027-02-01 00:00"));
    }

    #[test]
    fn days_that_a_short_month_lacks_open_on_the_first_of_the_next() {
        let rule = rule_b();
        assert_eq!(rule.last_day(clock("2027-02-28 12:00")), date("2027-03-28"));
        assert_eq!(rule.last_day(clock("2027-03-01 00:00")), date("2027-04-01"));
        for day in ["2027-03-29", "2027-03-30", "2027-03-31", "2027-04-01"] {
            assert_eq!(rule.released_at(date(day)), clock("2027-03-01 00:00"));
        }
    }

    #[test]
    fn one_natural_day_before_means_until_the_midnight_before() {
        assert_eq!(rule_a().cancel_until(date("2026-05-20")), clock("2026-05-20 00:00"));
        assert_eq!(rule_b().cancel_until(date("2026-05-20")), clock("2026-05-19 00:00"));
        assert_eq!(rule_b().reschedule_until(date("2026-03-01")), clock("2026-02-28 00:00"));
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        for rule in [rule_a(), rule_b()] {
            for day in [NaiveDate::MIN, NaiveDate::MAX] {
                let _ = rule.released_at(day);
                let _ = rule.cancel_until(day);
            }
        }
    }

    prop_compose! {
        fn any_rule()(
            lead_days in 0_u32..10,
            horizon in prop_oneof![
                (1_u32..60).prop_map(Horizon::Days),
                (1_u32..12).prop_map(Horizon::Months)
            ],
            release_minute in prop_oneof![Just(0), Just(DAY_MINUTES - 1), 0..DAY_MINUTES],
        ) -> BookingRule {
            BookingRule { lead_days, horizon, release_minute, ..rule_a() }
        }
    }

    prop_compose! {
        fn any_day()(days in 10_000_i32..40_000) -> NaiveDate {
            NaiveDate::from_epoch_days(days).unwrap()
        }
    }

    proptest! {
        #[test]
        fn a_day_opens_exactly_when_the_last_day_reaches_it(rule in any_rule(), day in any_day()) {
            let opens = rule.released_at(day);
            prop_assert!(rule.last_day(opens) >= day);
            prop_assert!(rule.last_day(opens - TimeDelta::seconds(1)) < day);
        }

        #[test]
        fn the_last_day_never_goes_back(
            rule in any_rule(), day in any_day(), minute in 0..DAY_MINUTES, later in 0_u32..100_000
        ) {
            let now = at(day, minute);
            prop_assert!(rule.last_day(now) <= rule.last_day(at(day, minute + later)));
        }

        #[test]
        fn the_next_release_is_later_and_opens_a_further_day(
            rule in any_rule(), day in any_day(), minute in 0..DAY_MINUTES
        ) {
            let now = at(day, minute);
            let next = rule.next_release(now);
            prop_assert!(next > now);
            prop_assert!(rule.last_day(next) > rule.last_day(now));
            prop_assert_eq!(rule.last_day(next - TimeDelta::seconds(1)), rule.last_day(now));
        }
    }
}
