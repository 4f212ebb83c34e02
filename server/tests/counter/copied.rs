//! What a copy says of the visit and of who looked.

use chrono::TimeDelta;
use server::appointments::booking::release::Telling;
use server::appointments::booking::{Booked, find};
use server::counter::{copied, disowned, one_visit};
use server::marriage::BOOKABLE;
use shared::counter::{Act, ActName, CounterId, Elsewhere, Ground, Outcome, Reason, StateName, VisitState};
use shared::identity::{IdDocument, IdType, Sex};
use shared::marriage::SERVICE;
use shared::places::PlaceId;
use shared::plain_words::PlainWords;

use super::super::support::people::person;
use super::super::support::{TestApp, test_apps};
use super::hall::*;

async fn copy(test: &TestApp, booked: &Booked) -> serde_json::Value {
    let holder = find::by_token(&test.app, booked.reference, &booked.manage_token).await.unwrap();
    let copy = copied::copy(&test.app, &BOOKABLE, &holder, test.now()).await.unwrap();
    serde_json::from_str(&copy).unwrap()
}

#[tokio::test]
async fn a_copy_has_each_step_of_the_visit_and_every_look_but_those_for_safety() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        let before = copy(&test, &booked).await;
        assert_eq!(before["visit"], serde_json::json!({ "ticket": null, "steps": [] }));
        assert_eq!(before["looked_at_by"], serde_json::json!([]));
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        let id = serving(&test, &clerk, &booked).await;
        let refused = Outcome::Refused { ground: Ground::named("not_voluntary") };
        act(&test, &clerk, &id, Act::Finish(refused)).await.unwrap();
        let why = Reason::parse("单独说受到威胁").unwrap();
        one_visit::open_aside(&test.app, &clerk, &id, &why, test.now()).await.unwrap();
        one_visit::open(&test.app, &clerk, &id, None, test.now()).await.unwrap();
        let copy = copy(&test, &booked).await;
        assert_eq!(copy["visit"]["ticket"], 1);
        let steps = copy["visit"]["steps"].as_array().unwrap();
        let acts: Vec<_> = steps.iter().map(|step| step["act"].as_str().unwrap()).collect();
        assert_eq!(acts, ["arrive", "call", "serve", "finish"]);
        assert_eq!(steps[3]["outcome"], "refused");
        assert!(steps.iter().all(|step| step["at"].as_str().unwrap().starts_with(DAY)));
        let looks = copy["looked_at_by"].as_array().unwrap();
        assert_eq!(looks.len(), 1);
        assert_eq!((&looks[0]["purpose"], &looks[0]["role"]), (&"checking".into(), &"counter_clerk".into()));
        let text = copy.to_string();
        for hidden in ["safety", "威胁", "not_voluntary", clerk.person().as_str(), clerk.account().as_str()] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
    }
}

#[tokio::test]
async fn a_copy_gives_no_end_away_that_is_withheld_though_they_had_come() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        clock(&test, "09:05:00");
        let clerk = clerk(&test, 1).await;
        arrived(&test, &clerk, &booked).await;
        called(&test, &clerk, windows(&test).await[0]).await;
        let document = IdDocument::parse(IdType::ResidentId, &person(1, Sex::Female).id_number).unwrap();
        let found = disowned::find(&test.app, &clerk, (&document, None), test.now()).await.unwrap();
        let why = (PlainWords::parse("本人持证到窗口").unwrap(), Telling::After(TimeDelta::hours(5)));
        disowned::release(&test.app, &clerk, &found[0].claim, why, test.now()).await.unwrap();
        let acts = |copy: &serde_json::Value| -> Vec<String> {
            let done = copy["done"].as_array().unwrap().iter();
            done.map(|done| done["act"].as_str().unwrap().to_owned()).filter(|act| act != "booking_copied").collect()
        };
        let made = ["hold_taken", "booking_made"].map(str::to_owned);
        let withheld = copy(&test, &booked).await;
        assert_eq!((&withheld["state"], acts(&withheld)), (&"booked".into(), made.to_vec()));
        let steps = |copy: &serde_json::Value| -> Vec<String> {
            let steps = copy["visit"]["steps"].as_array().unwrap().iter();
            steps.map(|step| step["act"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(
            (&withheld["visit"]["ticket"], steps(&withheld)),
            (&1.into(), ["arrive", "call", "left"].map(str::to_owned).to_vec())
        );
        test.wait(TimeDelta::hours(5));
        let told = copy(&test, &booked).await;
        assert_eq!(acts(&told), ["hold_taken", "booking_made", "booking_released"]);
        assert_eq!(steps(&told).last().unwrap(), "release");
    }
}

/// The state after an act of which only the name is known, with whatever it needs to be told.
fn after(state: &VisitState, act: ActName, counter: CounterId) -> Option<VisitState> {
    let at = format!("{DAY}T09:05:00+08:00").parse().unwrap();
    let act = match act {
        ActName::Arrive => Act::Arrive,
        ActName::Call => Act::Call { counter },
        ActName::Serve => Act::Serve,
        ActName::Park => Act::Park,
        ActName::Left => Act::Left,
        other => panic!("{other:?} stands in the copy"),
    };
    assert!(state.kind().acts().contains(&act.kind()), "no counter does {act:?} in {state:?}");
    state.after(&act, at, at).ok()
}

#[tokio::test]
async fn from_whichever_state_a_visit_was_released_its_copy_has_steps_that_a_visit_can_take() {
    let states = [StateName::Arrived, StateName::Called, StateName::Serving, StateName::Parked];
    let released = |state: &VisitState| state.release().is_ok().then(|| state.kind());
    let possible: Vec<_> = every_state().iter().filter_map(released).collect();
    assert_eq!(possible, states, "a release starts from these");
    for state in states {
        for test in test_apps(setup()).await {
            let booked = booked(&test, 1, 0).await;
            clock(&test, "09:05:00");
            let (clerk, window) = (clerk(&test, 1).await, windows(&test).await[0]);
            let id = arrived(&test, &clerk, &booked).await;
            if state != StateName::Arrived {
                called(&test, &clerk, window).await;
            }
            if state == StateName::Serving {
                act(&test, &clerk, &id, Act::Serve).await.unwrap();
            }
            if state == StateName::Parked {
                act(&test, &clerk, &id, Act::Park).await.unwrap();
            }
            assert_eq!(row(&test, &id).await.state.kind(), state);
            let document = IdDocument::parse(IdType::ResidentId, &person(1, Sex::Female).id_number).unwrap();
            let found = disowned::find(&test.app, &clerk, (&document, None), test.now()).await.unwrap();
            let why = (PlainWords::parse("本人单独说有危险").unwrap(), Telling::Never);
            disowned::release(&test.app, &clerk, &found[0].claim, why, test.now()).await.unwrap();

            let copy = copy(&test, &booked).await;
            let steps = copy["visit"]["steps"].as_array().unwrap();
            let names = steps.iter().map(|step| step["act"].as_str().and_then(ActName::from_name).unwrap());
            let end = names.fold(VisitState::Booked, |state, act| {
                after(&state, act, window).unwrap_or_else(|| panic!("no visit has {act:?} after {state:?}: {steps:?}"))
            });
            assert_eq!(end.kind(), row(&test, &id).await.state.kind(), "{steps:?}");
            holds(&test).await;
        }
    }
}

fn every_state() -> Vec<VisitState> {
    let (arrived_at, counter) = (chrono::DateTime::UNIX_EPOCH, CounterId(1));
    let elsewhere = Elsewhere { place: PlaceId::parse("440300-province").unwrap(), service: SERVICE };
    let states = vec![
        VisitState::Booked,
        VisitState::Arrived { arrived_at, waits_for: None },
        VisitState::Called { arrived_at, counter, calls: 1 },
        VisitState::Serving { arrived_at, counter },
        VisitState::Parked { arrived_at },
        VisitState::Finished(Outcome::Registered),
        VisitState::NoShow,
        VisitState::Left,
        VisitState::Redirected(elsewhere),
    ];
    assert_eq!(states.iter().map(VisitState::kind).collect::<Vec<_>>(), StateName::ALL);
    states
}
