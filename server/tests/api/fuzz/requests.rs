//! A request to an operation of the document, and what stands around it.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request};
use serde_json::Value;
use testhouse::draw::Draw;

use super::broken;
use super::values::{Known, value};

/// What is sent, as it can be told when it is answered wrongly.
#[derive(Debug)]
pub(super) struct Sending {
    method: Method,
    address: String,
    headers: Vec<(&'static str, Vec<u8>)>,
    body: Lossy,
}

struct Lossy(Vec<u8>);

impl std::fmt::Debug for Lossy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", String::from_utf8_lossy(&self.0))
    }
}

const SESSION: &str = "session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

impl Sending {
    pub(super) fn draw(draw: &mut Draw, known: &Known, method: &Method, path: &str, operation: &Value) -> Self {
        // Some requests are good throughout, or nothing would ever be booked.
        let oddness = *draw.of(&[3, 10, 1_000_000]);
        let mut sending =
            Self { method: method.clone(), address: path.to_owned(), headers: Vec::new(), body: Lossy(Vec::new()) };
        let mut query = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let given = text_of(&value(draw, known, name, &parameter["schema"], oddness));
            match parameter["in"].as_str() {
                Some("path") => {
                    let place = format!("{{{name}}}");
                    sending.address = sending.address.replace(&place, &in_address(&given));
                }
                Some("query") if draw.one_in(2) => {
                    let times = if draw.one_in(oddness) { 2 } else { 1 };
                    query.extend(vec![format!("{}={}", in_address(name), in_address(&given)); times]);
                }
                Some("header") if draw.one_in(2) => sending.header("idempotency-key", given.into_bytes()),
                _ => {}
            }
        }
        if !query.is_empty() {
            sending.address = format!("{}?{}", sending.address, query.join("&"));
        }
        sending.around(draw, known, operation, oddness);
        if operation["requestBody"].is_object() {
            let content = &operation["requestBody"]["content"];
            if content["application/octet-stream"].is_object() {
                sending.with_bytes(draw, oddness);
            } else {
                sending.with_body(draw, known, &content["application/json"]["schema"], oddness);
            }
        }
        sending
    }

    pub(super) fn request(&self) -> Request<Body> {
        let mut request = Request::builder().method(self.method.clone()).uri(&self.address);
        for (name, value) in &self.headers {
            if let Ok(value) = HeaderValue::from_bytes(value) {
                request = request.header(*name, value);
            }
        }
        request.body(Body::from(self.body.0.clone())).unwrap()
    }

    /// Proofs, cookies and what browsers say of themselves.
    fn around(&mut self, draw: &mut Draw, known: &Known, operation: &Value, oddness: usize) {
        let named = |name: &str| operation["security"].to_string().contains(name);
        let proof = ["hold_token", "manage_token", "draft_token", "case_token"].into_iter().find(|name| named(name));
        let good = proof.and_then(|name| known.any(draw, name)).map(|token| text_of(&token));
        match (good, draw.below(oddness.min(12)) == 0) {
            (Some(token), false) => self.header("authorization", format!("Bearer {token}").into_bytes()),
            (_, false) => {}
            (token, true) => {
                let token = token.unwrap_or_default();
                let odd = broken::text(draw);
                let forged = draw.of(&["Bearer", "Bearer  ", "Basic YTpi", "bearer\t", "Bearer 三"]);
                self.header("authorization", format!("{forged} {odd}{token}").into_bytes());
            }
        }
        if named("staff_session") && !draw.one_in(oddness) {
            self.header("cookie", known.at_work().as_bytes().to_vec());
        } else if draw.one_in(3) {
            let odd = format!("session={}", broken::text(draw));
            self.header("cookie", draw.of(&[SESSION, SESSION, &odd, "session", "=;;="]).as_bytes().to_vec());
        }
        if draw.one_in(4) {
            let site = *draw.of(&["same-origin", "same-origin", "none", "cross-site", "same-site", "\u{e9}"]);
            self.header("sec-fetch-site", site.as_bytes().to_vec());
        }
        if draw.one_in(4) {
            let odd = broken::text(draw);
            self.header("accept-language", draw.of(&["en", "zh-CN,zh;q=0.9", "fr;q=abc", &odd]).as_bytes().to_vec());
        }
        if draw.one_in(6) {
            self.header("accept-encoding", b"br".to_vec());
            self.header("if-none-match", broken::text(draw).into_bytes());
            self.header("x-forwarded-for", broken::text(draw).into_bytes());
        }
    }

    fn with_body(&mut self, draw: &mut Draw, known: &Known, schema: &Value, oddness: usize) {
        let good = value(draw, known, "", schema, oddness);
        self.body.0 = if draw.one_in(oddness) { broken::body(draw, &good) } else { good.to_string().into_bytes() };
        let odd = *draw.of(&[
            "text/plain",
            "application/xml",
            "application/json; charset=gbk",
            "application/x+json",
            ";",
            "",
        ]);
        match (draw.one_in(oddness), odd) {
            (true, "") => {}
            (true, odd) => self.header("content-type", odd.as_bytes().to_vec()),
            (false, _) => self.header("content-type", b"application/json".to_vec()),
        }
    }

    /// A part of a file, which begins as something that is taken or as nothing at all.
    fn with_bytes(&mut self, draw: &mut Draw, oddness: usize) {
        let begins = *draw.of(&[b"\xff\xd8\xff\xe0".as_slice(), b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"MZ", b""]);
        self.body.0 = [begins, &vec![0; draw.below(80)]].concat();
        let kind: &[u8] = if draw.one_in(oddness) { b"text/plain" } else { b"application/octet-stream" };
        self.header("content-type", kind.to_vec());
    }

    fn header(&mut self, name: &'static str, value: Vec<u8>) {
        self.headers.push((name, value));
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// So that any text can be part of an address, most of it in the clear.
fn in_address(text: &str) -> String {
    let bytes = text.bytes().take(3_000);
    bytes
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'$' | b'\'' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
