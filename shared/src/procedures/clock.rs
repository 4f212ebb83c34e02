//! The clock over a case: when an answer is due, what the time spent waiting for the family adds, and when somebody is to be warned.

use chrono::NaiveDate;

use crate::calendar::{Classes, Deadline, Limit};

/// The limit of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    pub limit: Limit,
    /// The day of the event that begins it, such as acceptance (受理); it is not counted.
    pub begun: NaiveDate,
    /// In order; the days of several are counted out once.
    pub pauses: Vec<Pause>,
}

/// Time that is not the office's: the family was asked for something, or experts are heard (行政许可法 第四十五条).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The day on which it was asked for, which still counts.
    pub asked: NaiveDate,
    /// The day on which it came, which does not count; none while it is waited for.
    pub came: Option<NaiveDate>,
}

/// How much of the time is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alert {
    Half,
    /// Four fifths.
    Near,
    /// The last day is there.
    Due,
    /// The last day is over.
    Over,
}

impl Alert {
    pub const ALL: [Self; 4] = [Self::Half, Self::Near, Self::Due, Self::Over];

    /// The word in the database, in forms and in the figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Half => "half",
            Self::Near => "near",
            Self::Due => "due",
            Self::Over => "over",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|alert| alert.name() == name)
    }
}

impl Pause {
    fn covers(self, day: NaiveDate) -> bool {
        day > self.asked && self.came.is_none_or(|came| day <= came)
    }
}

impl Clock {
    /// The day until which an answer is due; none while the clock stands still, since nobody knows until when.
    pub fn due(&self, calendar: &impl Classes) -> Option<Deadline> {
        let stands_still = self.pauses.iter().any(|pause| pause.came.is_none());
        (!stands_still).then(|| self.limit.ends_without(self.begun, |day| self.stands_still(day), calendar))
    }

    /// Days of the limit that are gone at the end of `today`.
    pub fn gone(&self, today: NaiveDate, calendar: &impl Classes) -> usize {
        // Until today and no further: of a clock that stands still no later day would ever count.
        let days = self.begun.iter_days().skip(1).take_while(|day| *day <= today);
        days.filter(|day| self.limit.counts(*day, calendar) && !self.stands_still(*day)).count()
    }

    /// What has to be told on `today`, if anything; a clock that stands still warns of nothing new.
    pub fn alert(&self, today: NaiveDate, calendar: &impl Classes) -> Option<Alert> {
        let due = self.due(calendar);
        if let Some(due) = due.filter(|due| due.date <= today) {
            return Some(if due.date < today { Alert::Over } else { Alert::Due });
        }
        let (gone, all) = (self.gone(today, calendar), self.limit.days());
        if gone == 0 {
            None
        } else if gone * 5 >= all * 4 {
            Some(Alert::Near)
        } else if gone * 2 >= all {
            Some(Alert::Half)
        } else {
            None
        }
    }

    /// The first day after today on which it has more to tell than it has now; for a last day that may still change with the
    /// calendar it is tomorrow.
    pub fn next_alert(&self, today: NaiveDate, calendar: &impl Classes) -> Option<NaiveDate> {
        let now = self.alert(today, calendar);
        let due = self.due(calendar)?;
        if now == Some(Alert::Over) {
            return None;
        }
        let tomorrow = today.succ_opt()?;
        if due.provisional {
            return Some(tomorrow);
        }
        let last = due.date.succ_opt()?;
        let mut days = tomorrow.iter_days().take_while(|day| *day <= last);
        days.find(|day| self.alert(*day, calendar) > now)
    }

    fn stands_still(&self, day: NaiveDate) -> bool {
        self.pauses.iter().any(|pause| pause.covers(day))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{Calendar, Unit};

    fn calendar() -> Calendar {
        Calendar::new(serde_json::from_str(include_str!("../../packs/cn/calendar.json")).unwrap()).unwrap()
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn clock(days: usize, begun: &str, pauses: &[(&str, Option<&str>)]) -> Clock {
        let pauses = pauses.iter().map(|(asked, came)| Pause { asked: date(asked), came: came.map(date) }).collect();
        Clock { limit: Limit::new(days, Unit::Working, false).unwrap(), begun: date(begun), pauses }
    }

    #[test]
    fn of_a_time_that_stands_still_no_more_is_gone_however_late_it_is() {
        let clock = clock(10, "2026-05-06", &[("2026-05-08", None)]);
        assert_eq!((clock.gone(date("2027-05-06"), &calendar()), clock.due(&calendar())), (2, None));
    }

    #[test]
    fn the_time_that_the_family_takes_is_not_the_offices() {
        let calendar = calendar();
        let due = |clock: &Clock| clock.due(&calendar).map(|due| due.date.to_string());
        let plain = clock(10, "2026-05-06", &[]);
        assert_eq!(due(&plain).unwrap(), "2026-05-19");
        // Asked on Monday, answered on Friday: Tuesday to Friday are not counted.
        let paused = clock(10, "2026-05-06", &[("2026-05-11", Some("2026-05-15"))]);
        assert_eq!(due(&paused).unwrap(), "2026-05-25");
        assert_eq!(due(&clock(10, "2026-05-06", &[("2026-05-11", None)])), None);
        let same_day = clock(10, "2026-05-06", &[("2026-05-11", Some("2026-05-11"))]);
        assert_eq!(due(&same_day), due(&plain), "what comes at once takes nothing");
        let twice = clock(10, "2026-05-06", &[("2026-05-11", Some("2026-05-13")), ("2026-05-12", Some("2026-05-15"))]);
        assert_eq!(due(&twice), due(&paused), "a day that two pauses cover is one day");
    }

    #[test]
    fn a_last_day_of_rest_does_not_move_into_the_time_that_the_family_takes() {
        let limit = Limit::new(10, Unit::Calendar, true).unwrap();
        let due =
            |pauses: Vec<Pause>| Clock { limit, begun: date("2026-05-06"), pauses }.due(&calendar()).unwrap().date;
        assert_eq!(due(Vec::new()), date("2026-05-18"), "a Saturday moves to Monday");
        // Asked on Sunday, answered on Wednesday.
        let pause = Pause { asked: date("2026-05-17"), came: Some(date("2026-05-20")) };
        assert_eq!(due(vec![pause]), date("2026-05-21"));
    }

    #[test]
    fn somebody_is_warned_at_half_at_four_fifths_on_the_last_day_and_after_it() {
        let (calendar, ten) = (calendar(), clock(10, "2026-05-06", &[]));
        for (today, alert) in [
            ("2026-05-06", None),
            ("2026-05-11", None),
            ("2026-05-12", Some(Alert::Half)),
            ("2026-05-14", Some(Alert::Half)),
            ("2026-05-15", Some(Alert::Near)),
            ("2026-05-18", Some(Alert::Near)),
            ("2026-05-19", Some(Alert::Due)),
            ("2026-05-20", Some(Alert::Over)),
        ] {
            assert_eq!(ten.alert(date(today), &calendar), alert, "{today}");
        }
        let at_once = clock(0, "2026-05-06", &[]);
        assert_eq!(at_once.alert(date("2026-05-05"), &calendar), None, "nothing has begun");
        assert_eq!(at_once.alert(date("2026-05-06"), &calendar), Some(Alert::Due));
        let waiting = clock(10, "2026-05-06", &[("2026-05-11", None)]);
        assert_eq!(waiting.alert(date("2026-09-01"), &calendar), None, "what waits for the family is not late");
    }

    proptest! {
        #[test]
        fn pauses_never_lose_a_day_and_never_make_it_due_earlier(
            offset in 0_u64..900, days in 0_usize..60, pauses in prop::collection::vec((0_u64..90, 0_u64..40), 0..4),
        ) {
            let calendar = calendar();
            let begun = date("2024-01-01") + Days::new(offset);
            let pause = |(after, long): (u64, u64)| {
                let asked = begun + Days::new(after);
                Pause { asked, came: Some(asked + Days::new(long)) }
            };
            let limit = Limit::new(days, Unit::Working, false).unwrap();
            let paused = Clock { limit, begun, pauses: pauses.into_iter().map(pause).collect() };
            let plain = Clock { pauses: Vec::new(), ..paused.clone() };
            let (due, without) = (paused.due(&calendar).unwrap().date, plain.due(&calendar).unwrap().date);
            prop_assert!(due >= without);
            prop_assert_eq!(paused.gone(due, &calendar), days);
            prop_assert!(days == 0 || !paused.stands_still(due));
        }

        #[test]
        fn no_day_passes_its_deadline_without_an_alert_before(offset in 0_u64..900, days in 2_usize..60) {
            let calendar = calendar();
            let begun = date("2024-01-01") + Days::new(offset);
            let clock = Clock { limit: Limit::new(days, Unit::Working, false).unwrap(), begun, pauses: Vec::new() };
            let due = clock.due(&calendar).unwrap().date;
            let alerts: Vec<_> = begun.iter_days().take_while(|day| *day <= due).map(|day| clock.alert(day, &calendar)).collect();
            prop_assert!(alerts.is_sorted() && alerts.last() == Some(&Some(Alert::Due)));
            prop_assert!(alerts.contains(&Some(Alert::Half)) || alerts.contains(&Some(Alert::Near)));
        }
    }
}
