//! Messages both ways by the API, and what waits.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::staff::Role;

use super::super::applying::{handed_in, text};
use super::{CASES, at_work, id_of, of_family};
use crate::support::{
    Setup,
    http::{Answer, Api},
    test_apps,
};

async fn write(api: &Api, case: &Value, words: &str) -> Answer {
    let path = format!("{}/messages", of_family(case));
    api.with_token(Method::POST, &path, text(&case["manage_token"]), json!({ "words": words })).await
}

async fn read(api: &Api, case: &Value) -> Value {
    let path = format!("{}/messages", of_family(case));
    let read = api.with_token(Method::GET, &path, text(&case["manage_token"]), Value::Null).await;
    assert_eq!(read.status, StatusCode::OK, "{read:?}");
    read.body["items"].clone()
}

#[tokio::test]
async fn a_family_asks_and_the_office_answers_in_both_languages() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        let id = id_of(&office, &case).await;
        let wrong = write(&api, &case, "请打 13800138000 找我").await;
        assert_eq!((wrong.status, wrong.code()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"));
        let asked = write(&api, &case, "请问办得怎么样了？").await;
        assert_eq!((asked.status, &asked.body["items"][0]["side"]), (StatusCode::CREATED, &json!("family")));

        let listed = office.get(&format!("{CASES}?queue=family_wrote")).await.body;
        assert_eq!(listed["items"][0]["id"], json!(id), "{listed}");
        let path = format!("{CASES}/{id}/messages");
        let messages = office.get(&path).await.body;
        let asked = &messages["items"][0]["at"];
        assert_eq!((&messages["waits_since"], &messages["untold"]), (asked, &json!([])));
        assert!(messages["templates"].as_array().unwrap().iter().any(|ready| ready["name"] == "waiting"), "{messages}");
        let empty = office.post(&path, json!({})).await;
        assert_eq!((empty.status, empty.code()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"));
        test.wait(TimeDelta::seconds(1));
        let said = office.post(&path, json!({ "template": "waiting", "words": "请放心。", "seen": asked })).await;
        assert_eq!((said.status, &said.body["waits_since"]), (StatusCode::CREATED, &Value::Null), "{said:?}");

        let read = read(&api, &case).await;
        assert!(read[0]["seen_at"].is_string() && read[1].get("by").is_none(), "{read}");
        assert!(text(&read[1]["words"]["zh"]).ends_with("请放心。"), "{read}");
        assert!(text(&read[1]["words"]["en"]).starts_with("Your application"), "{read}");
        let messages = office.get(&path).await.body;
        assert!(messages["items"][1]["seen_at"].is_string() && messages["items"][1]["by"].is_string(), "{messages}");
    }
}

#[tokio::test]
async fn what_needs_no_answer_is_settled_up_to_what_was_read() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let office = at_work(&test, 1, &[Role::Reviewer]).await;
        let id = id_of(&office, &case).await;
        write(&api, &case, "谢谢你们。").await;
        let seen = office.get(&format!("{CASES}/{id}/messages")).await.body["waits_since"].clone();
        let path = format!("{CASES}/{id}/settled");
        for (seen, left) in [(json!("2026-01-01T00:00:00+08:00"), 1), (seen.clone(), 0), (seen, 0)] {
            let settled = office.post(&path, json!({ "what": "messages", "seen": seen })).await;
            assert_eq!(settled.status, StatusCode::NO_CONTENT, "{settled:?}");
            let listed = office.get(&format!("{CASES}?queue=family_wrote")).await.body;
            assert_eq!(listed["items"].as_array().unwrap().len(), left, "{listed}");
        }
        for wrong in [
            json!({ "what": "letters", "seen": "2026-01-01T00:00:00+08:00" }),
            json!({ "what": "texts", "seen": "now" }),
        ] {
            let refused = office.post(&path, wrong).await;
            assert_eq!((refused.status, refused.code()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"));
        }
        assert_eq!(api.post(&path, json!({ "what": "texts", "seen": "now" })).await.code(), "sign_in_needed");
    }
}
