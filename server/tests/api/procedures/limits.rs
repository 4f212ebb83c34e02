//! Whoever begins drafts without end is stopped, and keeps nobody from theirs.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::super::applying::{DRAFTS, begun, save, submit, whole};
use crate::support::{Setup, http::Api, test_apps};

#[tokio::test]
async fn drafts_without_end_are_stopped_while_one_that_was_begun_is_filled_in_and_handed_in() {
    for test in test_apps(Setup { rate_limit: true, ..Setup::default() }).await {
        let api = Api::of(&test.app);
        let mine = begun(&api).await;
        let mut stopped = None;
        for _ in 0..250 {
            let answer = api.post(DRAFTS, Value::Null).await;
            if answer.status != StatusCode::CREATED {
                stopped = Some(answer);
                break;
            }
        }
        let stopped = stopped.expect("250 drafts in a moment are too many");
        assert_eq!((stopped.status, stopped.code()), (StatusCode::TOO_MANY_REQUESTS, "rate_limited"));
        assert_eq!(save(&api, &mine, 0, whole(101)).await.body["version"], json!(1));
        assert_eq!(submit(&api, &mine, 1, None).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_browser_that_begins_drafts_without_end_leaves_its_neighbours_theirs() {
    for test in test_apps(Setup { rate_limit: true, ..Setup::default() }).await {
        let (one, beside) = (Api::with_session(&test.app), Api::with_session(&test.app));
        let mut passed = 0;
        while one.post(DRAFTS, Value::Null).await.status == StatusCode::CREATED {
            passed += 1;
        }
        assert_eq!(passed, 20);
        assert_eq!(beside.post(DRAFTS, Value::Null).await.status, StatusCode::CREATED);
    }
}
