//! Sends requests to whichever server may be asked, and counts what came of them.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;
use ureq::{Agent, Body, http};

use super::acts::{Act, Came};
use super::office::Office;
use testhouse::draw::Draw;

pub struct Caller<'a> {
    pub office: &'a Office,
    agent: Agent,
    /// The cookie of a browser.
    session: Option<String>,
    pub draw: Draw,
    /// How often each act had each outcome.
    pub counts: BTreeMap<(&'static str, String), usize>,
}

/// A request that can be sent again.
#[derive(Clone, Default)]
pub struct Call {
    pub method: http::Method,
    pub path: String,
    pub token: Option<String>,
    pub key: Option<String>,
    pub body: Option<Value>,
    pub form: Option<String>,
}

impl Call {
    pub fn get(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    pub fn post(path: impl Into<String>) -> Self {
        Self { method: http::Method::POST, ..Self::get(path) }
    }

    pub fn with_token(self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self }
    }

    pub fn with_body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }
}

impl<'a> Caller<'a> {
    pub fn new(office: &'a Office, draw: Draw, session: Option<String>) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_mins(1)))
            .build()
            .new_agent();
        Self { office, agent, session, draw, counts: BTreeMap::new() }
    }

    /// The same client at the same moment.
    pub fn twin(&mut self) -> Self {
        Self::new(self.office, Draw::new(self.draw.number(), 0), self.session.clone())
    }

    pub fn has_session(&self) -> bool {
        self.session.is_some()
    }

    /// Sends it; the test fails for an answer that the act does not allow.
    pub fn ask(&mut self, act: &Act, call: &Call) -> (Came, Value) {
        let answer = self.office.origin(&mut self.draw).and_then(|origin| self.send(&origin, call));
        let (came, body) = match answer {
            None => {
                // A server that is away is not asked without a pause.
                std::thread::sleep(Duration::from_millis(20));
                (Came::Unknown, Value::Null)
            }
            Some((status, body)) => (act.came(status, body["code"].as_str().unwrap_or_default()), body),
        };
        let outcome = match came {
            Came::Refused(code) => format!("refused: {code}"),
            came => format!("{came:?}").to_lowercase(),
        };
        *self.counts.entry((act.name, outcome)).or_default() += 1;
        if came == Came::Done {
            self.office.served();
        }
        (came, body)
    }

    fn send(&self, origin: &str, call: &Call) -> Option<(u16, Value)> {
        let mut request = http::Request::builder().method(&call.method).uri(format!("{origin}{}", call.path));
        if let Some(session) = &self.session {
            request = request.header("cookie", format!("session={session}")).header("sec-fetch-site", "same-origin");
        }
        if let Some(token) = &call.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(key) = &call.key {
            request = request.header("idempotency-key", key);
        }
        let answer = match (&call.body, &call.form) {
            (Some(body), _) => self.run(request.header("content-type", "application/json"), body.to_string()),
            (None, Some(form)) => {
                self.run(request.header("content-type", "application/x-www-form-urlencoded"), form.clone())
            }
            (None, None) => self.agent.run(request.body(()).unwrap()),
        };
        let mut answer = answer.ok()?;
        let status = answer.status().as_u16();
        let text = answer.body_mut().read_to_string().ok()?;
        Some((status, serde_json::from_str(&text).unwrap_or(Value::Null)))
    }

    fn run(&self, request: http::request::Builder, body: String) -> Result<http::Response<Body>, ureq::Error> {
        self.agent.run(request.body(body).unwrap())
    }
}
