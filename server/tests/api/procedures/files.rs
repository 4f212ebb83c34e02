//! Photographs that come in parts over the API, before the draft is handed in.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use chrono::TimeDelta;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use serde_json::{Value, json};
use shared::procedures::file::SHORTEST_PART;

use super::super::applying::{PAPER, address, announced, begin_file, filled, submit, text};
use super::shown;
use crate::support::{
    Setup,
    http::{Answer, Api},
    test_apps, test_apps_set,
};

/// As long as two parts at least: what lies behind the end of a photograph is dropped.
pub(in crate::api) fn jpeg() -> Vec<u8> {
    let mut bytes = Vec::new();
    let photo = RgbImage::from_pixel(64, 48, Rgb([200, 120, 40]));
    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&photo).unwrap();
    bytes.resize(2 * SHORTEST_PART, 0);
    bytes
}

/// Hands in one file of a draft, which is read back by its id.
pub(super) async fn sent(api: &Api, draft: &Value) -> Value {
    let bytes = jpeg();
    let file = begun(api, draft, bytes.len()).await;
    let whole = append(api, draft, &file, (0, &bytes)).await;
    assert_eq!(whole.body["file"]["state"], "kept", "{whole:?}");
    file["file_id"].clone()
}

fn place(draft: &Value, file: &Value) -> String {
    format!("{}/files/{}", address(draft), text(&file["file_id"]))
}

/// Room for a file of so many bytes.
async fn begun(api: &Api, draft: &Value, size: usize) -> Value {
    let begun = begin_file(api, draft, size).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{begun:?}");
    assert_eq!(begun.header(header::LOCATION), Some(place(draft, &begun.body).as_str()));
    begun.body
}

async fn append(api: &Api, draft: &Value, file: &Value, (offset, bytes): (usize, &[u8])) -> Answer {
    let request = Request::patch(format!("{}?offset={offset}", place(draft, file)))
        .header(header::AUTHORIZATION, format!("Bearer {}", text(&draft["token"])))
        .header(header::CONTENT_TYPE, "application/octet-stream");
    api.send(request.body(Body::from(bytes.to_vec())).unwrap()).await
}

async fn asked(api: &Api, method: Method, draft: &Value, path: &str) -> Answer {
    api.with_token(method, path, text(&draft["token"]), Value::Null).await
}

#[tokio::test]
async fn a_photograph_comes_in_parts_and_goes_with_its_case() {
    for test in test_apps(Setup::default()).await {
        let (api, bytes) = (Api::of(&test.app), jpeg());
        let procedure = api.get("/api/v1/procedures/green_burial").await.body;
        assert_eq!(procedure["files"]["bytes"], 20 * 1024 * 1024, "told beforehand");
        let draft = filled(&api, 101).await;
        let file = begun(&api, &draft, bytes.len()).await;
        let half = bytes.len() / 2;
        let short = append(&api, &draft, &file, (0, &bytes[..half - 1])).await;
        assert_eq!((short.status, short.code()), (StatusCode::BAD_REQUEST, "malformed"), "more is to come");
        let first = append(&api, &draft, &file, (0, &bytes[..half])).await;
        assert_eq!(
            (first.status, &first.body["received"], &first.body["file"]),
            (StatusCode::OK, &json!(half), &json!(null))
        );
        let elsewhere = append(&api, &draft, &file, (half + 1, &bytes[half + 1..])).await;
        assert_eq!((elsewhere.status, elsewhere.code()), (StatusCode::CONFLICT, "file_other_part"));
        let far = asked(&api, Method::GET, &draft, &place(&draft, &file)).await.body;
        assert_eq!((&far["received"], &far["size"]), (&json!(half), &json!(bytes.len())));
        let whole = append(&api, &draft, &file, (half, &bytes[half..])).await;
        assert_eq!((whole.status, &whole.body["file"]["state"]), (StatusCode::OK, &json!("kept")), "{whole:?}");
        let again = append(&api, &draft, &file, (half, &bytes[half..])).await;
        assert_eq!(again.body["file"], whole.body["file"], "who heard no answer sends it anew");

        let other = begun(&api, &draft, bytes.len()).await;
        let removed = asked(&api, Method::DELETE, &draft, &place(&draft, &other)).await;
        assert_eq!(removed.status, StatusCode::NO_CONTENT);
        let files = asked(&api, Method::GET, &draft, &format!("{}/files", address(&draft))).await.body;
        assert_eq!(files["files"], json!([whole.body["file"]]));

        let made = submit(&api, &draft, 1, None).await;
        assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
        let case = shown(&api, &made.body).await;
        assert_eq!(case["files"], json!([whole.body["file"]]));
        let bring = case["bring"].as_array().unwrap();
        assert!(!bring.is_empty() && !bring.contains(&json!(PAPER)), "{bring:?}");
        let late = begin_file(&api, &draft, bytes.len()).await;
        assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "draft_submitted"));
    }
}

#[tokio::test]
async fn what_is_no_photograph_is_refused_in_words_of_its_own_and_is_gone() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let draft = filled(&api, 101).await;
        let large = begin_file(&api, &draft, 40 * 1024 * 1024).await;
        assert_eq!((large.status, large.code()), (StatusCode::PAYLOAD_TOO_LARGE, "file_too_large"));
        let mut unknown = announced(8);
        unknown["paper"] = json!("no_such_paper");
        let path = format!("{}/files", address(&draft));
        let unknown = api.with_token(Method::POST, &path, text(&draft["token"]), unknown).await;
        assert_eq!((unknown.status, unknown.code()), (StatusCode::NOT_FOUND, "not_found"));

        let file = begun(&api, &draft, 8).await;
        let typed = api.with_token(Method::PATCH, &place(&draft, &file), text(&draft["token"]), json!({})).await;
        assert_eq!((typed.status, typed.code()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"));
        let long = append(&api, &draft, &file, (0, &vec![0_u8; 2 * 1024 * 1024 + 1])).await;
        assert_eq!((long.status, long.code()), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
        let program = append(&api, &draft, &file, (0, b"MZ\x90\0\x03\0\0\0")).await;
        assert_eq!((program.status, program.code()), (StatusCode::UNSUPPORTED_MEDIA_TYPE, "file_program"));
        let gone = asked(&api, Method::GET, &draft, &place(&draft, &file)).await;
        assert_eq!((gone.status, gone.code()), (StatusCode::NOT_FOUND, "not_found"));
    }
}

#[tokio::test]
async fn what_no_scanner_has_seen_waits_and_is_told_so() {
    // Nobody listens there.
    for test in test_apps_set(Setup::default(), &["--clamd=unix:/nonexistent/clamd.ctl"]).await {
        let (api, bytes) = (Api::of(&test.app), jpeg());
        let draft = filled(&api, 101).await;
        let file = begun(&api, &draft, bytes.len()).await;
        let whole = append(&api, &draft, &file, (0, &bytes)).await;
        assert_eq!((whole.status, &whole.body["file"]["state"]), (StatusCode::OK, &json!("waiting")), "{whole:?}");
        let made = submit(&api, &draft, 1, None).await;
        assert_eq!(shown(&api, &made.body).await["files"][0]["state"], "waiting");
    }
}

#[tokio::test]
async fn a_part_that_comes_after_the_draft_s_time_is_told_that_it_is_over() {
    for test in test_apps(Setup::default()).await {
        let (api, bytes) = (Api::of(&test.app), jpeg());
        let draft = filled(&api, 101).await;
        let file = begun(&api, &draft, bytes.len()).await;
        let half = bytes.len() / 2;
        assert_eq!(append(&api, &draft, &file, (0, &bytes[..half])).await.status, StatusCode::OK);
        test.wait(TimeDelta::days(31));
        let late = append(&api, &draft, &file, (half, &bytes[half..])).await;
        assert_eq!((late.status, late.code()), (StatusCode::GONE, "draft_over"));
        let far = asked(&api, Method::GET, &draft, &place(&draft, &file)).await;
        assert_eq!((far.status, far.code()), (StatusCode::GONE, "draft_over"));
    }
}
