//! Every act in every state, as the counter works: what is not in the table is refused.

use chrono::{DateTime, TimeDelta, Utc};
use shared::appointments::Service;
use shared::counter::{
    Act, ActName, Back, CounterId, Elsewhere, Ended, Ground, Outcome, Refusal, StateName, Step, Visit, VisitState,
};
use shared::places::PlaceId;

const TABLE: &[(&str, &str, &str)] = &[
    ("booked", "arrive", "arrived"),
    ("booked", "no-show", "no_show"),
    ("arrived", "call", "called"),
    ("arrived", "left", "left"),
    ("arrived", "give-back", "left"),
    ("arrived", "give-priority", "arrived"),
    ("arrived", "end-priority", "arrived"),
    ("arrived", "redirect", "redirected"),
    ("called", "call", "called"),
    ("called", "serve", "serving"),
    ("called", "no-show", "no_show"),
    ("called", "park", "parked"),
    ("called", "left", "left"),
    ("called", "hand-over", "arrived"),
    ("called", "redirect", "redirected"),
    ("serving", "finish", "finished"),
    ("serving", "park", "parked"),
    ("serving", "left", "left"),
    ("serving", "hand-over", "arrived"),
    ("serving", "redirect", "redirected"),
    ("parked", "back", "called"),
    ("parked", "left", "left"),
    ("parked", "redirect", "redirected"),
    ("arrived", "release", "left"),
    ("called", "release", "left"),
    ("serving", "release", "left"),
    ("parked", "release", "left"),
    ("finished", "correct", "no_show"),
    ("left", "correct", "no_show"),
];

fn nine() -> DateTime<Utc> {
    "2026-05-20T09:00:00+08:00".parse().expect("an instant")
}

fn elsewhere() -> Elsewhere {
    let place = PlaceId::parse("440300-province").expect("an id");
    Elsewhere { place, service: Service::named("marriage_registration") }
}

fn states() -> Vec<VisitState> {
    let (arrived_at, counter) = (nine(), CounterId(3));
    vec![
        VisitState::Booked,
        VisitState::Arrived { arrived_at, waits_for: None },
        VisitState::Called { arrived_at, counter, calls: 1 },
        VisitState::Serving { arrived_at, counter },
        VisitState::Parked { arrived_at },
        VisitState::Finished(Outcome::Registered),
        VisitState::NoShow,
        VisitState::Left,
        VisitState::Redirected(elsewhere()),
    ]
}

fn acts() -> Vec<Act> {
    vec![
        Act::Arrive,
        Act::Call { counter: CounterId(3) },
        Act::Serve,
        Act::Finish(Outcome::Refused { ground: Ground::named("under_age") }),
        Act::NoShow,
        Act::Park,
        Act::Back(Back::Counter { counter: CounterId(4) }),
        Act::Left,
        Act::GiveBack,
        Act::GivePriority,
        Act::EndPriority,
        Act::HandOver { counter: CounterId(4) },
        Act::Redirect(elsewhere()),
        Act::Release,
        Act::Correct { to: Ended::NoShow },
    ]
}

#[test]
fn an_act_leads_where_the_table_says_and_every_other_is_refused_with_the_state_as_it_is() {
    let kinds: Vec<_> = states().iter().map(VisitState::kind).collect();
    assert_eq!(kinds, StateName::ALL);
    let mut led = Vec::new();
    for state in states() {
        for act in acts() {
            match state.after(&act, nine(), nine()) {
                Ok(after) => led.push((state.name(), act.kind().name(), after.name())),
                Err(Refusal::NotFrom { act: refused, state: from }) => {
                    assert_eq!((refused, from), (act.kind(), state.kind()));
                    assert!(!state.is_over());
                }
                Err(Refusal::Over { state: over }) => assert!(state.is_over() && over == state.kind()),
                Err(Refusal::SameOutcome) => {
                    assert_eq!((state.kind(), act.kind()), (StateName::NoShow, ActName::Correct));
                }
                Err(other) => panic!("{state:?} {act:?}: {other:?}"),
            }
        }
    }
    led.sort_unstable();
    let mut table = TABLE.to_vec();
    table.sort_unstable();
    assert_eq!(led, table);
}

#[test]
fn the_acts_that_are_offered_are_those_that_lead_somewhere() {
    for state in states() {
        for act in acts().into_iter().filter(|act| !follows(act)) {
            let leads = state.after(&act, nine(), nine()).is_ok();
            assert_eq!(state.kind().acts().contains(&act.kind()), leads, "{state:?} {act:?}");
        }
        for never in [ActName::Undo, ActName::Release, ActName::Correct, ActName::GiveBack] {
            assert!(!state.kind().acts().contains(&never));
        }
    }
}

#[test]
fn whoever_leaves_leaves_from_wherever_a_release_ends_a_visit_and_it_ends_alike() {
    for state in states() {
        if let Ok(released) = state.release() {
            assert_eq!(state.left(), Ok(released), "{state:?}: what stands for it in a copy no visit could have");
            assert!(state.kind().acts().contains(&ActName::Left), "{state:?}: nor does any counter do it");
        }
    }
}

/// What is never offered by itself.
fn follows(act: &Act) -> bool {
    matches!(act, Act::Release | Act::Correct { .. } | Act::GiveBack)
}

#[test]
fn what_went_on_elsewhere_is_no_end_to_be_put_right_and_an_end_may_change_in_its_particulars() {
    let refused = |ground| Outcome::Refused { ground: Ground::named(ground) };
    let finished = VisitState::Finished(refused("under_age"));
    let corrected = finished.correct(Ended::Finished(refused("kinship")));
    assert_eq!(corrected, Ok(VisitState::Finished(refused("kinship"))));
    assert_eq!(finished.correct(Ended::Finished(refused("under_age"))), Err(Refusal::SameOutcome));
    let redirected = VisitState::Redirected(elsewhere());
    assert_eq!(redirected.correct(Ended::Left), Err(Refusal::Over { state: StateName::Redirected }));
}

#[test]
fn nobody_is_checked_in_on_another_shanghai_day() {
    let starts_at = nine();
    let midnight: DateTime<Utc> = "2026-05-19T16:00:00Z".parse().expect("midnight in Shanghai");
    let next = midnight + TimeDelta::days(1);
    for (now, arrives) in [
        (midnight - TimeDelta::milliseconds(1), false),
        (midnight, true),
        (next - TimeDelta::milliseconds(1), true),
        (next, false),
    ] {
        let arrived = VisitState::Booked.arrive(starts_at, now);
        let expected = if arrives { Ok(VisitState::walked_in(now)) } else { Err(Refusal::NotToday { starts_at }) };
        assert_eq!(arrived, expected, "{now}");
    }
}

fn after(visit: &Visit, acts: &[Act], now: DateTime<Utc>) -> Visit {
    let next = |visit: Visit, act: &Act| visit.take(visit.version(), &Step::Act(act.clone()), now);
    acts.iter().try_fold(visit.clone(), next).expect("possible")
}

#[test]
fn nobody_is_a_no_show_before_the_time_they_booked_called_or_not() {
    let (starts_at, early) = (nine(), nine() - TimeDelta::milliseconds(1));
    assert_eq!(VisitState::Booked.no_show(starts_at, early), Err(Refusal::NotYet { starts_at }));
    assert_eq!(VisitState::Booked.no_show(starts_at, starts_at), Ok(VisitState::NoShow));
    let call = Act::Call { counter: CounterId(1) };
    let called = after(&Visit::booked(starts_at, early), &[Act::Arrive, call.clone()], early);
    let served = after(&called, &[Act::Serve, Act::Finish(Outcome::Registered)], early);
    for (visit, missed) in [(&called, Act::NoShow), (&served, Act::Correct { to: Ended::NoShow })] {
        let missed = Step::Act(missed);
        assert_eq!(visit.is_due(&missed, early), Err(Refusal::NotYet { starts_at }));
        assert_eq!(visit.is_due(&missed, starts_at), Ok(()));
        assert_eq!(visit.is_due(&Step::Act(Act::Park), early), Ok(()));
    }
    // Whoever took a ticket has no time, whichever place of the day it uses.
    let ticket = after(&Visit::walked_in(starts_at, early), &[call], early);
    assert_eq!(ticket.is_due(&Step::Act(Act::NoShow), early), Ok(()));
}

#[test]
fn a_visit_ended_when_it_did_whatever_was_put_right_since() {
    let acts = [Act::Arrive, Act::Call { counter: CounterId(1) }, Act::Serve, Act::Finish(Outcome::Registered)];
    let ended = after(&Visit::booked(nine(), nine()), &acts, nine());
    let later = nine() + TimeDelta::minutes(10);
    let corrected = after(&ended, &[Act::Correct { to: Ended::Left }], later);
    assert_eq!([ended.ended_at(), corrected.ended_at()], [Some(nine()); 2]);
    assert_eq!([ended.corrected_at(), corrected.corrected_at()], [None, Some(later)]);
    let undone = corrected.take(corrected.version(), &Step::UNDO, later).expect("within the minute");
    assert_eq!((undone.ended_at(), undone.corrected_at()), (Some(nine()), None));
    // Of what was entered from paper the acts say when it was entered.
    let from_paper = ended.entered(&Visit::booked(nine(), nine()), later);
    assert_eq!(from_paper.ended_at(), Some(nine()));
    let much_later = later + TimeDelta::minutes(10);
    assert_eq!(after(&from_paper, &[Act::Correct { to: Ended::Left }], much_later).ended_at(), None);
}

#[test]
fn only_a_fresh_ticket_is_given_back_and_then_nobody_was_there() {
    let (ticket, give_back) = (Visit::walked_in(nine(), nine()), Step::Act(Act::GiveBack));
    let almost = nine() + TimeDelta::seconds(59);
    assert!(ticket.take(0, &give_back, almost).expect("a fresh one").is_given_back());
    assert!(!after(&ticket, &[Act::Left], almost).is_given_back(), "whoever leaves was there");
    let late = nine() + TimeDelta::seconds(60);
    assert_eq!(ticket.take(0, &give_back, late), Err(Refusal::NothingToUndo));
    let arrived = after(&Visit::booked(nine(), nine()), &[Act::Arrive], nine());
    assert_eq!(arrived.take(1, &give_back, nine()), Err(Refusal::NothingToUndo));
}

#[test]
fn two_counters_never_call_one_visit_and_calling_again_is_counted() {
    let called = VisitState::walked_in(nine()).call(CounterId(1)).expect("they wait");
    assert_eq!(called.call(CounterId(2)), Err(Refusal::CalledElsewhere { counter: CounterId(1) }));
    let again = VisitState::Called { arrived_at: nine(), counter: CounterId(1), calls: 2 };
    assert_eq!(called.call(CounterId(1)), Ok(again));
    assert_eq!(called.hand_over(CounterId(1)), Err(Refusal::SameCounter));
}

#[test]
fn who_is_handed_over_or_brought_back_keeps_the_place_of_their_arrival() {
    let serving = VisitState::walked_in(nine()).call(CounterId(1)).and_then(|called| called.serve());
    let serving = serving.expect("they are at the counter");
    let handed = serving.hand_over(CounterId(2));
    assert_eq!(handed, Ok(VisitState::Arrived { arrived_at: nine(), waits_for: Some(CounterId(2)) }));
    let back = serving.park().and_then(|parked| parked.back(Back::Hall));
    assert_eq!(back, Ok(VisitState::Arrived { arrived_at: nine(), waits_for: None }));
}
