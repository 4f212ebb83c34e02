//! The cookies that the portal gives.

use std::borrow::Cow;

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use axum_extra::extract::cookie::{Cookie, SameSite};

/// What a cookie is called: plainly on a loopback http server, bound to the host on https.
#[derive(Clone, Copy)]
pub struct Name {
    pub plain: &'static str,
    /// The same name after `__Host-`.
    pub bound: &'static str,
}

/// The reading mode.
pub const ELDER: Name = Name { plain: "elder", bound: "__Host-elder" };

/// The bookings that the browser may open.
pub const MANAGE: Name = Name { plain: "manage", bound: "__Host-manage" };
/// What was given to look for a booking.
pub const CLAIM: Name = Name { plain: "claim", bound: "__Host-claim" };
/// The applications that the browser fills in.
pub const DRAFTS: Name = Name { plain: "drafts", bound: "__Host-drafts" };
/// The applications that were handed in and that the browser may open.
pub const CASES: Name = Name { plain: "cases", bound: "__Host-cases" };

impl Name {
    pub fn under(self, production: bool) -> &'static str {
        if production { self.bound } else { self.plain }
    }
}

/// A cookie of ours for as long as the browser stays open: out of reach of scripts, and sent along from our own pages
/// and from links to them only.
pub fn ours(name: Name, value: impl Into<Cow<'static, str>>, production: bool) -> Cookie<'static> {
    let cookie = Cookie::build((name.under(production), value)).http_only(true).same_site(SameSite::Lax);
    cookie.path("/").secure(production).build()
}

/// Adds a cookie to an answer.
#[must_use]
pub fn give(mut response: Response, cookie: &Cookie<'_>) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_of_ours_is_out_of_reach_of_scripts_and_bound_to_the_host_on_https() {
        let set = |production| {
            let response = give(Response::default(), &ours(CLAIM, "x", production));
            response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned()
        };
        assert_eq!(set(false), "claim=x; HttpOnly; SameSite=Lax; Path=/");
        assert_eq!(set(true), "__Host-claim=x; HttpOnly; SameSite=Lax; Secure; Path=/");
    }
}
