//! The API as its clients meet it. Every answer is held against the OpenAPI document.

use std::sync::OnceLock;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};
use server::{App, api, observe, session::Session};
use shared::invented;
use shared::marriage::PartyInput;
use tower::ServiceExt;

use super::TestApp;
use super::events::{Line, whole_or_first};

/// A client of one server.
#[derive(Clone)]
pub struct Api {
    router: Router,
    /// The session cookie that it sends, where it keeps cookies at all.
    cookie: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// Null when there was none.
    pub body: Value,
}

impl Api {
    /// A program that keeps no cookies.
    pub fn of(app: &App) -> Self {
        Self { router: api::router(app.clone()).merge(observe::router(app.clone())), cookie: None }
    }

    /// A program that sends one session with everything it asks, on a server without https.
    pub fn with_session(app: &App) -> Self {
        Self { cookie: Some(format!("session={}", Session::new().reveal())), ..Self::of(app) }
    }

    /// A program that sends these cookies with everything it asks.
    pub fn with_cookies(app: &App, cookies: String) -> Self {
        Self { cookie: Some(cookies), ..Self::of(app) }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(request(Method::GET, path, None, &Value::Null)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(request(Method::POST, path, None, &body)).await
    }

    /// Opens a line of events.
    pub async fn follow(&self, path: &str) -> Line {
        let mut request = request(Method::GET, path, None, &Value::Null);
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        }
        Line::of(self.router.clone().oneshot(request).await.unwrap())
    }

    /// With a token and perhaps a body; null is none.
    pub async fn with_token(&self, method: Method, path: &str, token: &str, body: Value) -> Answer {
        self.send(request(method, path, Some(token), &body)).await
    }

    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        if let Some(cookie) = &self.cookie {
            request.headers_mut().entry(header::COOKIE).or_insert(cookie.parse().unwrap());
        }
        let answer = read(self.router.clone().oneshot(request).await.unwrap()).await;
        check(&method, &path, &answer);
        answer
    }

    /// Takes a hold without a session and gives it as the API does.
    pub async fn hold(&self, slot: i64) -> Value {
        let answer = self.post("/api/v1/holds", json!({ "slot_id": slot })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        answer.body
    }

    /// Holds the first free time of a day at Nanshan and books it for the `n`th couple: the booking as it was made.
    pub async fn booking(&self, test: &TestApp, n: usize, date: &str) -> Value {
        let body = self.ready(test, n, date).await;
        let answer = self.post("/api/v1/bookings", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        answer.body
    }

    /// A hold and both codes for the `n`th couple: the body of a booking that will be made.
    pub async fn ready(&self, test: &TestApp, n: usize, date: &str) -> Value {
        let hold = self.hold(test.free_slot("nanshan", date).await.id.0).await;
        let parties = self.with_codes(test, invented::couple(n)).await;
        booking_of(&hold, &parties)
    }

    /// The same people with a fresh code to each phone.
    pub async fn with_codes(&self, test: &TestApp, parties: [PartyInput; 2]) -> [PartyInput; 2] {
        let [first, second] = parties;
        [self.with_code(test, first).await, self.with_code(test, second).await]
    }

    async fn with_code(&self, test: &TestApp, party: PartyInput) -> PartyInput {
        let answer = self.post("/api/v1/phone-codes", json!({ "phone": party.phone })).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{answer:?}");
        PartyInput { phone_code: test.last_code(&party.phone).await, ..party }
    }
}

impl Answer {
    /// The problem's code; the test fails where there is no problem.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_else(|| panic!("no problem: {self:?}"))
    }

    /// The fields with their codes, of a 422.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        let errors = self.body["errors"].as_array().unwrap_or_else(|| panic!("no problem: {self:?}"));
        errors.iter().map(|entry| (entry["field"].as_str().unwrap(), entry["code"].as_str().unwrap())).collect()
    }

    pub fn header(&self, name: impl header::AsHeaderName) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// A request of a program that is no browser.
pub fn request(method: Method, path: &str, token: Option<&str>, body: &Value) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if body.is_null() {
        return request.body(Body::empty()).unwrap();
    }
    request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap()
}

/// The body of `POST /api/v1/bookings` for a hold as the API gave it.
pub fn booking_of(hold: &Value, parties: &[PartyInput; 2]) -> Value {
    json!({
        "hold_id": hold["hold_id"],
        "hold_token": hold["hold_token"],
        "service": "marriage_registration",
        "locale": "zh-CN",
        "parties": parties,
    })
}

/// The document, as it is served.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::to_value(api::document()).unwrap())
}

async fn read(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = whole_or_first(&parts.headers, body).await;
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap_or(Value::Null) };
    Answer { status: parts.status, headers: parts.headers, body }
}

/// What holds for every answer of the API.
fn check(method: &Method, path: &str, answer: &Answer) {
    if !path.starts_with("/api/") {
        return;
    }
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{answer:?}");
    assert!(answer.headers.contains_key(header::CACHE_CONTROL), "{answer:?}");
    assert!(!answer.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN), "{answer:?}");
    if answer.status.is_client_error() || answer.status.is_server_error() {
        assert_eq!(answer.header(header::CONTENT_TYPE), Some("application/problem+json"), "{answer:?}");
        assert_eq!(answer.header(header::CACHE_CONTROL), Some("no-store"), "{answer:?}");
        assert_eq!(answer.body["status"], answer.status.as_u16(), "{answer:?}");
        assert_eq!(answer.body["type"], format!("/problems/{}", answer.code()), "{answer:?}");
        assert!(answer.body["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{answer:?}");
        assert_eq!(answer.code() == "invalid_fields", !answer.fields().is_empty(), "{answer:?}");
    }
    if let Some(operation) = operation(method, path) {
        let documented = &operation["responses"][answer.status.as_str()];
        assert!(documented.is_object(), "{method} {path} does not document {}: {answer:?}", answer.status);
        let kind = answer.header(header::CONTENT_TYPE).and_then(|kind| kind.split(';').next());
        if let Some(kind) = kind {
            assert!(documented["content"][kind].is_object(), "{method} {path} does not document {kind}");
        }
        if answer.status.is_client_error() {
            let codes = documented["description"].as_str().unwrap();
            assert!(codes.contains(&format!("`{}`", answer.code())), "{method} {path} does not name {}", answer.code());
        }
    }
}

/// The documented operation at a path, if there is one.
fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let paths = document()["paths"].as_object().unwrap();
    let (_, item) = paths.iter().find(|(template, _)| fits(template, path))?;
    item.get(method.as_str().to_ascii_lowercase())
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template.iter().zip(path).all(|(part, given)| part.starts_with('{') && !given.is_empty() || *part == given)
}
