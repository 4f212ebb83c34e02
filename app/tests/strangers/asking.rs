//! Requests of a stranger, one after the other with the cookies that answers gave, and what they tell.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::json;
use server::{App, api};
use shared::appointments::BookingReference;
use shared::identity::Phone;
use shared::invented;
use tower::ServiceExt;

use super::world::Hold;

/// Requests, and the words that the stranger brought and may therefore find in the answers.
#[derive(Default)]
pub struct Asked {
    requests: Vec<Sent>,
    named: Vec<String>,
}

#[derive(Default)]
struct Sent {
    method: Method,
    path: String,
    kind: &'static str,
    body: String,
    token: String,
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

impl Asked {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn naming(mut self, word: &str) -> Self {
        self.named.extend(Phone::parse(word).map(|phone| phone.masked()));
        self.named.extend(BookingReference::parse(word).map(|reference| reference.to_string()));
        self.named.push(word.to_owned());
        self
    }

    fn and(mut self, method: Method, path: &str, kind: &'static str, body: String) -> Self {
        self.requests.push(Sent { method, path: path.to_owned(), kind, body, token: String::new() });
        self
    }

    pub fn get(self, path: &str) -> Self {
        self.and(Method::GET, path, "", String::new())
    }

    pub fn delete(self, path: &str) -> Self {
        self.and(Method::DELETE, path, "", String::new())
    }

    /// A form of a page.
    pub fn post(self, path: &str, form: &str) -> Self {
        self.and(Method::POST, path, FORM, form.to_owned())
    }

    pub fn post_json(self, path: &str, body: &str) -> Self {
        self.and(Method::POST, path, JSON, body.to_owned())
    }

    /// The last request with a token.
    pub fn with_token(mut self, token: &str) -> Self {
        self.requests.last_mut().unwrap().token = format!("Bearer {token}");
        self
    }

    pub fn hold(self, slot: i64, phone: &str, code: &str) -> Self {
        let body = json!({ "slot_id": slot, "phone": phone, "phone_code": code });
        self.post_json("/api/v1/holds", &body.to_string())
    }

    pub fn send_code(self, phone: &str) -> Self {
        self.post_json("/api/v1/phone-codes", &json!({ "phone": phone }).to_string())
    }

    pub fn look_up(self, reference: &str, phone: &str) -> Self {
        self.post("/marriage/bookings", &format!("reference={reference}&phone={phone}"))
    }

    /// A booking of the husband of one couple and the wife of another, with one code for both phones.
    pub fn book(self, hold: &Hold, of: [usize; 2], code: &str) -> Self {
        let [[husband, _], [_, wife]] = of.map(invented::couple);
        let parties =
            [husband, wife].map(|party| shared::marriage::PartyInput { phone_code: code.to_owned(), ..party });
        let body = json!({
            "hold_id": hold.id,
            "hold_token": hold.token,
            "service": "marriage_registration",
            "locale": "zh-CN",
            "parties": parties,
        });
        self.post_json("/api/v1/bookings", &body.to_string())
    }
}

/// All that an answer tells.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    pub status: StatusCode,
    headers: Vec<(String, String)>,
    body: String,
}

pub async fn ask(app: &App, asked: &Asked) -> Vec<Told> {
    let routers = [api::router(app.clone()), app::domains::site().router(app)];
    let (mut cookies, mut told) = (BTreeMap::new(), Vec::new());
    for sent in &asked.requests {
        let [api, pages] = &routers;
        let router = if sent.path.starts_with("/api/") { api } else { pages };
        told.push(send(router, sent, &mut cookies, &asked.named).await);
    }
    told
}

async fn send(router: &Router, sent: &Sent, cookies: &mut BTreeMap<String, String>, named: &[String]) -> Told {
    let mut request = Request::builder().method(&sent.method).uri(&sent.path).header("sec-fetch-site", "same-origin");
    let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    for (name, value) in
        [(header::CONTENT_TYPE, sent.kind), (header::AUTHORIZATION, &sent.token), (header::COOKIE, &pairs.join("; "))]
    {
        if !value.is_empty() {
            request = request.header(name, value);
        }
    }
    let answer = router.clone().oneshot(request.body(Body::from(sent.body.clone())).unwrap()).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let unnamed = |text: &str| named.iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), "…"));
    let headers = told_headers(&parts.headers, cookies).into_iter().map(|(name, value)| (name, unnamed(&value)));
    Told { status: parts.status, headers: headers.collect(), body: unnamed(&String::from_utf8_lossy(&body)) }
}

/// The headers in order, of cookies their length: what they hold is sealed or random.
fn told_headers(headers: &HeaderMap, cookies: &mut BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for (name, value) in headers {
        let mut value = value.to_str().unwrap().to_owned();
        if name == header::SET_COOKIE {
            let (pair, rest) = value.split_once(';').unwrap();
            let (cookie, secret) = pair.split_once('=').unwrap();
            cookies.insert(cookie.to_owned(), secret.to_owned());
            value = format!("{cookie}={} characters;{rest}", secret.len());
        }
        if name != header::DATE {
            told.push((name.to_string(), value));
        }
    }
    told.sort();
    told
}
