//! The browser's session: a random cookie that ties a hold and a half-filled form to one browser.

use axum::http::HeaderValue;
use data_encoding::BASE64URL_NOPAD;

use crate::keys::{Keys, random};

/// The cookie's value; the database only ever sees its keyed fingerprint.
#[derive(Clone, PartialEq, Eq)]
pub struct Session(String);

const BYTES: usize = 24;

/// Name of the session cookie: bound to host and https in production, plain on a loopback http server.
pub fn cookie_name(production: bool) -> &'static str {
    if production { "__Host-session" } else { "session" }
}

impl Session {
    pub fn new() -> Self {
        Self(BASE64URL_NOPAD.encode(&random(BYTES)))
    }

    /// Reads a cookie; anything that is not one of ours is no session.
    pub fn parse(cookie: &str) -> Option<Self> {
        let decoded = BASE64URL_NOPAD.decode(cookie.as_bytes()).ok()?;
        (decoded.len() == BYTES).then(|| Self(cookie.to_owned()))
    }

    /// The value to set as a cookie.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The `Set-Cookie` that gives it to a browser, for as long as that stays open: out of reach of scripts, and sent along
    /// from our own pages and from links to them only.
    pub fn cookie(&self, production: bool) -> HeaderValue {
        let (name, secure) = (cookie_name(production), if production { " Secure;" } else { "" });
        let text = format!("{name}={}; HttpOnly; SameSite=Lax;{secure} Path=/", self.0);
        HeaderValue::from_str(&text).expect("a session is plain")
    }

    pub fn fingerprint(&self, keys: &Keys) -> String {
        keys.fingerprint("session", self.0.as_bytes())
    }
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(hidden)")
    }
}
