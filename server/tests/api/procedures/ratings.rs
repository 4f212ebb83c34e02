//! Ratings, figures and bad words that wait, by the API.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use shared::staff::Role;

use super::super::applying::{handed_in, text};
use super::{CASES, acted, at_work, id_of, of_family};
use crate::support::{
    Setup,
    http::{Answer, Api},
    test_apps,
};

async fn rate(api: &Api, case: &Value, rating: Value) -> Answer {
    let path = format!("{}/rating", of_family(case));
    api.with_token(Method::PUT, &path, text(&case["manage_token"]), rating).await
}

#[tokio::test]
async fn a_case_is_rated_once_it_is_decided_and_a_bad_word_waits_for_a_colleague() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = handed_in(&api, 101).await;
        let [reviewer, approver] =
            [at_work(&test, 1, &[Role::Reviewer]).await, at_work(&test, 2, &[Role::Approver]).await];
        let early = rate(&api, &case, json!({ "grade": "good" })).await;
        assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "rating_too_early"));
        let id = id_of(&reviewer, &case).await;
        acted(&reviewer, &id, ("accept", 0), json!({})).await;
        acted(&reviewer, &id, ("review", 1), json!({})).await;
        let proposed = acted(&reviewer, &id, ("propose", 2), json!({ "outcome": "granted" })).await;
        acted(&approver, &id, ("approve", 3), json!({ "hash": proposed["proposal_hash"] })).await;

        let wrong = rate(&api, &case, json!({ "grade": "perfect", "reasons": ["rude"] })).await;
        assert_eq!((wrong.status, wrong.code()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"));
        let said = rate(&api, &case, json!({ "grade": "bad", "reasons": ["slow"], "words": "等了很久" })).await;
        assert_eq!(said.status, StatusCode::OK, "{said:?}");
        assert_eq!((&said.body["grade"], &said.body["changeable"]), (&json!("bad"), &json!(true)));

        let waiting = reviewer.get("/api/v1/staff/ratings").await.body;
        assert_eq!((&waiting["items"][0]["id"], &waiting["items"][0]["own"]), (&json!(id), &json!(true)));
        assert!(!waiting.to_string().contains("等了很久"), "words stand with the case: {waiting}");
        let path = format!("/api/v1/staff/ratings/{id}/follow");
        let follows = json!({ "followed": "打电话问清楚了，以后先回复。" });
        let own = reviewer.post(&path, follows.clone()).await;
        assert_eq!((own.status, own.code()), (StatusCode::FORBIDDEN, "rating_of_your_work"));
        let other = at_work(&test, 3, &[Role::Reviewer]).await;
        assert_eq!(other.post(&path, follows.clone()).await.status, StatusCode::NO_CONTENT);
        let again = other.post(&path, follows).await;
        assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "rating_not_open"));
        let late = rate(&api, &case, json!({ "grade": "good" })).await;
        assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "rating_read"));
        let figures = reviewer.get(&format!("{CASES}/figures")).await;
        assert_eq!(figures.status, StatusCode::OK, "{figures:?}");
        let line = &figures.body["procedures"][0];
        assert_eq!((&line["decided"], &line["granted"], &line["grades"]), (&Value::Null, &Value::Null, &Value::Null));
        let wrong = reviewer.get(&format!("{CASES}/figures?from=yesterday")).await;
        assert_eq!((wrong.status, wrong.code()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields"));
        for path in ["/api/v1/staff/ratings".to_owned(), format!("{CASES}/figures")] {
            assert_eq!(api.get(&path).await.code(), "sign_in_needed", "{path}");
        }
    }
}
