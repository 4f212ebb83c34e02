//! What the rows of the API say is what it does: each address asked by everybody who might ask it.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use server::api::{self, Row};
use server::route::Cache;
use server::session::Session;

use super::applying;
use crate::support::{
    Setup, TestApp,
    http::{Api, document, request},
    test_apps,
};

/// Something that somebody has, with the token that proves it.
struct Thing {
    id: String,
    token: String,
}

/// What an address is about, when one of its kind is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nothing,
    /// Anybody may ask about this.
    Open(&'static str),
    Hold,
    Booking,
    /// A draft with all that is asked for.
    Draft,
    /// A file of such a draft, of which nothing has come.
    File,
    Case,
    /// A case whose family was asked for an answer and a paper.
    Asked,
    /// A file of such a case, of which nothing has come.
    AskedFile,
    /// All places of a kind in one piece, by its hash.
    Bundle,
}

impl Kind {
    /// Whether it has a token of its own.
    fn is_somebodys(self) -> bool {
        matches!(
            self,
            Self::Hold | Self::Booking | Self::Draft | Self::File | Self::Case | Self::Asked | Self::AskedFile
        )
    }
}

/// A new address with a parameter says here what stands in for it.
fn kind(path: &str) -> Kind {
    let starts = |start: &str| path.starts_with(start);
    match path {
        _ if !path.contains('{') => Kind::Nothing,
        _ if starts("/api/v1/holds/{id}") => Kind::Hold,
        _ if starts("/api/v1/bookings/{reference}") => Kind::Booking,
        _ if starts("/api/v1/registries/{id}") || starts("/api/v1/places/{id}") => Kind::Open("nanshan"),
        _ if starts("/api/v1/bundles/{kind}") => Kind::Open("elderly_station"),
        _ if starts("/api/v1/bundles/by-hash/{hash}") => Kind::Bundle,
        _ if starts("/api/v1/calendar/{date}") => Kind::Open("2026-05-20"),
        _ if starts("/api/v1/procedures/{id}/drafts/{draft_id}/files/{file_id}") => Kind::File,
        _ if starts("/api/v1/procedures/{id}/drafts/{draft_id}") => Kind::Draft,
        _ if starts("/api/v1/procedures/{id}") => Kind::Open("green_burial"),
        _ if starts("/api/v1/cases/{reference}/files/{file_id}") => Kind::AskedFile,
        "/api/v1/cases/{reference}/files" | "/api/v1/cases/{reference}/supplement" => Kind::Asked,
        _ if starts("/api/v1/cases/{reference}") => Kind::Case,
        // Whoever is not signed in learns nothing of what is there.
        _ if starts("/api/v1/staff/") => Kind::Open("1"),
        _ if starts("/api/v1/policy/{region}") => Kind::Open("440305"),
        _ => panic!("say in this test what {path} is about"),
    }
}

fn address(path: &str, id: &str) -> String {
    if path == "/api/v1/calendar/deadline" {
        return format!("{path}?from=2026-02-10&days=5&unit=working");
    }
    // A draft is named below what it applies for.
    let path = if path.contains("{draft_id}") { path.replace("{id}", "green_burial") } else { path.to_owned() };
    // A file is named below its draft or case.
    let (id, file) = id.split_once(' ').unwrap_or((id, id));
    let parts = path.split('/').map(|part| match part {
        "{file_id}" => file,
        part if part.starts_with('{') => id,
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Makes things, each somebody else's.
struct Maker<'a> {
    api: &'a Api,
    test: &'a TestApp,
    couples: usize,
    families: usize,
}

impl Maker<'_> {
    async fn hold(&self) -> Value {
        self.api.hold(self.test.free_slot("nanshan", "2026-05-15").await.id.0).await
    }

    /// A body with which whoever may gets what is asked, where a token is wanted; else an empty one.
    async fn body(&self, method: &Method, path: &str) -> Value {
        match path {
            "/api/v1/bookings/{reference}/reschedule" => {
                let hold = self.hold().await;
                json!({ "hold_id": hold["hold_id"], "hold_token": hold["hold_token"] })
            }
            "/api/v1/procedures/{id}/drafts/{draft_id}" if *method == Method::PUT => {
                json!({ "version": 1, "fields": { "burial_kind": "river" } })
            }
            "/api/v1/procedures/{id}/drafts/{draft_id}/submit" => json!({ "version": 1 }),
            "/api/v1/procedures/{id}/drafts/{draft_id}/files" if *method == Method::POST => applying::announced(8),
            "/api/v1/cases/{reference}/files" => applying::announced(8),
            "/api/v1/cases/{reference}/supplement" => json!({ "version": 3, "fields": { "account": "0123456789" } }),
            "/api/v1/cases/{reference}/messages" if *method == Method::POST => json!({ "words": "请问办得怎么样了？" }),
            "/api/v1/cases/{reference}/withdraw" => json!({ "version": 0 }),
            // A part of a file is no JSON; none of its bytes changes nothing.
            _ if *method == Method::GET || *method == Method::PATCH => Value::Null,
            _ => json!({}),
        }
    }

    async fn make(&mut self, kind: Kind) -> Thing {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        match kind {
            Kind::Nothing => Thing { id: String::new(), token: "nobody’s".to_owned() },
            Kind::Open(id) => Thing { id: id.to_owned(), token: "nobody’s".to_owned() },
            Kind::Bundle => {
                let bundle = self.api.get("/api/v1/bundles/elderly_station").await.body;
                Thing { id: text(&bundle["hash"]), token: "nobody’s".to_owned() }
            }
            Kind::Hold => {
                let hold = self.hold().await;
                Thing { id: text(&hold["hold_id"]), token: text(&hold["hold_token"]) }
            }
            Kind::Booking => {
                self.couples += 1;
                let booking = self.api.booking(self.test, self.couples, "2026-05-14").await;
                Thing { id: text(&booking["reference"]), token: text(&booking["manage_token"]) }
            }
            Kind::Draft => {
                self.families += 1;
                let draft = applying::filled(self.api, self.families).await;
                Thing { id: text(&draft["draft_id"]), token: text(&draft["token"]) }
            }
            Kind::File => {
                self.families += 1;
                let draft = applying::filled(self.api, self.families).await;
                let begun = applying::begin_file(self.api, &draft, 8).await.body;
                let id = format!("{} {}", text(&draft["draft_id"]), text(&begun["file_id"]));
                Thing { id, token: text(&draft["token"]) }
            }
            Kind::Case => {
                self.families += 1;
                let case = applying::handed_in(self.api, self.families).await;
                Thing { id: text(&case["reference"]), token: text(&case["manage_token"]) }
            }
            Kind::Asked => {
                self.families += 1;
                let case = applying::asked(self.test, self.api, self.families).await;
                Thing { id: text(&case["reference"]), token: text(&case["manage_token"]) }
            }
            Kind::AskedFile => {
                self.families += 1;
                let case = applying::asked(self.test, self.api, self.families).await;
                let begun = applying::begin_case_file(self.api, &case, 8).await.body;
                let id = format!("{} {}", text(&case["reference"]), text(&begun["file_id"]));
                Thing { id, token: text(&case["manage_token"]) }
            }
        }
    }
}

/// Whether the document says that an operation wants a token.
fn wants_token(method: &Method, path: &str) -> bool {
    let operation = &document()["paths"][path][method.as_str().to_ascii_lowercase()];
    operation.get("security").is_some()
}

fn operations() -> Vec<(Row, Method)> {
    let rows = api::rows().into_iter();
    rows.flat_map(|row| row.methods.clone().into_iter().map(move |method| (row.clone(), method))).collect()
}

#[test]
fn every_row_is_described_and_every_description_has_a_row() {
    let rows: BTreeSet<_> =
        operations().iter().map(|(row, method)| (row.path.clone(), method.as_str().to_ascii_lowercase())).collect();
    let paths = document()["paths"].as_object().unwrap();
    let described: BTreeSet<_> = paths
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| (path.clone(), method.clone())))
        .collect();
    assert_eq!(rows, described);
}

#[tokio::test]
async fn only_the_token_of_a_thing_opens_it() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let mut maker = Maker { api: &api, test: &test, couples: 0, families: 0 };
        // Those for staff are asked by every role in `staff::authority`.
        for (row, method) in operations().into_iter().filter(|(row, _)| !row.who.wants_session()) {
            let about = kind(&row.path);
            let (mine, theirs) = (maker.make(about).await, maker.make(about).await);
            let path = address(&row.path, &mine.id);
            let body = maker.body(&method, &row.path).await;
            let ask = async |token: Option<&str>| {
                let answer = api.send(request(method.clone(), &path, token, &body)).await;
                let code = answer.body["code"].as_str().unwrap_or_default().to_owned();
                (answer.status, code)
            };
            let (nobody, stranger) = (ask(None).await, ask(Some(&theirs.token)).await);
            if wants_token(&method, &row.path) {
                assert!(about.is_somebodys(), "{method} {path}");
                assert_eq!(nobody, (StatusCode::UNAUTHORIZED, "unauthorized".to_owned()), "{method} {path}");
                let refused = [(StatusCode::UNAUTHORIZED, "unauthorized"), (StatusCode::NOT_FOUND, "not_found")];
                assert!(refused.contains(&(stranger.0, stranger.1.as_str())), "{method} {path}: {stranger:?}");
                let (status, code) = ask(Some(&mine.token)).await;
                assert!(status.is_success(), "{method} {path}: {status} {code}");
            } else {
                assert!(!about.is_somebodys(), "{method} {path} is open to everybody");
                assert_eq!(nobody, stranger, "{method} {path}: a token of something else makes no difference");
                assert!(![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&nobody.0), "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn no_other_site_can_use_the_browser_of_a_resident() {
    for test in test_apps(Setup { public_url: Some("https://huimin.example"), ..Setup::default() }).await {
        let api = Api::of(&test.app);
        let cookie = format!("__Host-session={}", Session::new().reveal());
        for (row, method) in operations() {
            let path = address(&row.path, "x");
            for (name, value) in
                [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), ("origin", "null")]
            {
                let mut asked = request(method.clone(), &path, Some("token"), &Value::Null);
                asked.headers_mut().insert(name, value.parse().unwrap());
                asked.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
                let refused = api.send(asked).await.status == StatusCode::FORBIDDEN;
                assert_eq!(refused, !method.is_safe(), "{method} {path} with {name}: {value}");
            }
        }
    }
}

#[tokio::test]
async fn a_cache_may_keep_what_the_row_says_and_nothing_that_knows_who_asks() {
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let mut maker = Maker { api: &api, test: &test, couples: 0, families: 0 };
        for (row, method) in operations() {
            let thing = maker.make(kind(&row.path)).await;
            let path = address(&row.path, &thing.id);
            let ask = async |cookie: Option<&str>| {
                let mut asked = request(method.clone(), &path, Some(&thing.token), &Value::Null);
                if let Some(cookie) = cookie {
                    asked.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
                }
                api.send(asked).await
            };
            let answer = ask(None).await;
            let kept = answer.header(header::CACHE_CONTROL).unwrap();
            assert_eq!(kept != "no-store", row.cache == Cache::Shared, "{method} {path}: {kept}");
            if row.cache == Cache::Shared {
                assert_eq!(answer.status, StatusCode::OK, "{method} {path}");
                let known = ask(Some(&format!("session={}", Session::new().reveal()))).await;
                assert_eq!((known.status, known.body), (answer.status, answer.body), "{method} {path}");
            }
        }
    }
}
