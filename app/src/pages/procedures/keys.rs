//! The applications that this browser may open: a cookie with the id and the secret of each.

use axum::{http::HeaderMap, response::Response};
use shared::id::is_plain;

use crate::{
    cookies::{self, Name},
    visit::cookie,
};

/// One of the browser's cookies of keys, newest first.
pub(super) struct Keys {
    name: Name,
    pairs: Vec<(String, String)>,
}

/// More than anybody ever has; the oldest falls off.
const MOST: usize = 6;

impl Keys {
    /// Reads the cookie; pairs that are none of ours are left out.
    pub fn read(headers: &HeaderMap, name: Name, production: bool) -> Self {
        let sent = cookie(headers, name.under(production)).unwrap_or_default();
        let pairs = sent.split('.').filter_map(|pair| {
            let (id, secret) = pair.rsplit_once('-')?;
            let is_ours = is_plain(id.as_bytes()) && is_plain(secret.as_bytes());
            is_ours.then(|| (id.to_owned(), secret.to_owned()))
        });
        Self { name, pairs: pairs.take(MOST).collect() }
    }

    /// The secret that opens this one, where the browser has it.
    pub fn of(&self, id: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == id).map(|(_, secret)| secret.as_str())
    }

    /// All of them with their secrets.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(id, secret)| (id.as_str(), secret.as_str()))
    }

    /// The same with one more, or the same one on top.
    #[must_use]
    pub fn with(mut self, id: &str, secret: &str) -> Self {
        self.pairs.retain(|(known, _)| known != id);
        self.pairs.insert(0, (id.to_owned(), secret.to_owned()));
        self.pairs.truncate(MOST);
        self
    }

    /// The same without one that is no more.
    #[must_use]
    pub fn without(mut self, id: &str) -> Self {
        self.pairs.retain(|(known, _)| known != id);
        self
    }

    /// Gives them to the browser, for as long as it stays open: others may use it after.
    pub fn give(&self, response: Response, production: bool) -> Response {
        let pairs: Vec<_> = self.pairs.iter().map(|(id, secret)| format!("{id}-{secret}")).collect();
        cookies::give(response, &cookies::ours(self.name, pairs.join("."), production))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    fn keys(cookie: &str) -> Keys {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        Keys::read(&headers, cookies::DRAFTS, false)
    }

    fn given(keys: &Keys) -> String {
        let response = keys.give(Response::default(), false);
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    #[test]
    fn what_was_given_is_read_again_and_the_newest_is_first() {
        let both = keys("").with("a-1", "x").with("b", "y");
        assert_eq!(given(&both), "drafts=b-y.a-1-x");
        let read = keys(&given(&both));
        assert_eq!((read.of("a-1"), read.of("b"), read.of("c")), (Some("x"), Some("y"), None));
        let renewed = read.with("a-1", "z").without("b");
        assert_eq!(given(&renewed), "drafts=a-1-z");
        let many = (0..20).fold(renewed, |keys, number| keys.with(&number.to_string(), "s"));
        assert_eq!((many.pairs.len(), many.of("a-1"), many.of("19")), (MOST, None, Some("s")));
    }

    #[test]
    fn forged_pairs_are_no_keys() {
        for cookie in ["drafts=", "drafts=abc", "drafts=a-!", "drafts=-.-.-", "cases=a-x"] {
            assert!(keys(cookie).pairs.is_empty(), "{cookie}");
        }
    }
}
