//! What came of a visit, as a copy at the desk says it: nothing of anybody else.

use serde_json::Value as Json;
use server::appointments::booking::release::Telling;
use server::counter::disowned;
use server::counter::one_visit;
use server::staff::authority::Staff;
use shared::counter::{Act, Ground, Outcome, Paper, Papers};
use shared::identity::Sex;
use shared::plain_words::PlainWords;

use super::super::support::{TestApp, test_apps};
use super::hall::*;
use super::own_data::{card, copy, ended_with, erase, one, online};

fn why(copy: &Json) -> Json {
    copy["visit"]["steps"].as_array().unwrap().last().unwrap()["why"].clone()
}

#[tokio::test]
async fn a_ground_stands_in_the_copy_only_where_it_tells_of_nobody_else() {
    for (ground, told) in [("close_kin", true), ("has_spouse", false), ("not_voluntary", false), ("under_age", false)] {
        for test in test_apps(setup()).await {
            let booked = booked(&test, 1, 0).await;
            let clerk = clerk(&test, 1).await;
            ended_with(&test, &clerk, &booked, Outcome::Refused { ground: Ground::named(ground) }).await;
            let copy = copy(&test, &clerk, 1, Sex::Female).await;
            let expected =
                if told { serde_json::json!({ "ground": ground }) } else { serde_json::json!({ "left_out": true }) };
            assert_eq!(why(&copy), expected);
            assert!(!online(&test, &booked).await.to_string().contains(ground), "online it stays out for both");
        }
    }
}

#[tokio::test]
async fn papers_stand_in_the_copy_as_in_a_text_and_an_end_apart_is_like_any_other() {
    for test in test_apps(setup()).await {
        let (first, second, clerk) = (booked(&test, 1, 0).await, booked(&test, 2, 0).await, clerk(&test, 1).await);
        let papers = Papers::new([Paper::named("photos"), Paper::named("status_proof")]).unwrap();
        ended_with(&test, &clerk, &first, Outcome::ToReturn { papers }).await;
        let copied = copy(&test, &clerk, 1, Sex::Male).await;
        assert_eq!(why(&copied), serde_json::json!({ "papers": ["photos"], "left_out": true }));
        let id = serving(&test, &clerk, &second).await;
        act(&test, &clerk, &id, Act::Finish(Outcome::as_told())).await.unwrap();
        let why_aside = shared::counter::Reason::parse("单独说受到威胁").unwrap();
        one_visit::open_aside(&test.app, &clerk, &id, &why_aside, test.now()).await.unwrap();
        let copied = copy(&test, &clerk, 2, Sex::Female).await;
        assert_eq!(why(&copied), serde_json::json!({ "papers": [], "left_out": true }));
        assert!(!copied.to_string().contains("威胁") && !copied.to_string().contains("safety"));
    }
}

/// Ends what couple 1 booked, out of sight, as whoever stands here with her card asked.
async fn withheld(test: &TestApp, clerk: &Staff) {
    let found = disowned::find(&test.app, clerk, (&card(1, Sex::Female), None), test.now()).await.unwrap();
    let why = (PlainWords::parse("本人持证到窗口").unwrap(), Telling::Never);
    disowned::release(&test.app, clerk, &found[0].claim, why, test.now()).await.unwrap();
}

#[tokio::test]
async fn what_the_office_ended_out_of_sight_reads_on_paper_as_online_for_either_of_them() {
    for hour in ["07:00:00", "09:05:00"] {
        for test in test_apps(setup()).await {
            let booked = booked(&test, 1, 0).await;
            if hour == "09:05:00" {
                clock(&test, hour);
            }
            let clerk = clerk(&test, 1).await;
            if hour == "09:05:00" {
                arrived(&test, &clerk, &booked).await;
            }
            withheld(&test, &clerk).await;
            let online = online(&test, &booked).await;
            for sex in [Sex::Male, Sex::Female] {
                let copied = copy(&test, &clerk, 1, sex).await;
                assert_eq!(copied["state"], online["state"]);
                assert_eq!(copied["visit"], online["visit"]);
                for told in ["booking_released", "release", "desk", "本人持证"] {
                    assert!(!copied.to_string().contains(told), "{told}: {copied}");
                }
            }
            // Nor does what is refused: as of any booking in this state.
            let found = one(&test, &clerk, 1, Sex::Male).await;
            assert_eq!(found.stands, online["state"] == "booked");
            let erased = erase(&test, &clerk, 1, Sex::Male).await;
            assert_eq!(erased.is_err(), found.stands, "{erased:?}");
            holds(&test).await;
        }
    }
}
