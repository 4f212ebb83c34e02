//! What a family was asked for, handed in over the API: an answer, and a paper as a photograph.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

use super::super::applying::{PAPER, announced, asked, begin_case_file, handed_in, of_family, text};
use super::files::jpeg;
use super::shown;
use crate::support::{
    Setup,
    http::{Answer, Api},
    test_apps,
};

fn place(case: &Value, file: &Value) -> String {
    format!("{}/files/{}", of_family(case), text(&file["file_id"]))
}

async fn ask(api: &Api, method: Method, case: &Value, (path, body): (&str, Value)) -> Answer {
    api.with_token(method, path, text(&case["manage_token"]), body).await
}

async fn append(api: &Api, case: &Value, file: &Value, (offset, bytes): (usize, &[u8])) -> Answer {
    let request = Request::patch(format!("{}?offset={offset}", place(case, file)))
        .header(header::AUTHORIZATION, format!("Bearer {}", text(&case["manage_token"])))
        .header(header::CONTENT_TYPE, "application/octet-stream");
    api.send(request.body(Body::from(bytes.to_vec())).unwrap()).await
}

async fn supply(api: &Api, case: &Value, version: u32, fields: Value) -> Answer {
    let path = format!("{}/supplement", of_family(case));
    ask(api, Method::POST, case, (&path, json!({ "version": version, "fields": fields }))).await
}

#[tokio::test]
async fn what_was_asked_for_is_answered_with_a_photograph_that_comes_in_parts() {
    for test in test_apps(Setup::default()).await {
        let (api, bytes) = (Api::of(&test.app), jpeg());
        let case = asked(&test, &api, 101).await;
        let seen = shown(&api, &case).await;
        assert_eq!((&seen["state"], &seen["asked"]), (&json!("supplementing"), &json!(["account", PAPER])));
        let begun = begin_case_file(&api, &case, bytes.len()).await;
        assert_eq!((begun.status, &begun.body["reference"]), (StatusCode::CREATED, &case["reference"]), "{begun:?}");
        let file = begun.body.clone();
        assert_eq!(begun.header(header::LOCATION), Some(place(&case, &file).as_str()));
        let half = bytes.len() / 2;
        let first = append(&api, &case, &file, (0, &bytes[..half])).await;
        assert_eq!((first.status, &first.body["received"]), (StatusCode::OK, &json!(half)));
        let far = ask(&api, Method::GET, &case, (&place(&case, &file), Value::Null)).await.body;
        assert_eq!((&far["received"], &far["file"]), (&json!(half), &Value::Null));
        let elsewhere = append(&api, &case, &file, (0, &bytes[half..])).await;
        assert_eq!((elsewhere.status, elsewhere.code()), (StatusCode::CONFLICT, "file_other_part"));
        let whole = append(&api, &case, &file, (half, &bytes[half..])).await;
        assert_eq!((whole.status, &whole.body["file"]["state"]), (StatusCode::OK, &json!("kept")), "{whole:?}");

        let stale = supply(&api, &case, 2, json!({ "account": "0918273645" })).await;
        assert_eq!((stale.status, stale.code()), (StatusCode::CONFLICT, "case_changed"));
        let supplied = supply(&api, &case, 3, json!({ "account": "0918273645" })).await;
        assert_eq!((supplied.status, &supplied.body["state"]), (StatusCode::OK, &json!("reviewing")), "{supplied:?}");
        assert_eq!((&supplied.body["asked"], &supplied.body["files"]), (&json!([]), &json!([whole.body["file"]])));

        // What was handed in stays, and nothing more is asked for.
        let late = begin_case_file(&api, &case, bytes.len()).await;
        let part = append(&api, &case, &file, (0, &bytes[..half])).await;
        let removed = ask(&api, Method::DELETE, &case, (&place(&case, &file), Value::Null)).await;
        let again = supply(&api, &case, 4, json!({ "account": "0918273645" })).await;
        for answer in [late, part, removed, again] {
            assert_eq!((answer.status, answer.code()), (StatusCode::CONFLICT, "case_not_now"));
        }
    }
}

#[tokio::test]
async fn only_what_was_asked_for_is_taken_and_all_of_it() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let case = asked(&test, &api, 101).await;
        let mut other = announced(8);
        other["paper"] = json!("burial_certificate");
        let files = format!("{}/files", of_family(&case));
        let unasked = ask(&api, Method::POST, &case, (&files, other)).await;
        assert_eq!((unasked.status, unasked.code()), (StatusCode::NOT_FOUND, "not_found"));
        let refused = supply(&api, &case, 3, json!({ "account": "0918273645", "died_on": "2026-01-01" })).await;
        assert_eq!(refused.fields(), [("fields.died_on", "field_not_asked")]);
        let refused = supply(&api, &case, 3, json!({})).await;
        assert_eq!(refused.fields().iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["fields.account"]);
        assert_eq!(shown(&api, &case).await["state"], "supplementing", "nothing was handed in by that");

        let begun = begin_case_file(&api, &case, 8).await.body;
        let program = append(&api, &case, &begun, (0, b"MZ\x90\0\x03\0\0\0")).await;
        assert_eq!((program.status, program.code()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "file_program"));
        let typed = ask(&api, Method::PATCH, &case, (&place(&case, &begun), json!({}))).await;
        assert_eq!((typed.status, typed.code()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"));
        let gone = ask(&api, Method::GET, &case, (&place(&case, &begun), Value::Null)).await;
        assert_eq!((gone.status, gone.code()), (StatusCode::NOT_FOUND, "not_found"));
        let other = begin_case_file(&api, &case, 8).await.body;
        let removed = ask(&api, Method::DELETE, &case, (&place(&case, &other), Value::Null)).await;
        assert_eq!(removed.status, StatusCode::NO_CONTENT);
    }
}

#[tokio::test]
async fn a_file_of_one_case_is_no_file_of_another() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let [mine, theirs] = [asked(&test, &api, 101).await, asked(&test, &api, 102).await];
        let file = begin_case_file(&api, &mine, 8).await.body;
        for method in [Method::GET, Method::PATCH, Method::DELETE] {
            let answer = ask(&api, method.clone(), &theirs, (&place(&theirs, &file), Value::Null)).await;
            assert_eq!((answer.status, answer.code()), (StatusCode::NOT_FOUND, "not_found"), "{method}");
        }
        let far = ask(&api, Method::GET, &mine, (&place(&mine, &file), Value::Null)).await;
        assert_eq!((far.status, &far.body["received"]), (StatusCode::OK, &json!(0)));
        // Nobody is asked by a case that was only handed in.
        let unasked = handed_in(&api, 103).await;
        let early = begin_case_file(&api, &unasked, 8).await;
        assert_eq!((early.status, early.code()), (StatusCode::CONFLICT, "case_not_now"));
    }
}
