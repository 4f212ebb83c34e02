//! What holds whatever the rules are.

use proptest::prelude::*;

use super::*;

fn any_span() -> impl Strategy<Value = Span> {
    (0..1440_u32, 1..1440_u32).prop_map(|(opens, length)| {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        Span { opens: clock(opens), closes: clock(opens + length) }
    })
}

/// A status with the times that it may have.
fn any_status() -> impl Strategy<Value = (Status, Vec<Span>)> {
    prop_oneof![
        4 => any_span().prop_map(|span| (Status::Open, vec![span])),
        1 => any_span().prop_map(|span| (Status::ByAppointment, vec![span])),
        1 => Just((Status::ByAppointment, Vec::new())),
        1 => Just((Status::Closed, Vec::new())),
        1 => Just((Status::Unknown, Vec::new())),
    ]
}

/// Beside those of a week: a class, an nth weekday, a date.
fn any_other() -> impl Strategy<Value = Rule> {
    let classes = [
        DayClass::StatutoryHoliday,
        DayClass::RestOfHoliday,
        DayClass::MakeUpWorkday,
        DayClass::Workday,
        DayClass::Weekend,
    ];
    let on = prop_oneof![
        prop::sample::select(classes.to_vec()).prop_map(|class| On::Classes(vec![class])),
        (1..=7_u32, 1..=4_i32).prop_map(|(weekday, nth)| On::NthWeekday { weekday, nth }),
        (0..80_i64).prop_map(|day| On::Dates(vec![first_day() + TimeDelta::days(day)])),
    ];
    let season = prop::option::of(0..80_i64);
    (on, any_status(), season).prop_map(|(on, (status, spans), season)| {
        let from = season.map(|day| first_day() + TimeDelta::days(day));
        Rule { spans, from, to: from.map(|from| from + TimeDelta::days(20)), ..rule(on, status, "") }
    })
}

/// A closure, or other hours over some days.
fn any_change() -> impl Strategy<Value = Change> {
    let reason = || Localised::new("停电", "Power cut");
    let at = |minute: i64| time("2026-04-01 00:00") + TimeDelta::minutes(minute);
    let closed = (0..100_000_i64, 1..5_000_i64).prop_map(move |(from, length)| Change {
        from: at(from),
        to: at(from + length),
        kind: ChangeKind::Closed,
        reason: reason(),
    });
    let hours = (0..70_i64, 1..4_i64, any_span()).prop_map(move |(from, days, span)| Change {
        from: at(from * 1440),
        to: at((from + days) * 1440),
        kind: ChangeKind::Hours(vec![span]),
        reason: reason(),
    });
    prop_oneof![closed, hours]
}

fn first_day() -> NaiveDate {
    "2026-04-01".parse().unwrap()
}

/// Any rules and changes that were not written to be anything.
fn any_hours() -> impl Strategy<Value = Hours> {
    let week = prop::collection::vec(any_status(), 7).prop_map(|week| {
        let each = (1..).zip(week);
        each.map(|(weekday, (status, spans))| Rule { spans, ..rule(days([weekday]), status, "") }).collect::<Vec<_>>()
    });
    let (others, changes) = (prop::collection::vec(any_other(), 0..3), prop::collection::vec(any_change(), 0..3));
    let all = (week, others, changes);
    all.prop_filter_map("rules that contradict each other", |(week, others, changes)| {
        let rules: Vec<Rule> = week.into_iter().chain(others).collect();
        Hours::read(&rules, changes).ok()
    })
}

fn opens(state: State) -> bool {
    matches!(state, State::Open | State::ByAppointment)
}

proptest! {
    #[test]
    fn what_is_said_of_an_instant_holds_until_the_instant_that_is_named(hours in any_hours(), minute in 0..100_000_i64) {
        let calendar = calendar();
        let at = |at| hours.at(at, None, &calendar);
        let now = time("2026-04-01 00:00") + TimeDelta::minutes(minute);
        let said = at(now);
        match said.state {
            State::Open | State::ByAppointment => {
                if let Some(until) = said.until {
                    let before = at(until - TimeDelta::seconds(1));
                    prop_assert_eq!((before.state, before.until), (said.state, said.until));
                    prop_assert!(until > now && (said.state == State::ByAppointment || at(until).state != State::Open));
                }
            }
            State::Closed | State::Unknown => prop_assert_eq!(said.until, None),
        }
        if let Some(next) = said.next {
            prop_assert!(next > now);
            prop_assert!(opens(at(next).state));
        }
    }

    #[test]
    fn between_now_and_what_is_named_as_next_it_opens_for_nobody_and_no_day_is_unknown(
        hours in any_hours(), minute in 0..100_000_i64, part in 0.0..1.0_f64,
    ) {
        let calendar = calendar();
        let now = time("2026-04-01 00:00") + TimeDelta::minutes(minute);
        let said = hours.at(now, None, &calendar);
        if let Some(next) = said.next {
            let after = said.until.unwrap_or(now);
            #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "minutes of a year")]
            let way = ((next - after).num_minutes() as f64 * part) as i64;
            let between = hours.at(after + TimeDelta::minutes(way), None, &calendar);
            let is_asked = between.state == State::ByAppointment && between.until.is_none();
            prop_assert!(next == after || between.state == State::Closed || is_asked, "{:?}", between);
            let unknown = now.date().iter_days().skip(1).take_while(|day| *day < next.date());
            let unknown: Vec<_> =
                unknown.filter(|day| hours.day(*day, None, &calendar).status == Status::Unknown).collect();
            prop_assert_eq!(unknown, Vec::<NaiveDate>::new());
        }
    }

    #[test]
    fn a_week_shows_every_minute_as_the_instant_says_it(hours in any_hours(), minute in 1_440..100_000_i64) {
        let calendar = calendar();
        let now = time("2026-04-01 00:00") + TimeDelta::minutes(minute);
        let (today, eve) = (now.date(), now.date().pred_opt().unwrap());
        let of_day = u32::try_from(minute % 1440).unwrap();
        let shows = |date, minute: u32, status: Status| {
            let day = hours.day(date, None, &calendar);
            day.status == status && day.spans.iter().any(|(from, to)| (*from..*to).contains(&minute))
        };
        let shows = |status| shows(today, of_day, status) || shows(eve, of_day + 1440, status);
        let state = hours.at(now, None, &calendar).state;
        prop_assert_eq!(state == State::Open, shows(Status::Open));
        prop_assert!(!shows(Status::ByAppointment) || opens(state));
    }

    #[test]
    fn a_day_that_nobody_knows_is_closed_at_no_minute(minute in 0..1440_i64, weekday in 1..=7_u32) {
        let hours = read(&[rule(days([weekday]), Status::Unknown, ""), closed(days((1..=7).filter(|day| *day != weekday)))]);
        let monday: NaiveDate = "2026-05-11".parse().unwrap();
        let at = monday.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::from(weekday - 1) * 1440 + minute);
        prop_assert_eq!(hours.at(at, None, &calendar()).state, State::Unknown);
    }
}
