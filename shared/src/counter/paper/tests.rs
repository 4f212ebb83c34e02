use proptest::prelude::*;

use super::*;
use crate::counter::{Step, VisitState};

fn at(time: &str) -> DateTime<Utc> {
    format!("2026-05-20T{time}+08:00").parse().unwrap()
}

fn booked() -> Visit {
    Visit::booked(at("09:00:00"), "2026-05-13T02:00:00Z".parse().unwrap())
}

fn line(ending: Ending, times: [Option<&str>; 3]) -> Written {
    let [arrived, called, ended] = times.map(|time| time.map(|time| at(&format!("{time}:00"))));
    Written { ending, arrived, called, counter: called.map(|_| CounterId(3)), ended }
}

fn done() -> Ending {
    Ending::Finished(Outcome::Registered)
}

/// What the acts make of a visit, each at its time.
fn taken(visit: &Visit, written: &Written) -> Visit {
    let acts = written.acts(visit, at("18:00:00")).unwrap();
    acts.into_iter().fold(visit.clone(), |visit, (act, at)| visit.take(visit.version(), &Step::Act(act), at).unwrap())
}

fn codes(visit: &Visit, written: &Written) -> Vec<(String, &'static str)> {
    let errors = written.acts(visit, at("18:00:00")).unwrap_err();
    errors.iter().map(|error| (error.field.clone(), error.reason.code())).collect()
}

#[test]
fn a_line_is_read_as_the_acts_that_it_tells_of() {
    let visit = taken(&booked(), &line(done(), [Some("08:50"), Some("09:05"), Some("09:25")]));
    assert_eq!(visit.state(), &VisitState::Finished(Outcome::Registered));
    assert_eq!((visit.version(), visit.changed_at()), (4, at("09:25:00")));
    let gone = taken(&booked(), &line(Ending::Left, [Some("08:50"), None, Some("09:40")]));
    assert_eq!((gone.state(), gone.version()), (&VisitState::Left, 2));
    let never = taken(&booked(), &line(Ending::NoShow, [None, None, None]));
    assert_eq!((never.state(), never.changed_at()), (&VisitState::NoShow, at("09:00:00")));
    let called = taken(&booked(), &line(Ending::NoShow, [Some("08:50"), Some("09:05"), None]));
    assert_eq!((called.state(), called.version()), (&VisitState::NoShow, 3));
    let waits = taken(&booked(), &line(Ending::Waiting, [Some("08:50"), None, None]));
    assert_eq!(waits.state().arrived_at(), Some(at("08:50:00")));
}

#[test]
fn a_visit_goes_on_from_where_the_portal_left_it() {
    let arrived = booked().take(0, &Step::Act(Act::Arrive), at("08:50:30")).unwrap();
    let served = taken(&arrived, &line(done(), [None, Some("08:50"), Some("09:10")]));
    assert_eq!(served.version(), 4, "the same minute is not before it");
    let called = arrived.take(1, &Step::Act(Act::Call { counter: CounterId(5) }), at("08:55:00")).unwrap();
    let mut finished = line(done(), [None, None, Some("09:10")]);
    finished.counter = None;
    assert_eq!(taken(&called, &finished).state().kind(), StateName::Finished, "the counter is known");
    let early = line(done(), [None, Some("08:40"), Some("09:10")]);
    assert_eq!(codes(&arrived, &early), [("called".to_owned(), "paper_before_arrival")]);
    let before = Written { ended: Some(at("08:54:00")), ..finished };
    assert_eq!(codes(&called, &before), [("ended".to_owned(), "paper_before_record")]);
}

#[test]
fn what_is_missing_or_cannot_be_is_said_at_its_field() {
    let empty = Written { counter: None, ..line(done(), [None, None, None]) };
    let fields: Vec<_> = codes(&booked(), &empty).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["arrived", "counter", "called", "ended"]);
    let back = line(done(), [Some("09:30"), Some("09:10"), Some("09:40")]);
    assert_eq!(codes(&booked(), &back), [("called".to_owned(), "paper_order")]);
    let future = line(done(), [Some("09:30"), Some("09:40"), Some("18:01")]);
    assert_eq!(codes(&booked(), &future), [("ended".to_owned(), "paper_future")]);
    let early = line(Ending::NoShow, [None, None, Some("08:59")]);
    assert_eq!(codes(&booked(), &early)[0].1, "paper_not_yet");
    let waits = line(Ending::Waiting, [Some("08:50"), Some("09:00"), None]);
    assert_eq!(codes(&booked(), &waits), [("called".to_owned(), "paper_still_waiting")]);
    let mut other = line(done(), [Some("08:50"), Some("09:05"), Some("09:25")]);
    other.arrived = Some(at("08:50:00") - TimeDelta::days(1));
    assert_eq!(codes(&booked(), &other)[0].1, "paper_other_day");
}

proptest! {
    #[test]
    fn times_never_run_back_and_nothing_is_of_another_day(
        times in proptest::array::uniform3(proptest::option::of(0_i64..1440)), seat in any::<bool>(), which in 0..4_usize,
    ) {
        let [arrived, called, ended] = times.map(|minute| minute.map(|minute| at("00:00:00") + TimeDelta::minutes(minute)));
        let ending = [Ending::NoShow, Ending::Waiting, Ending::Left, done()][which].clone();
        let written = Written { ending, arrived, called, counter: seat.then_some(CounterId(1)), ended };
        if let Ok(acts) = written.acts(&booked(), at("18:00:00")) {
            let mut visit = booked();
            for (act, at) in acts {
                prop_assert!(visit.changed_at() <= at && shanghai_date(at) == shanghai_date(visit.starts_at()));
                let next = visit.take(visit.version(), &Step::Act(act), at);
                prop_assert!(next.is_ok(), "{next:?}");
                visit = next.unwrap();
                prop_assert_eq!(visit.changed_at(), at, "no clock was set back");
            }
        }
    }
}
