//! `POST /preferences`: the elder mode and its text size, kept in a cookie; then back to where one was.

use axum::{
    Form,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use server::App;
use time::Duration;

use crate::{
    cookies,
    visit::{Mode, Visit},
};

#[derive(Deserialize)]
pub struct Preferences {
    /// `22`, `26` or `30` pixels; anything else is the standard mode.
    elder: String,
    /// The page to return to, with its language prefix and query.
    #[serde(default)]
    back: String,
}

/// There is nothing to choose at this address itself: reloading or sharing it leads home.
pub async fn show(visit: Visit) -> Redirect {
    Redirect::to(&visit.url("/"))
}

pub async fn submit(State(app): State<App>, visit: Visit, Form(asked): Form<Preferences>) -> Response {
    let back = if is_local(&asked.back) { asked.back } else { visit.url("/") };
    turned(Mode::from_cookie(&asked.elder), back, app.settings().production())
}

/// Remembers the reading mode and goes back to a page of the portal.
pub(crate) fn turned(mode: Mode, back: String, production: bool) -> Response {
    remembered(mode, (StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response(), production)
}

/// Remembers the reading mode with an answer.
pub(crate) fn remembered(mode: Mode, answer: Response, production: bool) -> Response {
    let (value, lasting) = match mode {
        Mode::Elder(size) => (size.px(), A_YEAR),
        Mode::Standard => ("", Duration::ZERO),
    };
    let mut cookie = cookies::ours(cookies::ELDER, value, production);
    cookie.set_max_age(lasting);
    cookies::give(answer, &cookie)
}

const A_YEAR: Duration = Duration::days(365);

/// Whether an address leads to this portal and nowhere else: a path, and not one that browsers read as a host.
pub(crate) fn is_local(address: &str) -> bool {
    let path = address.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']));
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    path && plain && address.parse::<Uri>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_can_only_be_sent_back_into_the_portal() {
        for local in ["/", "/en", "/marriage/book?month=2026-05&date=2026-05-20"] {
            assert!(is_local(local), "{local}");
        }
        for foreign in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nX: 1", "/a b", "marriage"]
        {
            assert!(!is_local(foreign), "{foreign}");
        }
    }
}
