//! What a copy says of the visit and of who looked.

use chrono::TimeDelta;
use server::appointments::booking::release::Telling;
use server::appointments::booking::{Booked, find};
use server::counter::{copied, disowned, one_visit};
use server::marriage::BOOKABLE;
use shared::counter::{Act, Ground, Outcome, Reason};
use shared::identity::{IdDocument, IdType, Sex};
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
