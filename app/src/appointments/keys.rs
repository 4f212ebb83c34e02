//! The bookings that this browser may open: a cookie with a reference and a token for each.

use axum::{http::HeaderMap, response::Response};
use server::{
    App,
    appointments::booking::{Holder, find},
    error::Error,
};
use shared::{
    appointments::{BookingReference, ManageToken},
    problem::Problem,
};

use crate::{cookies, visit::cookie};

/// Newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyRing(Vec<(BookingReference, ManageToken)>);

/// More than anybody ever has; the oldest key falls off.
const MOST: usize = 6;

impl KeyRing {
    /// Reads the cookie; pairs that are none of ours are left out.
    pub fn read(headers: &HeaderMap, production: bool) -> Self {
        let pairs =
            cookie(headers, cookies::MANAGE.under(production)).unwrap_or_default().split('.').filter_map(|pair| {
                let (reference, token) = pair.split_once('-')?;
                Some((BookingReference::parse(reference).ok()?, ManageToken::parse(token).ok()?))
            });
        Self(pairs.take(MOST).collect())
    }

    /// The ring with one more key, or the same key on top.
    #[must_use]
    pub fn with(mut self, reference: BookingReference, token: &str) -> Self {
        if let Ok(token) = ManageToken::parse(token) {
            self.0.retain(|(known, _)| *known != reference);
            self.0.insert(0, (reference, token));
            self.0.truncate(MOST);
        }
        self
    }

    /// Opens a booking.
    ///
    /// # Errors
    /// [`Problem::Unauthorized`] without the right key for it.
    pub async fn open(&self, app: &App, reference: BookingReference) -> Result<Holder, Error> {
        let key = self.0.iter().find(|(known, _)| *known == reference);
        let (_, token) = key.ok_or(Problem::Unauthorized)?;
        find::by_token(app, reference, token.reveal()).await
    }

    /// Gives the ring to the browser, for as long as it stays open: others may use it after.
    pub fn give(&self, response: Response, production: bool) -> Response {
        let pairs: Vec<_> =
            self.0.iter().map(|(reference, token)| format!("{}-{}", reference.as_str(), token.reveal())).collect();
        cookies::give(response, &cookies::ours(cookies::MANAGE, pairs.join("."), production))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    fn ring(cookie: &str) -> KeyRing {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        KeyRing::read(&headers, false)
    }

    fn given(ring: &KeyRing) -> String {
        let response = ring.give(Response::default(), false);
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    #[test]
    fn what_was_given_is_read_again() {
        let (first, second) = (BookingReference::from_random(1), BookingReference::from_random(2));
        let both = KeyRing::default().with(first, "abc").with(second, "def");
        assert_eq!(ring(&given(&both)), both);
        assert_eq!(ring("elder=22; session=x"), KeyRing::default());
    }

    #[test]
    fn a_new_key_replaces_the_old_one_of_its_booking_and_the_oldest_falls_off() {
        let reference = BookingReference::from_random;
        let mut full = KeyRing::default();
        for number in 0..20 {
            full = full.with(reference(number), "abc");
        }
        assert_eq!(full.0.len(), MOST);
        assert_eq!(full.0[0].0, reference(19));
        let renewed = full.with(reference(18), "new");
        assert_eq!((renewed.0.len(), renewed.0[0].1.reveal()), (MOST, "new"));
    }

    #[test]
    fn forged_pairs_are_no_keys() {
        for cookie in ["manage=", "manage=abc", "manage=K7-!", "manage=-.-.-", "manage=AAAAAAAAAAAA-x"] {
            assert_eq!(ring(cookie), KeyRing::default(), "{cookie}");
        }
    }
}
