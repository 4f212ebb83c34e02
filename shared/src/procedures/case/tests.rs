use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::procedures::state::{PROPOSAL_LIFETIME, StateName};

fn now() -> DateTime<Utc> {
    "2026-05-06T02:00:00Z".parse().unwrap()
}

fn person(name: &str) -> StaffId {
    StaffId::parse(name).unwrap()
}

fn office(name: &str) -> Actor {
    Actor::Office(person(name))
}

fn asks() -> Act {
    Act::Ask { items: vec!["burial_certificate".to_owned()] }
}

fn proposes() -> Act {
    Act::Propose { outcome: Outcome::Granted, hash: "aa".to_owned() }
}

fn approves(hash: &str) -> Act {
    Act::Approve { hash: hash.to_owned() }
}

fn done(filed_by: Option<&str>, acts: &[(Actor, Act)]) -> Result<Case, Refusal> {
    let case = Case::submitted(filed_by.map(person));
    case.replay(acts.iter().map(|(by, act)| (by, act, now())))
}

#[test]
fn a_case_goes_from_its_submission_to_a_letter_with_two_people_on_the_way() {
    let acts = [
        (office("li"), Act::Accept),
        (office("li"), Act::Review),
        (office("li"), asks()),
        (Actor::Family, Act::Supply),
        (office("li"), proposes()),
        (office("wang"), approves("aa")),
        (Actor::Clock, Act::Close),
    ];
    let names = (1..=acts.len()).map(|count| done(None, &acts[..count]).unwrap().state().name());
    assert_eq!(
        names.collect::<Vec<_>>(),
        [
            StateName::Accepted,
            StateName::Reviewing,
            StateName::Supplementing,
            StateName::Reviewing,
            StateName::Proposed,
            StateName::Decided,
            StateName::Closed
        ]
    );
    assert_eq!(*done(None, &acts).unwrap().state(), State::Closed { outcome: Outcome::Granted });
}

#[test]
fn the_family_is_asked_once_in_full_and_gets_back_to_where_it_was() {
    let early = [(office("li"), asks()), (Actor::Family, Act::Supply)];
    assert_eq!(*done(None, &early).unwrap().state(), State::Submitted, "nobody had accepted it");
    let twice = [&early[..], &[(office("wang"), asks())]].concat();
    assert_eq!(done(None, &twice), Err(Refusal::AskedBefore));
    let nothing = [(office("li"), Act::Ask { items: Vec::new() })];
    assert_eq!(done(None, &nothing), Err(Refusal::NothingAsked));
}

#[test]
fn who_filled_it_in_who_proposed_and_who_signs_are_three_people() {
    let reviewed = [(office("li"), Act::Accept), (office("li"), Act::Review)];
    let on = |acts: &[(Actor, Act)]| done(Some("zhao"), &[&reviewed[..], acts].concat());
    assert_eq!(on(&[(office("zhao"), proposes())]), Err(Refusal::FiledByYou));
    assert_eq!(on(&[(office("li"), proposes()), (office("zhao"), approves("aa"))]), Err(Refusal::FiledByYou));
    assert_eq!(on(&[(office("li"), proposes()), (office("li"), approves("aa"))]), Err(Refusal::ProposedByYou));
    assert_eq!(on(&[(office("li"), proposes()), (office("wang"), approves("bb"))]), Err(Refusal::ProposalChanged));
    assert!(on(&[(office("li"), proposes()), (office("wang"), approves("aa"))]).is_ok());
    // What was put right is proposed anew.
    let edited = [(office("li"), proposes()), (office("wang"), Act::Correct), (office("wang"), approves("aa"))];
    assert_eq!(on(&edited), Err(Refusal::NotNow { state: StateName::Reviewing, act: ActName::Approve }));
}

#[test]
fn a_proposal_lapses_after_three_days_and_not_before() {
    let case = done(None, &[(office("li"), Act::Accept), (office("li"), Act::Review), (office("li"), proposes())]);
    let case = case.unwrap();
    let (by, late) = (office("wang"), now() + PROPOSAL_LIFETIME);
    let in_time = late - TimeDelta::milliseconds(1);
    assert!(case.take(3, (&by, &approves("aa")), in_time).is_ok());
    assert_eq!(case.take(3, (&by, &approves("aa")), late), Err(Refusal::ProposalLapsed));
    assert!(case.take(3, (&Actor::Clock, &Act::Lapse), in_time).is_err());
    assert_eq!(*case.take(3, (&Actor::Clock, &Act::Lapse), late).unwrap().state(), State::Reviewing);
}

#[test]
fn what_was_seen_before_another_act_is_told_what_is_now() {
    let case = done(None, &[(office("li"), Act::Accept)]).unwrap();
    let stale = case.take(0, (&office("wang"), &Act::Accept), now());
    assert_eq!(stale, Err(Refusal::Changed { state: StateName::Accepted }));
}

#[test]
fn a_case_goes_on_from_where_it_was_kept() {
    let acts = [(office("li"), Act::Accept), (office("li"), asks()), (Actor::Family, Act::Supply)];
    let case = done(Some("zhao"), &acts).unwrap();
    let past = Past { asked: case.was_asked(), silent: case.was_silent() };
    let kept = Case::restore(case.state().clone(), case.version(), (case.filed_by().cloned(), past));
    assert_eq!(kept, case);
}

#[test]
fn what_counted_as_accepted_since_nobody_looked_at_it_is_asked_for_nothing_any_more() {
    let silent = (Actor::Clock, Act::AcceptBySilence);
    let at_once = [silent.clone(), (office("li"), asks())];
    assert_eq!(done(None, &at_once), Err(Refusal::AcceptedBySilence));
    let later = [silent.clone(), (office("li"), Act::Review), (office("li"), asks())];
    assert_eq!(done(None, &later), Err(Refusal::AcceptedBySilence));
    // Who was asked in time is asked for no more either way.
    let asked = [(office("li"), asks()), (Actor::Family, Act::Supply), silent, (office("li"), asks())];
    assert_eq!(done(None, &asked), Err(Refusal::AskedBefore));
}

#[test]
fn what_is_passed_on_to_a_relative_stands_where_it_stood_and_is_signed_anew() {
    let pass = (office("li"), Act::Pass);
    let accepted = [(office("li"), Act::Accept), pass.clone()];
    assert_eq!(*done(None, &accepted).unwrap().state(), State::Accepted);
    let asked = [(office("li"), asks()), pass.clone()];
    assert_eq!(*done(None, &asked).unwrap().state(), State::Supplementing { accepted: false });
    let proposed = [(office("li"), Act::Accept), (office("li"), Act::Review), (office("li"), proposes())];
    let voided = [&proposed[..], std::slice::from_ref(&pass)].concat();
    assert_eq!(*done(None, &voided).unwrap().state(), State::Reviewing);
    let decided = [&proposed[..], &[(office("wang"), approves("aa"))]].concat();
    let anew = [&decided[..], std::slice::from_ref(&pass)].concat();
    assert_eq!(*done(None, &anew).unwrap().state(), State::Reviewing);
    let over = [&decided[..], &[(office("li"), Act::Close), pass]].concat();
    assert_eq!(done(None, &over), Err(Refusal::NotNow { state: StateName::Closed, act: ActName::Pass }));
    let own = [(Actor::Family, Act::Pass)];
    assert_eq!(done(None, &own), Err(Refusal::NotNow { state: StateName::Submitted, act: ActName::Pass }));
}

fn any_actor() -> impl Strategy<Value = Actor> {
    prop_oneof![
        Just(Actor::Family),
        Just(Actor::Clock),
        prop::sample::select(vec!["li", "wang", "zhao"]).prop_map(office)
    ]
}

fn any_act() -> impl Strategy<Value = Act> {
    prop::sample::select(vec![
        Act::Accept,
        Act::AcceptBySilence,
        Act::Review,
        asks(),
        Act::Supply,
        Act::Correct,
        proposes(),
        approves("aa"),
        Act::SendBack,
        Act::Lapse,
        Act::Withdraw,
        Act::Pass,
        Act::Close,
        Act::Reopen,
    ])
}

proptest! {
    #[test]
    fn no_way_leads_one_person_alone_to_a_decision(
        steps in prop::collection::vec((any_actor(), any_act()), 1..60), filed in prop::option::of(Just("zhao")),
    ) {
        let mut case = Case::submitted(filed.map(person));
        let mut proposer = None;
        let mut asked = 0;
        for (by, act) in &steps {
            let was_decided = matches!(case.state(), State::Decided { .. } | State::Closed { .. });
            let Ok(next) = case.take(case.version(), (by, act), now()) else { continue };
            prop_assert_eq!(next.version(), case.version() + 1);
            if let (Act::Propose { .. }, Actor::Office(by)) = (act, by) {
                proposer = Some(by.clone());
            }
            asked += usize::from(act.name() == ActName::Ask);
            if !was_decided && matches!(next.state(), State::Decided { .. }) {
                let Actor::Office(signer) = by else { panic!("{by:?} decided") };
                prop_assert!(proposer.as_ref() != Some(signer));
                prop_assert!(filed.is_none() || (signer.as_str() != "zhao" && proposer != Some(person("zhao"))));
            }
            case = next;
        }
        prop_assert!(asked <= 1);
    }
}
