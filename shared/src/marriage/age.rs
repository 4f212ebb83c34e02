//! The age from which a person may marry.

use chrono::{Months, NaiveDate};

use crate::identity::Sex;

/// Full years (周岁) from which a person may marry: men 22, women 20 (Civil Code Art 1047).
pub fn marriage_age(sex: Sex) -> u32 {
    match sex {
        Sex::Male => 22,
        Sex::Female => 20,
    }
}

/// The day on which a person born on `birth_date` reaches the marriage age.
///
/// Somebody born on 29 February reaches it, in a year without that day, on 28 February: a period
/// ends on the last day of the month when the matching day is missing (Civil Code Art 202).
pub fn may_marry_from(sex: Sex, birth_date: NaiveDate) -> NaiveDate {
    birth_date.checked_add_months(Months::new(marriage_age(sex) * 12)).unwrap_or(NaiveDate::MAX)
}

/// How a person's age stands to the marriage age on one day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum MarriageAge {
    /// Too young on that day; old enough on and after `from`.
    Under {
        from: NaiveDate,
    },
    /// The age is reached on that very day. Allowed here, but worth asking the registry about.
    ReachedThatDay,
    Reached,
}

/// Judges the age on the day of the appointment, which need not be today.
pub fn marriage_age_on(sex: Sex, birth_date: NaiveDate, date: NaiveDate) -> MarriageAge {
    let from = may_marry_from(sex, birth_date);
    match date.cmp(&from) {
        std::cmp::Ordering::Less => MarriageAge::Under { from },
        std::cmp::Ordering::Equal => MarriageAge::ReachedThatDay,
        std::cmp::Ordering::Greater => MarriageAge::Reached,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Datelike;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn men_may_marry_at_22_and_women_at_20() {
        let birth = date("2004-05-20");
        assert_eq!(may_marry_from(Sex::Male, birth), date("2026-05-20"));
        assert_eq!(may_marry_from(Sex::Female, birth), date("2024-05-20"));
    }

    #[test]
    fn the_birthday_itself_stands_apart() {
        let on = |day| marriage_age_on(Sex::Male, date("2004-05-20"), date(day));
        assert!(on("2026-05-19") == MarriageAge::Under { from: date("2026-05-20") });
        assert!(on("2026-05-20") == MarriageAge::ReachedThatDay);
        assert!(on("2026-05-21") == MarriageAge::Reached);
    }

    #[test]
    fn a_leap_day_child_reaches_the_age_on_the_last_of_february() {
        // 22 years after 2004 there is no 29 February; 20 years after there is.
        assert_eq!(may_marry_from(Sex::Male, date("2004-02-29")), date("2026-02-28"));
        assert_eq!(may_marry_from(Sex::Female, date("2004-02-29")), date("2024-02-29"));
        assert_eq!(may_marry_from(Sex::Male, date("2006-02-28")), date("2028-02-28"));
    }

    #[test]
    fn the_end_of_the_calendar_does_not_panic() {
        assert_eq!(may_marry_from(Sex::Male, NaiveDate::MAX), NaiveDate::MAX);
    }

    proptest! {
        #[test]
        fn the_age_is_reached_in_the_year_of_that_birthday_and_stays_reached(
            birth in -30_000_i32..30_000, later in 1_i32..20_000, male: bool
        ) {
            let sex = if male { Sex::Male } else { Sex::Female };
            let birth = NaiveDate::from_epoch_days(birth).unwrap();
            let from = may_marry_from(sex, birth);
            prop_assert_eq!(from.year(), birth.year() + i32::try_from(marriage_age(sex)).unwrap());
            let day = |offset: i32| from + chrono::TimeDelta::days(offset.into());
            prop_assert!(marriage_age_on(sex, birth, day(later)) == MarriageAge::Reached);
            let too_young = marriage_age_on(sex, birth, day(-later)) == MarriageAge::Under { from };
            prop_assert!(too_young);
        }
    }
}
