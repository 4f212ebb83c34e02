use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::calendar::Calendar;

fn calendar() -> Calendar {
    Calendar::new(serde_json::from_str(include_str!("../../../packs/cn/calendar.json")).unwrap()).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ends(from: &str, days: usize, unit: Unit, roll: bool) -> (String, bool) {
    let Deadline { date: last, provisional } = Limit::new(days, unit, roll).unwrap().ends(date(from), &calendar());
    (last.to_string(), provisional)
}

#[test]
fn working_days_pass_over_breaks_and_count_make_up_days() {
    for (from, days, last) in [
        // The Saturday before the Spring Festival is worked; the break lasts from the 15th to the 23rd.
        ("2026-02-10", 5, "2026-02-24"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-09-28", 10, "2026-10-16"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-05-09", 1, "2026-05-11"),
        ("2026-05-06", 0, "2026-05-06"),
        ("2026-05-02", 0, "2026-05-02"),
    ] {
        assert_eq!(ends(from, days, Unit::Working, false), (last.to_owned(), false), "{from} {days}");
        if days > 0 {
            assert_eq!(ends(from, days, Unit::Working, true).0, last, "a day that is worked rolls nowhere");
        }
    }
}

#[test]
fn a_last_day_of_rest_moves_only_where_a_rule_says_so() {
    for (from, days, last, rolled) in [
        ("2026-08-03", 60, "2026-10-02", "2026-10-08"),
        ("2026-05-04", 7, "2026-05-11", "2026-05-11"),
        // A Saturday that is worked is no day of rest.
        ("2026-05-02", 7, "2026-05-09", "2026-05-09"),
        ("2026-05-03", 7, "2026-05-10", "2026-05-11"),
        ("2024-02-28", 1, "2024-02-29", "2024-02-29"),
    ] {
        assert_eq!(ends(from, days, Unit::Calendar, false), (last.to_owned(), false), "{from} {days}");
        assert_eq!(ends(from, days, Unit::Calendar, true), (rolled.to_owned(), false), "{from} {days}");
    }
}

#[test]
fn what_counts_a_day_of_a_year_without_notice_may_change() {
    assert_eq!(ends("2026-12-30", 5, Unit::Working, false), ("2027-01-07".to_owned(), true));
    assert_eq!(ends("2026-12-30", 1, Unit::Working, false), ("2026-12-31".to_owned(), false));
    assert_eq!(ends("2026-12-31", 0, Unit::Working, false), ("2026-12-31".to_owned(), false));
    assert_eq!(ends("2026-12-31", 1, Unit::Calendar, false), ("2027-01-01".to_owned(), true));
    assert_eq!(ends("2027-06-01", 0, Unit::Calendar, false), ("2027-06-01".to_owned(), false), "nothing was counted");
    assert!(ends("2026-05-06", Limit::MOST, Unit::Working, true).1);
    assert_eq!(Limit::new(Limit::MOST + 1, Unit::Calendar, false), None);
}

#[test]
fn a_question_is_read_as_people_type_it_and_each_field_says_what_is_wrong() {
    let ask = |from: &str, days: &str, unit: &str, roll: &str| {
        let [from, days, unit, roll] = [from, days, unit, roll].map(str::to_owned);
        Question { from, days, unit, roll }.read()
    };
    let twenty = Limit::new(20, Unit::Working, false).unwrap();
    for (from, days) in [("2026-05-06", "20"), ("２０２６年５月６日", "２０"), (" 2026/5/6 ", "20 天")] {
        assert_eq!(ask(from, days, "working", ""), Ok((date("2026-05-06"), twenty)));
    }
    for (field, asked) in [
        ("from", ask("2026-02-30", "1", "working", "")),
        ("from", ask("", "1", "working", "")),
        ("days", ask("2026-05-06", "-1", "working", "")),
        ("days", ask("2026-05-06", "3651", "working", "")),
        ("days", ask("2026-05-06", "1.5", "working", "")),
        ("days", ask("2026-05-06", "", "working", "")),
        ("unit", ask("2026-05-06", "1", "weeks", "")),
        ("unit", ask("2026-05-06", "1", "", "")),
        ("roll", ask("2026-05-06", "1", "calendar", "maybe")),
    ] {
        let errors = asked.unwrap_err();
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), [field]);
    }
}

proptest! {
    #[test]
    fn as_many_worked_days_pass_as_the_limit_has(offset in 0_u64..2000, days in 0_usize..400) {
        let (calendar, from) = (calendar(), date("2023-06-01") + Days::new(offset));
        let last = Limit::new(days, Unit::Working, false).unwrap().ends(from, &calendar).date;
        let passed = from.iter_days().skip(1).take_while(|day| *day <= last).filter(|day| is_worked(*day, &calendar)).count();
        prop_assert_eq!(passed, days);
        prop_assert!(days == 0 || is_worked(last, &calendar));
    }

    #[test]
    fn a_rolled_last_day_is_the_first_worked_one_from_it_on(offset in 0_u64..2000, days in 0_usize..400) {
        let (calendar, from) = (calendar(), date("2023-06-01") + Days::new(offset));
        let [plain, rolled] = [false, true].map(|roll| Limit::new(days, Unit::Calendar, roll).unwrap().ends(from, &calendar).date);
        prop_assert_eq!(plain, from + Days::new(days.try_into().unwrap()));
        prop_assert!(is_worked(rolled, &calendar) && plain.iter_days().take_while(|day| *day < rolled).all(|day| !is_worked(day, &calendar)));
    }
}
