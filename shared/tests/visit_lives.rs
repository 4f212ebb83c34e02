//! Random lives of a visit: no order of acts, undoings and clocks breaks the rules of the counter.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use shared::appointments::Service;
use shared::counter::{
    Act, Back, CounterId, Elsewhere, Ground, Outcome, Paper, Papers, Refusal, Step, UNDO_WITHIN, Visit, VisitState,
};
use shared::places::PlaceId;

fn at(seconds: i64) -> DateTime<Utc> {
    let nine: DateTime<Utc> = "2026-05-20T09:00:00+08:00".parse().expect("an instant");
    nine + TimeDelta::seconds(seconds)
}

fn any_counter() -> impl Strategy<Value = CounterId> {
    (1_i64..4).prop_map(CounterId)
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    let papers = Papers::new([Paper::named("photos")]).expect("one paper");
    prop_oneof![
        Just(Outcome::Registered),
        Just(Outcome::Refused { ground: Ground::named("under_age") }),
        Just(Outcome::ToReturn { papers }),
    ]
}

fn any_act() -> impl Strategy<Value = Act> {
    let place = PlaceId::parse("elsewhere").expect("an id");
    prop_oneof![
        Just(Act::Arrive),
        any_counter().prop_map(|counter| Act::Call { counter }),
        Just(Act::Serve),
        any_outcome().prop_map(Act::Finish),
        Just(Act::NoShow),
        Just(Act::Park),
        Just(Act::Back(Back::Hall)),
        any_counter().prop_map(|counter| Act::Back(Back::Counter { counter })),
        Just(Act::Left),
        any_counter().prop_map(|counter| Act::HandOver { counter }),
        Just(Act::Redirect(Elsewhere { place, service: Service::named("legal_advice") })),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![4 => any_act().prop_map(Step::Act), 1 => Just(Step::UNDO)]
}

/// Steps with the seconds that pass before each; sometimes the clock is set back.
fn any_steps() -> impl Strategy<Value = Vec<(Step, i64)>> {
    proptest::collection::vec((any_step(), prop_oneof![9 => 0_i64..40, 1 => -200_i64..0]), 0..60)
}

fn any_beginning() -> impl Strategy<Value = Visit> {
    prop_oneof![Just(Visit::booked(at(0), at(-90_000))), Just(Visit::walked_in(at(0), at(0)))]
}

proptest! {
    #[test]
    fn no_life_breaks_the_rules(beginning in any_beginning(), steps in any_steps()) {
        let mut now = at(0);
        let mut visit = beginning;
        for (step, passed) in steps {
            now += TimeDelta::seconds(passed);
            let before = visit.clone();
            let Ok(after) = before.take(before.version(), &step, now) else { continue };
            prop_assert_eq!(after.version(), before.version() + 1);
            prop_assert!(after.changed_at() >= before.changed_at(), "time never runs back");
            match &step {
                Step::Act(act) => {
                    prop_assert!(!before.state().is_over(), "{before:?} was over and led to {after:?}");
                    let offered = before.state().kind().acts();
                    prop_assert!(offered.contains(&act.kind()), "{act:?} was not offered");
                }
                Step::Undo(_) => prop_assert!(before.undoable(now).is_some()),
            }
            if let (Some(was), Some(is)) = (before.state().arrived_at(), after.state().arrived_at()) {
                prop_assert_eq!(was, is, "nobody loses the place of their arrival");
            }
            if let Some(counter) = after.state().counter() {
                let free = before.state().counter().is_none() || before.state().counter() == Some(counter);
                prop_assert!(free, "nobody goes from counter to counter without waiting between");
            }
            if matches!(after.state(), VisitState::Serving { .. }) {
                prop_assert!(before.state().counter().is_some() || matches!(step, Step::Undo(_)), "served uncalled");
            }
            visit = after;
        }
    }

    #[test]
    fn undoing_an_act_in_time_brings_back_exactly_the_state_before(
        beginning in any_beginning(), steps in any_steps(), act in any_act(), later in 0_i64..60_000,
    ) {
        let (visit, now) = lived(beginning, &steps);
        let Ok(acted) = visit.take(visit.version(), &Step::Act(act.clone()), now) else { return Ok(()) };
        let done_at = acted.changed_at();
        let undone = acted.take(acted.version(), &Step::UNDO, done_at + TimeDelta::milliseconds(later));
        let undone = undone.expect("within the minute");
        prop_assert_eq!(undone.state(), visit.state());
        prop_assert_eq!(undone.version(), visit.version() + 2, "what was undone stays in the record");
        let again = undone.take(undone.version(), &Step::Act(act), done_at + TimeDelta::milliseconds(later));
        prop_assert_eq!(again.expect("as before").state().kind(), acted.state().kind());
    }

    #[test]
    fn an_act_that_is_a_minute_old_stands_and_a_clock_set_back_makes_it_no_younger_than_it_was(
        beginning in any_beginning(), steps in any_steps(), act in any_act(), back in 0_i64..10_000,
    ) {
        let (visit, now) = lived(beginning, &steps);
        let Ok(acted) = visit.take(visit.version(), &Step::Act(act.clone()), now) else { return Ok(()) };
        let until = acted.changed_at() + UNDO_WITHIN;
        prop_assert_eq!(acted.undoable(until), None);
        let late = acted.take(acted.version(), &Step::UNDO, until);
        prop_assert_eq!(late, Err(Refusal::UndoTooLate { act: act.kind(), until }));
        let earlier = acted.changed_at() - TimeDelta::seconds(back);
        let undone = acted.take(acted.version(), &Step::UNDO, earlier).expect("no time has gone by");
        prop_assert_eq!(undone.changed_at(), acted.changed_at());
    }

    #[test]
    fn nothing_can_be_done_in_a_visit_that_is_over(
        beginning in any_beginning(), steps in any_steps(), act in any_act(), later in 0_i64..100_000,
    ) {
        let (visit, now) = lived(beginning, &steps);
        prop_assume!(visit.state().is_over());
        let refused = visit.take(visit.version(), &Step::Act(act), now + TimeDelta::seconds(later));
        prop_assert_eq!(refused, Err(Refusal::Over { state: visit.state().kind() }));
    }

    #[test]
    fn who_saw_another_version_changes_nothing(
        beginning in any_beginning(), steps in any_steps(), step in any_step(), seen in 0_u32..70,
    ) {
        let (visit, now) = lived(beginning, &steps);
        prop_assume!(seen != visit.version());
        let refused = visit.take(seen, &step, now);
        prop_assert_eq!(refused, Err(Refusal::Changed { state: visit.state().kind() }));
    }

    #[test]
    fn the_record_of_a_visit_makes_the_same_visit(beginning in any_beginning(), steps in any_steps()) {
        let (mut now, mut visit, mut record) = (at(0), beginning.clone(), Vec::new());
        for (step, passed) in steps {
            now += TimeDelta::seconds(passed);
            if let Ok(after) = visit.take(visit.version(), &step, now) {
                let written = serde_json::to_string(&step).expect("a step");
                record.push((serde_json::from_str::<Step>(&written).expect("the same step"), after.changed_at()));
                visit = after;
            }
        }
        let replayed = beginning.replay(record.iter().map(|(step, at)| (step, *at)));
        prop_assert_eq!(replayed, Ok(visit));
    }
}

/// A visit after all steps that were possible, and the time by then.
fn lived(beginning: Visit, steps: &[(Step, i64)]) -> (Visit, DateTime<Utc>) {
    let (mut now, mut visit) = (at(0), beginning);
    for (step, passed) in steps {
        now += TimeDelta::seconds(*passed);
        visit = visit.take(visit.version(), step, now).unwrap_or(visit);
    }
    (visit, now)
}

#[test]
fn slips_that_follow_each_other_are_undone_one_by_one() {
    let take = |visit: &Visit, step: Step, seconds| visit.take(visit.version(), &step, at(seconds)).expect("possible");
    let waiting = Visit::walked_in(at(0), at(0));
    let called = take(&waiting, Step::Act(Act::Call { counter: CounterId(1) }), 10);
    let gone = take(&called, Step::Act(Act::NoShow), 20);
    let undone = take(&gone, Step::UNDO, 30);
    assert_eq!(undone.state(), called.state());
    assert_eq!(take(&undone, Step::UNDO, 69).state(), waiting.state());
    let late = undone.take(undone.version(), &Step::UNDO, at(70));
    assert!(matches!(late, Err(Refusal::UndoTooLate { .. })), "the call is a minute old");
    let bare = take(&undone, Step::UNDO, 31);
    assert_eq!(bare.take(bare.version(), &Step::UNDO, at(32)), Err(Refusal::NothingToUndo));
}
