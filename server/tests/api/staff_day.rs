//! The day at the counter, as programs have it.

use std::time::Duration;

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use server::audit::Actor;
use server::staff::{roles, session};
use shared::counter::{Act, Outcome, StateName};
use shared::invented;
use shared::locale::Locale;
use shared::staff::Role;

use crate::counter::hall::{self, booked, setup, sheet, ticket, visit_of};
use crate::support::staff::{Clerk, clerk, cookies};
use crate::support::{TestApp, http::Api, test_apps};

const DAY: &str = "/api/v1/staff/day";
const EVENTS: &str = "/api/v1/staff/day/events";

/// A program that somebody with a role at an office has signed in, and the name of the role.
async fn program(test: &TestApp, n: usize, role: Role, office: &str) -> (Clerk, String, Api) {
    let clerk = clerk(test, n).await;
    let grant = clerk.is_given(test, role, office).await;
    let signed = clerk.sign_in(test, None).await;
    (clerk, grant, Api::with_cookies(&test.app, cookies(&signed)))
}

fn next(counter: &Value) -> String {
    format!("/api/v1/staff/counters/{counter}/next")
}

#[tokio::test]
async fn a_day_is_seen_masked_and_a_press_is_answered_once_with_what_stands_in_its_way() {
    for test in test_apps(setup()).await {
        let [first, second] = [booked(&test, 1, 0).await, booked(&test, 2, 0).await].map(|booked| visit_of(&booked));
        hall::clock(&test, "09:05:00");
        let (.., api) = program(&test, 1, Role::CounterClerk, "nanshan").await;
        let day = api.get(DAY).await;
        assert_eq!(
            (day.status, &day.body["office"], &day.body["date"]),
            (StatusCode::OK, &json!("nanshan"), &json!(hall::DAY))
        );
        assert_eq!((&day.body["version"], &day.body["closed"]), (&json!(0), &Value::Null));
        let (counters, visits) = (&day.body["counters"], day.body["visits"].as_array().unwrap());
        assert_eq!((counters[0]["state"].as_str(), &counters[0]["visit"]), (Some("closed"), &Value::Null));
        assert!(
            counters[0]["name"].is_string() && visits.len() == 2 && visits[0]["people"].as_array().unwrap().len() == 2
        );
        let text = day.body.to_string();
        for person in [1, 2].into_iter().flat_map(invented::couple) {
            for secret in [&person.name, &person.id_number, &person.phone] {
                assert!(!text.contains(secret.as_str()), "{secret} is in the sheet");
            }
        }

        let act = |id, act: &str| format!("/api/v1/staff/visits/{id}/{act}");
        let came = api.post(&act(&first, "arrive"), json!({ "version": 0, "press": "came" })).await;
        assert_eq!(
            (came.status, &came.body["state"], &came.body["ticket"]),
            (StatusCode::OK, &json!("arrived"), &json!(1))
        );
        let (here, other) = (&counters[0]["id"], &counters[1]["id"]);
        let called = api.post(&next(here), json!({ "press": "call" })).await;
        assert_eq!((called.status, &called.body["visit"]["id"]), (StatusCode::OK, &json!(first)));
        assert_eq!(called.body["why"], "约的 9:00，最早");
        let again = api.post(&next(here), json!({ "press": "call" })).await;
        assert_eq!((again.status, &again.body), (StatusCode::OK, &called.body), "one press, one answer");

        let busy = api.post(&next(here), json!({ "press": "more" })).await;
        assert_eq!((busy.status, busy.code()), (StatusCode::CONFLICT, "counter_busy"));
        assert_eq!((&busy.body["visit"], busy.body.get("counter")), (&json!(first), None));
        let seated = api.post(&next(other), json!({ "press": "move" })).await;
        assert_eq!((seated.status, seated.code()), (StatusCode::CONFLICT, "seated_elsewhere"));
        assert_eq!((&seated.body["counter"], seated.body.get("visit")), (here, None));
        let old = api.post(&act(&first, "serve"), json!({ "version": 1, "press": "old" })).await;
        assert_eq!((old.status, old.code()), (StatusCode::CONFLICT, "visit_changed"));
        assert!(old.body["detail"].as_str().unwrap().contains(StateName::Called.words(Locale::Zh)), "{old:?}");
        let essay = json!({ "version": 0, "press": "essay", "reason": "长".repeat(400_000) });
        let essay = api.post(&act(&second, "arrive"), essay).await;
        assert_eq!((essay.status, essay.code()), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"));

        let second_came = api.post(&act(&second, "arrive"), json!({ "version": 0, "press": "second" })).await;
        assert_eq!((second_came.status, &second_came.body["priority"]), (StatusCode::OK, &json!(false)));
        let version = &second_came.body["version"];
        let before = api.post(&act(&second, "give-priority"), json!({ "version": version, "press": "first" })).await;
        assert_eq!((before.status, &before.body["priority"]), (StatusCode::OK, &json!(true)));
        let away = json!({ "version": before.body["version"], "press": "away" });
        assert_eq!(api.post(&act(&second, "left"), away).await.status, StatusCode::OK);

        let (.., beside) = program(&test, 2, Role::CounterClerk, "nanshan").await;
        let nobody = beside.post(&next(other), json!({ "press": "call" })).await;
        assert_eq!(nobody.status, StatusCode::NO_CONTENT);
        let stale = beside.post(&next(other), json!({ "press": "stale", "date": "2026-05-13" })).await;
        assert_eq!((stale.status, stale.code()), (StatusCode::CONFLICT, "page_over"), "that sheet is of yesterday");
        let fresh = beside.post(&next(other), json!({ "press": "fresh", "date": hall::DAY })).await;
        assert_eq!(fresh.status, StatusCode::NO_CONTENT);

        // What is there belongs to its office, whatever somebody of another may at theirs.
        let version = sheet(&test).await.version;
        let (.., stranger) = program(&test, 3, Role::OfficeManager, "demo-bay").await;
        let looks = [format!("{DAY}?office=nanshan"), format!("{EVENTS}?office=nanshan")];
        for path in looks {
            assert_eq!(stranger.get(&path).await.code(), "not_allowed", "{path}");
        }
        for (path, body) in [
            (next(&counters[2]["id"]), json!({ "press": "call" })),
            (act(&first, "serve"), json!({ "version": 2, "press": "serve" })),
            (act(&second, "arrive"), json!({ "version": 0, "press": "come" })),
        ] {
            assert_eq!(stranger.post(&path, body).await.code(), "not_allowed", "{path}");
        }
        assert_eq!(sheet(&test).await.version, version, "nothing was written");

        // On which ground stands on no list.
        let serve = json!({ "version": called.body["visit"]["version"], "press": "serve" });
        let served = api.post(&act(&first, "serve"), serve).await;
        let finish =
            json!({ "version": served.body["version"], "press": "end", "outcome": "refused", "ground": "close_kin" });
        let ended = api.post(&act(&first, "finish"), finish).await;
        assert_eq!((ended.status, &ended.body["outcome"]), (StatusCode::OK, &json!("refused")));
        assert!(!api.get(DAY).await.body.to_string().contains("close_kin"));
    }
}

#[tokio::test]
async fn a_visit_ends_on_no_ground_and_for_no_paper_that_its_service_does_not_know() {
    for test in test_apps(setup()).await {
        let booked = booked(&test, 1, 0).await;
        hall::clock(&test, "09:05:00");
        let beside = hall::clerk(&test, 5).await;
        let id = hall::serving(&test, &beside, &booked).await;
        let (.., api) = program(&test, 1, Role::OfficeManager, "nanshan").await;
        let (finish, correct) =
            (format!("/api/v1/staff/visits/{id}/finish"), format!("/api/v1/staff/visits/{id}/correct"));
        let unknown = json!({ "outcome": "refused", "ground": "foo_bar" });
        let version = hall::row(&test, &id).await.version;
        for (mut end, wrong) in [
            (json!({ "outcome": "refused" }), ("ground", "wrong_type")),
            (unknown.clone(), ("ground", "not_offered")),
            (json!({ "outcome": "refused", "ground": "photos" }), ("ground", "not_offered")),
            (json!({ "outcome": "to_return", "papers": [] }), ("papers", "wrong_type")),
            (json!({ "outcome": "to_return", "papers": ["photos", "bring_500_yuan"] }), ("papers", "not_offered")),
            (json!({ "outcome": "to_return", "papers": ["photos", "as_told"] }), ("papers", "not_offered")),
        ] {
            end["version"] = json!(version);
            end["press"] = json!("unknown");
            let refused = api.post(&finish, end.clone()).await;
            assert_eq!((refused.status, refused.fields()), (StatusCode::UNPROCESSABLE_ENTITY, vec![wrong]), "{end}");
        }
        assert_eq!(hall::row(&test, &id).await.version, version, "nothing was written");
        let ended = hall::act(&test, &beside, &id, Act::Finish(Outcome::as_told())).await.unwrap();
        let mut to = unknown;
        to["version"] = json!(ended.version);
        to["press"] = json!("correct");
        to["reason"] = json!("按错了");
        assert_eq!(api.post(&correct, to).await.fields(), [("ground", "not_offered")], "nor is it put right to one");
    }
}

#[tokio::test]
async fn a_day_is_followed_whole_until_its_reader_is_signed_out_or_has_the_role_no_more() {
    for test in test_apps(setup()).await {
        hall::clock(&test, "09:05:00");
        let giver = hall::clerk(&test, 5).await;
        let (leaving, _, api) = program(&test, 1, Role::CounterClerk, "nanshan").await;
        let (_, grant, other) = program(&test, 2, Role::CounterClerk, "nanshan").await;
        let (mut line, mut others) = (api.follow(EVENTS).await, other.follow(EVENTS).await);
        assert_eq!(line.headers["x-accel-buffering"], "no", "no proxy waits until it has enough");
        let first = line.next().await.unwrap();
        assert_eq!((first.name.as_str(), first.id), ("day", sheet(&test).await.version.to_string()));
        others.next().await.unwrap();
        ticket(&test, &giver).await.unwrap();
        let second = line.next().await.unwrap();
        assert_eq!(second.id, sheet(&test).await.version.to_string());
        let seen: Value = serde_json::from_str(&second.data).unwrap();
        assert_eq!(seen, api.get(DAY).await.body, "each event carries the whole sheet");
        others.next().await.unwrap();

        let of_leaving = session::list(&test.app, &leaving.account, test.now()).await.unwrap();
        session::end(&test.app, &of_leaving[0], &of_leaving[0].id, test.now()).await.unwrap();
        roles::take_back(&test.app, &grant, Actor::Operator, test.now()).await.unwrap();
        test.wait(TimeDelta::seconds(1));
        ticket(&test, &giver).await.unwrap();
        assert_eq!(line.next().await, None, "a stream ends with its session");
        assert_eq!(others.next().await, None, "and with the role");
    }
}

#[tokio::test]
async fn a_program_that_only_follows_the_day_is_signed_out_as_one_that_asks_nothing() {
    for test in test_apps(setup()).await {
        hall::clock(&test, "09:05:00");
        let (_, _, api) = program(&test, 1, Role::CounterClerk, "nanshan").await;
        for _ in 0..2 {
            test.wait(TimeDelta::minutes(14));
            api.follow(EVENTS).await.next().await.unwrap();
        }
        test.wait(TimeDelta::minutes(2));
        assert_eq!(api.get(EVENTS).await.code(), "sign_in_needed");
    }
}

#[tokio::test]
async fn whoever_follows_today_follows_the_new_day_after_midnight_and_whoever_named_a_day_that_one() {
    for test in test_apps(setup()).await {
        hall::clock(&test, "23:55:00");
        let giver = hall::clerk(&test, 5).await;
        let (.., api) = program(&test, 1, Role::CounterClerk, "nanshan").await;
        let (mut line, mut of_one_day) =
            (api.follow(EVENTS).await, api.follow(&format!("{EVENTS}?date={}", hall::DAY)).await);
        for line in [&mut line, &mut of_one_day] {
            let first: Value = serde_json::from_str(&line.next().await.unwrap().data).unwrap();
            assert_eq!(first["date"], json!(hall::DAY));
        }
        test.wait(TimeDelta::minutes(10));
        ticket(&test, &giver).await.unwrap();
        // The new day may come alone first, and then with its ticket.
        let sheet = api.get(DAY).await.body;
        let with_ticket = async {
            loop {
                let next: Value = serde_json::from_str(&line.next().await.unwrap().data).unwrap();
                assert_eq!(next["date"], json!("2026-05-15"));
                if next == sheet {
                    break;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), with_ticket).await.expect("the sheet of that day comes");
        let nothing = tokio::time::timeout(Duration::from_millis(300), of_one_day.next()).await;
        assert!(nothing.is_err(), "nothing has changed on the day that was named: {nothing:?}");
    }
}
