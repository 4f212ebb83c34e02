//! Random lives of a visit: no order of acts, undoings and clocks breaks the rules of the counter.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use shared::appointments::Service;
use shared::calendar::shanghai_date;
use shared::counter::{
    Act, Back, CounterId, Elsewhere, Ended, Ground, Outcome, Paper, Papers, Refusal, Step, UNDO_WITHIN, Visit,
    VisitState,
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
        prop_oneof![Just(Act::GivePriority), Just(Act::EndPriority)],
        any_counter().prop_map(|counter| Act::HandOver { counter }),
        Just(Act::Redirect(Elsewhere { place, service: Service::named("legal_advice") })),
        Just(Act::Release),
        any_ended().prop_map(|to| Act::Correct { to }),
    ]
}

fn any_mark() -> impl Strategy<Value = Act> {
    let place = PlaceId::parse("elsewhere").expect("an id");
    let redirect = Act::Redirect(Elsewhere { place, service: Service::named("legal_advice") });
    prop_oneof![Just(Act::Left), Just(Act::NoShow), Just(redirect)]
}

fn any_ended() -> impl Strategy<Value = Ended> {
    prop_oneof![any_outcome().prop_map(Ended::Finished), Just(Ended::NoShow), Just(Ended::Left)]
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
                Step::Act(Act::Correct { to }) => {
                    prop_assert!(before.state().is_over() && after.state().is_over(), "{before:?} led to {after:?}");
                    prop_assert_eq!(&VisitState::from(to.clone()), after.state());
                    prop_assert!(before.undoable(now).is_none(), "it could have been undone");
                }
                Step::Act(Act::Release) => {
                    prop_assert!(before.state().arrived_at().is_some(), "{before:?} was not in the hall");
                    prop_assert_eq!(after.state(), &VisitState::Left);
                }
                Step::Act(Act::Arrive) if let Some(back) = before.back_as(now.max(before.changed_at())) => {
                    prop_assert_eq!(after.state(), &back);
                }
                Step::Act(act) => {
                    prop_assert!(!before.state().is_over(), "{before:?} was over and led to {after:?}");
                    let offered = before.state().kind().acts();
                    prop_assert!(offered.contains(&act.kind()), "{act:?} was not offered");
                }
                Step::Undo(_) => prop_assert!(before.undoable(now).is_some()),
            }
            let is_about_priority = matches!(step, Step::Act(Act::GivePriority | Act::EndPriority) | Step::Undo(_));
            prop_assert!(is_about_priority || after.priority() == before.priority(), "{step:?} changed it beside");
            prop_assert!(!after.priority() || *after.state() != VisitState::Booked, "nobody has it who has not come");
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
        let done_at = acted.last().expect("it was done").at;
        let undone = acted.take(acted.version(), &Step::UNDO, done_at + TimeDelta::milliseconds(later));
        let undone = undone.expect("within the minute");
        prop_assert_eq!((undone.state(), undone.priority()), (visit.state(), visit.priority()));
        prop_assert_eq!(undone.version(), visit.version() + 2, "what was undone stays in the record");
        let again = undone.take(undone.version(), &Step::Act(act), done_at + TimeDelta::milliseconds(later));
        // Where the clock was set back, the act before may have become fresh by then.
        prop_assume!(!matches!(again, Err(Refusal::UndoInstead { .. })));
        prop_assert_eq!(again.expect("as before").state().kind(), acted.state().kind());
    }

    #[test]
    fn a_clock_that_was_set_back_leaves_an_act_its_minute_and_no_more(
        beginning in any_beginning(), steps in any_steps(), act in any_act(), back in 0_i64..10_000,
    ) {
        let (visit, now) = lived(beginning, &steps);
        let set_back = now - TimeDelta::seconds(back);
        let Ok(acted) = visit.take(visit.version(), &Step::Act(act), set_back) else { return Ok(()) };
        prop_assert_eq!(acted.undoable(set_back).map(|(_, until)| until), Some(set_back + UNDO_WITHIN));
        prop_assert_eq!(acted.undoable(set_back + UNDO_WITHIN), None);
    }

    #[test]
    fn a_line_of_paper_is_undone_as_one_and_leaves_the_visit_as_it_was(
        beginning in any_beginning(), steps in any_steps(), line in proptest::collection::vec(any_act(), 1..6),
        entered in 0_i64..100_000,
    ) {
        let (before, now) = lived(beginning, &steps);
        let mut visit = before.clone();
        for act in line {
            visit = visit.take(visit.version(), &Step::Act(act), now).unwrap_or(visit);
        }
        let entered_at = now + TimeDelta::seconds(entered);
        let (state, version) = (visit.state().clone(), visit.version());
        let visit = visit.entered(&before, entered_at);
        prop_assert_eq!((visit.state(), visit.version()), (&state, version));
        prop_assume!(version > before.version());
        let undone = visit.take(version, &Step::UNDO, entered_at + TimeDelta::seconds(59)).expect("within the minute");
        prop_assert_eq!((undone.state(), undone.changed_at()), (before.state(), before.changed_at()));
        prop_assert_eq!(undone.priority(), before.priority());
        prop_assert_eq!(undone.last(), before.last());
        let late = visit.take(version, &Step::UNDO, entered_at + UNDO_WITHIN);
        prop_assert!(matches!(late, Err(Refusal::UndoTooLate { .. })), "{late:?}");
    }

    #[test]
    fn an_act_that_is_a_minute_old_stands_and_so_does_one_that_a_clock_set_back_makes_younger(
        beginning in any_beginning(), steps in any_steps(), act in any_act(), back in 0_i64..60,
        further in 60_i64..10_000,
    ) {
        let (visit, now) = lived(beginning, &steps);
        let Ok(acted) = visit.take(visit.version(), &Step::Act(act.clone()), now) else { return Ok(()) };
        let until = acted.last().expect("it was done").at + UNDO_WITHIN;
        prop_assert_eq!(acted.undoable(until), None);
        let late = acted.take(acted.version(), &Step::UNDO, until);
        prop_assert_eq!(late, Err(Refusal::UndoTooLate { act: act.kind(), until }));
        let long_before = until - UNDO_WITHIN - TimeDelta::seconds(further);
        prop_assert_eq!(acted.undoable(long_before), None);
        let set_back = acted.take(acted.version(), &Step::UNDO, long_before);
        prop_assert_eq!(set_back, Err(Refusal::UndoTooLate { act: act.kind(), until }));
        // The clocks of two servers may differ by so much.
        let earlier = until - UNDO_WITHIN - TimeDelta::seconds(back);
        let undone = acted.take(acted.version(), &Step::UNDO, earlier).expect("no time has gone by");
        prop_assert_eq!(undone.changed_at(), acted.changed_at());
    }

    #[test]
    fn nothing_but_putting_its_end_right_or_coming_back_can_be_done_in_a_visit_that_is_over(
        beginning in any_beginning(), steps in any_steps(), act in any_act(), later in 0_i64..100_000,
    ) {
        let (visit, now) = lived(beginning, &steps);
        prop_assume!(visit.state().is_over() && !matches!(act, Act::Correct { .. }));
        // Whoever booked and was marked as gone or as a no-show, or sent on, today comes back.
        let then = (now + TimeDelta::seconds(later)).max(visit.changed_at());
        prop_assume!(act != Act::Arrive || visit.back_as(then).is_none());
        let refused = visit.take(visit.version(), &Step::Act(act), now + TimeDelta::seconds(later));
        prop_assert_eq!(refused, Err(Refusal::Over { state: visit.state().kind() }));
    }

    #[test]
    fn who_booked_and_was_marked_as_gone_or_a_no_show_or_sent_on_is_back_on_that_day_in_the_place_of_their_arrival(
        beginning in any_beginning(), steps in any_steps(),
        mark in any_mark(), later in 0_i64..100_000,
    ) {
        let is_booked = *beginning.state() == VisitState::Booked;
        let (visit, now) = lived(beginning, &steps);
        let Ok(marked) = visit.take(visit.version(), &Step::Act(mark), now) else { return Ok(()) };
        let then = marked.changed_at() + TimeDelta::seconds(later);
        let back = marked.take(marked.version(), &Step::Act(Act::Arrive), then);
        if !is_booked || shanghai_date(then) != shanghai_date(at(0)) {
            prop_assert_eq!(back, Err(Refusal::Over { state: marked.state().kind() }));
            return Ok(());
        }
        let back = back.expect("they stand at the desk");
        let arrived_at = visit.state().arrived_at().unwrap_or(then);
        prop_assert_eq!(back.state(), &VisitState::Arrived { arrived_at, waits_for: None });
        prop_assert_eq!(back.priority(), visit.priority());
        let undone = back.take(back.version(), &Step::UNDO, then).expect("within the minute");
        prop_assert_eq!(undone.state(), marked.state());
    }

    #[test]
    fn an_end_is_put_right_once_it_can_no_longer_be_undone_and_that_can_be_undone_itself(
        beginning in any_beginning(), steps in any_steps(), to in any_ended(), later in 0_i64..100_000,
    ) {
        let (visit, now) = lived(beginning, &steps);
        let now = now.max(visit.changed_at()) + TimeDelta::seconds(later);
        let corrected = visit.take(visit.version(), &Step::Act(Act::Correct { to: to.clone() }), now);
        let goes_on = matches!(visit.state(), VisitState::Redirected(_));
        match corrected {
            Ok(corrected) => {
                prop_assert!(visit.state().is_over() && !goes_on && visit.undoable(now).is_none());
                let undone = corrected.take(corrected.version(), &Step::UNDO, now).expect("within the minute");
                prop_assert_eq!(undone.state(), visit.state());
                prop_assert_eq!(undone.last(), visit.last());
            }
            Err(Refusal::UndoInstead { .. }) => prop_assert!(visit.undoable(now).is_some()),
            Err(Refusal::SameOutcome) => prop_assert_eq!(visit.state(), &VisitState::from(to)),
            Err(Refusal::Over { .. }) => prop_assert!(goes_on),
            Err(Refusal::NotFrom { .. }) => prop_assert!(!visit.state().is_over()),
            Err(other) => prop_assert!(false, "{other:?}"),
        }
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
                record.push((serde_json::from_str::<Step>(&written).expect("the same step"), now));
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
