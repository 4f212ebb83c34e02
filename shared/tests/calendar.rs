//! The national calendar as shipped, and packs that contradict themselves.

use chrono::{Datelike, NaiveDate};
use shared::calendar::pack::{Break, CalendarPack, MakeUpDay, YearlyDay};
use shared::calendar::{Calendar, Classes, DayClass, DayKind, PackError};
use shared::localised::Localised;

fn pack() -> CalendarPack {
    serde_json::from_str(include_str!("../packs/cn/calendar.json"))
        .expect("the shipped pack is valid JSON of the pack's shape")
}

fn calendar() -> Calendar {
    Calendar::new(pack()).expect("the shipped pack does not contradict itself")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("tests write dates as YYYY-MM-DD")
}

/// The name of the day off in Chinese, `work` for a make-up day, or nothing for an ordinary day.
fn mark(calendar: &Calendar, text: &str) -> String {
    match calendar.day(date(text)).kind {
        DayKind::Workday => "workday".into(),
        DayKind::Weekend => "weekend".into(),
        DayKind::Holiday { name, .. } => name.zh,
        DayKind::MakeUpWorkday { holiday } => format!("{} work", holiday.zh),
    }
}

#[test]
fn every_day_of_2026_is_as_the_state_council_set_it() {
    let calendar = calendar();
    for (name, first, last) in [
        ("元旦", "2026-01-01", "2026-01-03"),
        ("春节", "2026-02-15", "2026-02-23"),
        ("清明节", "2026-04-04", "2026-04-06"),
        ("劳动节", "2026-05-01", "2026-05-05"),
        ("端午节", "2026-06-19", "2026-06-21"),
        ("中秋节", "2026-09-25", "2026-09-27"),
        ("国庆节", "2026-10-01", "2026-10-07"),
    ] {
        for day in date(first).iter_days().take_while(|day| *day <= date(last)) {
            assert_eq!(mark(&calendar, &day.to_string()), name, "{day}");
        }
    }
    let worked: Vec<String> = date("2026-01-01")
        .iter_days()
        .take_while(|day| day.year() == 2026)
        .filter(|day| matches!(calendar.day(*day).kind, DayKind::MakeUpWorkday { .. }))
        .map(|day| day.to_string())
        .collect();
    assert_eq!(worked, ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]);
    let off = date("2026-01-01")
        .iter_days()
        .take_while(|day| day.year() == 2026)
        .filter(|day| matches!(calendar.day(*day).kind, DayKind::Holiday { .. }))
        .count();
    assert_eq!(off, 3 + 9 + 3 + 5 + 3 + 3 + 7);
}

/// 全国年节及纪念日放假办法, article 2 as revised in 2024: 1, 4, 1, 2, 1, 1 and 3 days; and as it was before.
#[test]
fn the_days_of_each_festival_are_those_of_the_regulation() {
    let calendar = calendar();
    for year in 2024..=2027 {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let days = first.iter_days().take_while(|day| day.year() == year);
        for day in days {
            let lunar = calendar.lunar(day).map(|lunar| (lunar.month, lunar.day, lunar.leap));
            let tomorrow = day.succ_opt().and_then(|day| calendar.lunar(day)).map(|lunar| (lunar.month, lunar.day));
            let is_eve = tomorrow == Some((1, 1)) && year > 2024;
            let is_festival = is_eve
                || matches!(lunar, Some((1, 1..=3, false) | (5, 5, false) | (8, 15, false)))
                || matches!((day.month(), day.day()), (1 | 5 | 10, 1) | (10, 2 | 3))
                || (day.month(), day.day(), year > 2024) == (5, 2, true);
            let qingming = ["2024-04-04", "2025-04-04", "2026-04-05", "2027-04-05"].contains(&day.to_string().as_str());
            let is_statutory = calendar.class(day) == DayClass::StatutoryHoliday;
            assert_eq!(is_statutory, is_festival || qingming, "{day}");
        }
    }
}

#[test]
fn a_holiday_inside_another_break_keeps_its_name() {
    let calendar = calendar();
    assert_eq!(mark(&calendar, "2025-10-05"), "国庆节");
    assert_eq!(mark(&calendar, "2025-10-06"), "中秋节");
    assert_eq!(mark(&calendar, "2025-10-07"), "国庆节");
}

#[test]
fn ordinary_days_are_workdays_and_weekends() {
    let calendar = calendar();
    assert_eq!(mark(&calendar, "2026-05-20"), "workday");
    assert_eq!(mark(&calendar, "2026-05-23"), "weekend");
    assert!(!calendar.day(date("2026-05-20")).provisional);
}

#[test]
fn a_year_whose_notice_is_not_out_is_provisional_on_every_day() {
    let calendar = calendar();
    for (day, expected) in [
        ("2027-01-01", "元旦"),
        ("2027-02-05", "春节"),
        ("2027-02-08", "春节"),
        ("2027-02-09", "workday"),
        ("2027-04-05", "清明节"),
        ("2027-05-02", "劳动节"),
        ("2027-05-03", "workday"),
        ("2027-06-09", "端午节"),
        ("2027-09-15", "中秋节"),
        ("2027-10-03", "国庆节"),
        ("2027-10-09", "weekend"),
    ] {
        assert_eq!(mark(&calendar, day), expected, "{day}");
        assert!(calendar.day(date(day)).provisional);
    }
}

#[test]
fn a_year_that_no_pack_knows_has_weekends_and_the_fixed_days() {
    let calendar = calendar();
    assert_eq!(mark(&calendar, "2031-10-01"), "国庆节");
    assert_eq!(mark(&calendar, "2031-05-02"), "劳动节");
    assert_eq!(mark(&calendar, "2031-05-03"), "weekend");
    assert_eq!(mark(&calendar, "1999-12-31"), "workday");
    for far in [NaiveDate::MIN, NaiveDate::MAX] {
        assert!(calendar.day(far).provisional && calendar.is_provisional(far));
    }
    for day in [date("2026-01-01"), date("2031-01-01")].into_iter().flat_map(|first| first.iter_days().take(365)) {
        assert_eq!(calendar.class(day), calendar.day(day).kind.class(), "{day}");
    }
    let answer = calendar.answer(date("2031-10-01"));
    assert!(answer.source.title.contains("全国年节及纪念日放假办法"));
}

#[test]
fn a_new_year_break_may_begin_in_the_december_before() {
    let mut pack = pack();
    let name = Localised::new("元旦", "New Year's Day");
    pack.years[3].holidays[0] = Break { name, from: date("2026-12-31"), to: date("2027-01-02"), statutory: Vec::new() };
    let calendar = Calendar::new(pack).unwrap();
    assert_eq!(mark(&calendar, "2026-12-31"), "元旦");
    assert_eq!(mark(&calendar, "2026-12-30"), "workday");
}

#[test]
fn hot_dates_are_marked_with_their_reason() {
    let calendar = calendar();
    for day in [
        "2026-02-14",
        "2026-05-20",
        "2026-05-21",
        "2026-08-19",
        "2026-09-09",
        "2026-10-10",
        "2026-11-11",
        "2026-12-12",
        "2027-08-08",
        "2040-05-20",
    ] {
        assert!(calendar.hot(date(day)).is_some(), "{day}");
    }
    assert_eq!(calendar.hot(date("2026-08-19")).unwrap().name.zh, "七夕");
    assert_eq!(calendar.hot(date("2027-08-19")), None);
    assert_eq!(calendar.hot(date("2026-05-19")), None);
}

#[test]
fn a_hot_date_can_be_a_make_up_workday() {
    let day = calendar().day(date("2026-02-14"));
    assert!(day.hot.is_some());
    assert!(day.kind.is_worked());
}

#[test]
fn the_answer_on_the_wire_names_its_source() {
    let json = serde_json::to_string(&calendar().answer(date("2026-01-04"))).unwrap();
    assert_eq!(
        json,
        r#"{"day":{"date":"2026-01-04","kind":{"type":"make_up_workday","holiday":{"zh":"元旦","en":"New Year's Day"}},"provisional":false},"source":{"title":"国务院办公厅关于2026年部分节假日安排的通知（2025-11-04）","url":"https://politics.gmw.cn/2025-11/04/content_38391083.htm"},"checked":"2026-11-21"}"#
    );
}

#[test]
fn a_pack_that_contradicts_itself_is_refused() {
    let name = || Localised::new("测试", "Test");
    let refused = |change: &dyn Fn(&mut CalendarPack)| {
        let mut pack = pack();
        change(&mut pack);
        Calendar::new(pack).unwrap_err()
    };
    let pause = |from: &str, to: &str| Break { name: name(), from: date(from), to: date(to), statutory: Vec::new() };

    assert_eq!(
        refused(&|pack| pack.years[0].year = 2025),
        PackError::WrongYear { year: 2025, date: date("2024-01-01") }
    );
    assert_eq!(
        refused(&|pack| {
            pack.years[2].year = 2025;
            pack.years[2].holidays.clear();
            pack.years[2].make_up_workdays.clear();
        }),
        PackError::YearTwice(2025)
    );
    assert_eq!(
        refused(&|pack| pack.years[2].holidays.push(pause("2026-07-05", "2026-07-04"))),
        PackError::Break(date("2026-07-05"))
    );
    assert_eq!(
        refused(&|pack| pack.years[2].holidays.push(pause("2026-07-01", "9999-01-01"))),
        PackError::Break(date("2026-07-01"))
    );
    assert_eq!(
        refused(&|pack| pack.years[2].holidays[0].statutory.push(date("2026-01-04"))),
        PackError::StatutoryOutside(date("2026-01-04"))
    );
    assert_eq!(
        refused(&|pack| pack.years[2].holidays.push(pause("2026-01-03", "2026-01-03"))),
        PackError::DateTwice(date("2026-01-03"))
    );
    assert_eq!(
        refused(&|pack| {
            let monday = MakeUpDay { date: date("2026-07-06"), holiday: name() };
            pack.years[2].make_up_workdays.push(monday);
        }),
        PackError::MakeUpOnWeekday(date("2026-07-06"))
    );
    assert_eq!(
        refused(&|pack| pack.fixed_holidays.days.push(YearlyDay { month: 2, day: 30, name: name() })),
        PackError::NoSuchDay { month: 2, day: 30 }
    );
    assert_eq!(
        refused(&|pack| pack.hot_dates.dated.push(pack.hot_dates.dated[0].clone())),
        PackError::DateTwice(date("2024-08-10"))
    );
}

#[test]
fn lunar_dates_fall_on_the_known_festivals() {
    let calendar = calendar();
    for (civil, lunar) in [
        ("2024-02-10", "正月初一"),
        ("2025-01-29", "正月初一"),
        ("2026-02-17", "正月初一"),
        ("2027-02-06", "正月初一"),
        ("2030-02-03", "正月初一"),
        ("2026-02-16", "腊月廿九"),
        ("2026-08-19", "七月初七"),
        ("2026-09-25", "八月十五"),
        ("2025-07-25", "闰六月初一"),
        ("2025-06-25", "六月初一"),
        ("2028-06-23", "闰五月初一"),
        ("2028-07-22", "六月初一"),
    ] {
        let named = calendar.lunar(date(civil)).map(|day| day.month_name() + &day.day_name());
        assert_eq!(named.as_deref(), Some(lunar), "{civil}");
    }
    assert_eq!(calendar.lunar(date("2024-02-09")), None);
}

#[test]
fn every_shipped_qixi_is_the_seventh_of_the_seventh_lunar_month() {
    let calendar = calendar();
    for hot in pack().hot_dates.dated.iter().filter(|hot| hot.name.zh == "七夕") {
        let day = calendar.lunar(hot.date).map(|day| (day.month, day.day, day.leap));
        assert_eq!(day, Some((7, 7, false)), "{}", hot.date);
    }
}
