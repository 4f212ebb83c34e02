//! Civil dates as people type them: three boxes, or one text.

use chrono::{Datelike, NaiveDate};

use crate::field::{Asked, DatePart, Reason};
use crate::identity::clean::{is_dash, readable};

/// What stands in the three boxes of a date, as typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DateBoxes {
    pub year: String,
    pub month: String,
    pub day: String,
}

impl DateBoxes {
    /// Takes a stored date apart for showing it again, whatever it says.
    pub fn split(text: &str) -> Self {
        let mut parts = text.splitn(3, '-').map(|part| part.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        Self { year: next(), month: next(), day: next() }
    }

    /// `year-month-day`, or nothing when all three are empty; [`parse_date`] reads it.
    pub fn join(&self) -> String {
        // What stands beside the box is often typed into it as well.
        let units = [(&self.year, &['年'][..]), (&self.month, &['月']), (&self.day, &['日', '号'])];
        let boxes = units.map(|(part, unit)| part.trim().trim_end_matches(unit).trim_end().replace('-', ""));
        if boxes.iter().all(String::is_empty) { String::new() } else { boxes.join("-") }
    }
}

/// Reads `2004-02-29`, `2004-2-29`, `2004/2/29`, `2004.2.29`, `2004年2月29日` and `20040229`.
///
/// The year must have four digits and lie between `earliest` and `latest`.
pub fn parse_date(asked: &'static Asked, text: &str, earliest: i32, latest: i32) -> Result<NaiveDate, Reason> {
    let text = readable(asked, LIMIT, text)?;
    let [year, month, day] = three_parts(&text)?;
    let year = number(&year, DatePart::Year)?;
    let month = number(&month, DatePart::Month)?;
    let day = number(&day, DatePart::Day)?;
    let year = i32::try_from(year)
        .ok()
        .filter(|year| (earliest..=latest).contains(year))
        .ok_or(Reason::DateYear { earliest, latest })?;
    let last = last_day(year, month).ok_or(Reason::DateMonth)?;
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => Ok(date),
        None if (month, day) == (2, 29) => Err(Reason::NoLeapDay { year }),
        None => Err(Reason::DateDay { month, last }),
    }
}

/// Longest text that can be a date, in characters.
const LIMIT: usize = 20;

fn three_parts(text: &str) -> Result<[String; 3], Reason> {
    let digits = |range: std::ops::Range<usize>| text.get(range).map(str::to_owned);
    if text.len() == 8
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && let (Some(year), Some(month), Some(day)) = (digits(0..4), digits(4..6), digits(6..8))
    {
        return Ok([year, month, day]);
    }
    // A full stop or comma that was pasted with it.
    let text = text.trim_end_matches(['。', ',', ';']);
    let body = text.strip_suffix(['日', '号']).unwrap_or(text);
    let between = |c: char| is_dash(c) || matches!(c, '/' | '.' | '年' | '月');
    let mut parts: Vec<String> = body.split(between).map(|part| part.trim().to_owned()).collect();
    if parts.len() == 4 && body.ends_with('.') {
        parts.pop();
    }
    parts.try_into().map_err(|_| Reason::DateShape)
}

fn number(part: &str, which: DatePart) -> Result<u32, Reason> {
    if part.is_empty() {
        return Err(Reason::DatePartMissing(which));
    }
    if !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Reason::DateShape);
    }
    // Digits only, so all that can fail is a number too great for any date.
    Ok(part.parse().unwrap_or(u32::MAX))
}

/// `None` when there is no such month.
fn last_day(year: i32, month: u32) -> Option<u32> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    next.pred_opt().map(|last| last.day())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<NaiveDate, Reason> {
        parse_date(Asked::DATE, text, 1900, 2100)
    }

    #[test]
    fn a_date_may_be_typed_in_many_ways() {
        let leap_day = NaiveDate::from_ymd_opt(2004, 2, 29).unwrap();
        for text in [
            "2004-02-29",
            "2004-2-29",
            " 2004 / 2 / 29 ",
            "2004.02.29",
            "2004年2月29日",
            "2004 年 2 月 29 号",
            "20040229",
            "２００４－０２－２９",
            "2004-0002-29",
            "2004–02–29",
            "2004—2—29",
            "2004年2月29日。",
            "2004.2.29.",
        ] {
            assert_eq!(parse(text), Ok(leap_day), "{text}");
        }
    }

    #[test]
    fn the_part_that_cannot_be_is_named() {
        let year = Reason::DateYear { earliest: 1900, latest: 2100 };
        for (text, reason) in [
            ("", Reason::Missing(Asked::DATE)),
            ("-2-3", Reason::DatePartMissing(DatePart::Year)),
            ("2004--3", Reason::DatePartMissing(DatePart::Month)),
            ("2004-2-", Reason::DatePartMissing(DatePart::Day)),
            ("98-2-3", year.clone()),
            ("1899-12-31", year.clone()),
            ("2101-1-1", year.clone()),
            ("99999999999-1-1", year),
            ("2004-13-1", Reason::DateMonth),
            ("2004-0-1", Reason::DateMonth),
            ("2004-4-31", Reason::DateDay { month: 4, last: 30 }),
            ("2004-2-30", Reason::DateDay { month: 2, last: 29 }),
            ("2004-1-0", Reason::DateDay { month: 1, last: 31 }),
            ("2001-2-29", Reason::NoLeapDay { year: 2001 }),
            ("1900-2-29", Reason::NoLeapDay { year: 1900 }),
            ("yesterday", Reason::DateShape),
            ("2004-Feb-3", Reason::DateShape),
            ("2004-2-3-4", Reason::DateShape),
            ("2004-2-3\0", Reason::ControlCharacter),
        ] {
            assert_eq!(parse(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn three_boxes_become_one_text_and_three_boxes_again() {
        let boxes = DateBoxes { year: "2004".into(), month: String::new(), day: " 3".into() };
        assert_eq!(boxes.join(), "2004--3");
        let again = DateBoxes::split(&boxes.join());
        assert_eq!((again.year.as_str(), again.month.as_str()), ("2004", ""));
        assert_eq!(again.day, "3");
        assert_eq!(DateBoxes::default().join(), "");
        assert!(DateBoxes::split("") == DateBoxes::default());
    }

    #[test]
    fn a_unit_typed_into_its_box_is_no_part_of_the_number() {
        for [year, month, day] in [["1996年", "2月", "9日"], [" 1996 年", "２月 ", "9号"], ["1996", "2", "9"]] {
            let boxes = DateBoxes { year: year.into(), month: month.into(), day: day.into() };
            assert_eq!(parse(&boxes.join()), Ok(NaiveDate::from_ymd_opt(1996, 2, 9).unwrap()), "{}", boxes.join());
        }
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in any::<String>()) {
            let _ = parse(&text);
            let _ = DateBoxes::split(&text).join();
        }

        #[test]
        fn near_dates_never_panic(text in "[0-9年月日/. -]{0,14}") {
            let _ = parse(&text);
        }

        #[test]
        fn every_date_parses_back(days in 0i64..73_000) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::TimeDelta::days(days);
            prop_assert_eq!(parse(&date.to_string()), Ok(date));
            prop_assert_eq!(parse(&DateBoxes::split(&date.to_string()).join()), Ok(date));
        }
    }
}
