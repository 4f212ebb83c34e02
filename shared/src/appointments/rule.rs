//! How a service at a place takes bookings: dated data from a pack, never a constant in code.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::calendar::DAY_MINUTES;
use crate::localised::Localised;
use crate::source::Source;

/// Which days can be booked, from when, how long a time is held, and until when a booking can be given back.
///
/// "Natural days" (自然日) are civil days in Shanghai, worked or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookingRule {
    /// Natural days between the day of booking and the earliest day that can be booked.
    pub lead_days: u32,
    /// How far ahead the newest day lies.
    pub horizon: Horizon,
    /// Minute of the Shanghai day at which the newest day opens: 510 is 08:30.
    pub release_minute: u32,
    /// Natural days before the appointment on which it can last be cancelled; 0 is the day itself.
    pub cancel_cutoff_days: u32,
    /// The same for moving it to another time.
    pub reschedule_cutoff_days: u32,
    /// Minutes for which a hold keeps its place, and which each extension adds.
    pub hold_minutes: u32,
    /// Extensions of one hold.
    pub extensions: u8,
    /// When a place that was given back can be booked again.
    pub returns: ReturnDelay,
    /// What the place does about missed appointments, in its words; shown, not enforced here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub penalty: Option<Localised>,
    pub source: Source,
    /// The day on which somebody last compared this with its source.
    pub checked: NaiveDate,
    /// The first civil day on which this rule decides.
    pub valid_from: NaiveDate,
}

/// Distance from the day of release to the newest day that can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    Days(u32),
    /// Calendar months; a day that the target month lacks becomes its last day.
    Months(u32),
}

/// A random wait, in minutes, both ends included.
///
/// A cancelled place that came back at once could be handed to somebody who waits for it at that second; a random wait
/// makes cancelling and booking again useless as a trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReturnDelay {
    pub shortest: u32,
    pub longest: u32,
}

impl ReturnDelay {
    /// A wait to the second, drawn from a random number.
    pub fn draw(self, random: u64) -> TimeDelta {
        let (shortest, longest) = (u64::from(self.shortest) * 60, u64::from(self.longest) * 60);
        let seconds = shortest + random % (longest.saturating_sub(shortest) + 1);
        // A rule's check keeps this to a day.
        TimeDelta::seconds(i64::try_from(seconds).unwrap_or(0))
    }
}

/// Why a rule in a pack cannot be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    #[error("release_minute is a minute of the day: 0 to 1439")]
    ReleaseMinute,
    #[error("the horizon is 1 to 366 days or 1 to 12 months")]
    Horizon,
    #[error("lead_days leaves no day to book before the horizon")]
    Lead,
    #[error("a cut-off is at most 366 days")]
    Cutoff,
    #[error("a hold lasts 1 to 240 minutes and is extended at most 10 times")]
    Hold,
    #[error("a place comes back after a shortest to a longest wait of at most 1440 minutes")]
    Returns,
}

impl BookingRule {
    /// Checks that the figures can be meant; a pack is refused at start if they cannot.
    pub fn check(&self) -> Result<(), RuleError> {
        if self.release_minute >= DAY_MINUTES {
            return Err(RuleError::ReleaseMinute);
        }
        // The shortest distance that the horizon can have, for comparison with the lead.
        let shortest = match self.horizon {
            Horizon::Days(days @ 1..=366) => days,
            Horizon::Months(months @ 1..=12) => months * 28,
            _ => return Err(RuleError::Horizon),
        };
        if self.lead_days > shortest {
            return Err(RuleError::Lead);
        }
        if self.cancel_cutoff_days.max(self.reschedule_cutoff_days) > 366 {
            return Err(RuleError::Cutoff);
        }
        if !(1..=240).contains(&self.hold_minutes) || self.extensions > 10 {
            return Err(RuleError::Hold);
        }
        if self.returns.shortest > self.returns.longest || self.returns.longest > DAY_MINUTES {
            return Err(RuleError::Returns);
        }
        Ok(())
    }

    /// How long a hold keeps its place.
    pub fn hold(&self) -> TimeDelta {
        TimeDelta::minutes(self.hold_minutes.into())
    }

    /// The rule that decides on a civil day: the one that last came into force.
    pub fn in_force(rules: &[Self], on: NaiveDate) -> Option<&Self> {
        rules.iter().filter(|rule| rule.valid_from <= on).max_by_key(|rule| rule.valid_from)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rule set A: Shenzhen, at least 1 natural day ahead, 15 days, new days at 08:30.
    pub(crate) fn rule_a() -> BookingRule {
        BookingRule {
            lead_days: 1,
            horizon: Horizon::Days(15),
            release_minute: 8 * 60 + 30,
            cancel_cutoff_days: 1,
            reschedule_cutoff_days: 1,
            hold_minutes: 15,
            extensions: 2,
            returns: ReturnDelay { shortest: 5, longest: 60 },
            penalty: None,
            source: Source::of("深圳特区报"),
            checked: "2026-11-21".parse().unwrap(),
            valid_from: "2024-05-01".parse().unwrap(),
        }
    }

    /// Rule set B: Guangzhou, at least 1 natural day ahead, 1 month, new days at midnight.
    pub(crate) fn rule_b() -> BookingRule {
        BookingRule {
            horizon: Horizon::Months(1),
            release_minute: 0,
            cancel_cutoff_days: 2,
            reschedule_cutoff_days: 2,
            ..rule_a()
        }
    }

    #[test]
    fn both_known_rule_sets_pass_the_check() {
        assert_eq!(rule_a().check(), Ok(()));
        assert_eq!(rule_b().check(), Ok(()));
    }

    #[test]
    fn figures_that_cannot_be_meant_are_refused() {
        let mut rule = rule_a();
        rule.release_minute = 1440;
        assert_eq!(rule.check(), Err(RuleError::ReleaseMinute));

        for horizon in [Horizon::Days(0), Horizon::Days(367), Horizon::Months(0), Horizon::Months(13)] {
            let rule = BookingRule { horizon, ..rule_a() };
            assert_eq!(rule.check(), Err(RuleError::Horizon));
        }

        let mut rule = rule_a();
        rule.lead_days = 16;
        assert_eq!(rule.check(), Err(RuleError::Lead));

        let mut rule = rule_a();
        rule.cancel_cutoff_days = 367;
        assert_eq!(rule.check(), Err(RuleError::Cutoff));

        for (hold_minutes, extensions) in [(0, 2), (241, 2), (15, 11)] {
            let rule = BookingRule { hold_minutes, extensions, ..rule_a() };
            assert_eq!(rule.check(), Err(RuleError::Hold));
        }
        for (shortest, longest) in [(61, 60), (5, 1441)] {
            let rule = BookingRule { returns: ReturnDelay { shortest, longest }, ..rule_a() };
            assert_eq!(rule.check(), Err(RuleError::Returns));
        }
    }

    #[test]
    fn both_ends_of_the_wait_occur() {
        let wait = ReturnDelay { shortest: 5, longest: 60 };
        assert_eq!(wait.draw(0), TimeDelta::minutes(5));
        assert_eq!(wait.draw(3300), TimeDelta::minutes(60));
        assert_eq!(wait.draw(3301), TimeDelta::minutes(5));
    }

    proptest! {
        #[test]
        fn a_wait_lies_between_its_ends(random: u64, shortest in 0_u32..100, more in 0_u32..100) {
            let wait = ReturnDelay { shortest, longest: shortest + more };
            let drawn = wait.draw(random);
            prop_assert!(drawn >= TimeDelta::minutes(shortest.into()));
            prop_assert!(drawn <= TimeDelta::minutes((shortest + more).into()));
        }
    }

    #[test]
    fn the_rule_in_force_is_the_latest_that_has_begun() {
        let old = rule_a();
        let new = BookingRule { valid_from: "2027-01-01".parse().unwrap(), ..rule_b() };
        let rules = [new.clone(), old.clone()];
        let on = |text: &str| BookingRule::in_force(&rules, text.parse().unwrap());
        assert_eq!(on("2024-04-30"), None);
        assert_eq!(on("2024-05-01"), Some(&old));
        assert_eq!(on("2026-12-31"), Some(&old));
        assert_eq!(on("2027-01-01"), Some(&new));
    }

    #[test]
    fn a_rule_is_readable_data_and_a_misspelt_key_is_refused() {
        let text = r#"{"lead_days":1,"horizon":{"months":1},"release_minute":0,
            "cancel_cutoff_days":2,"reschedule_cutoff_days":2,
            "hold_minutes":15,"extensions":2,"returns":{"shortest":5,"longest":60},
            "source":{"title":"广州市民政局"},"checked":"2026-11-21","valid_from":"2022-01-01"}"#;
        let rule: BookingRule = serde_json::from_str(text).unwrap();
        assert_eq!(rule.horizon, Horizon::Months(1));
        assert!(serde_json::from_str::<BookingRule>(&text.replace("lead_days", "lead_day")).is_err());
    }
}
