//! One request, counted in the purse of whoever sends it.
//!
//! A hall's clerks, screens and residents may all come from one address, so that whoever empties the purse of that address would
//! stop them all. A cookie that this portal gave to staff or to a screen has a purse of its own, which is asked first and alone.
//! It is known by a mark that only the portal's keys make: no list of sessions is needed to tell it from one that somebody made
//! up, and one that was made up opens none. Whether it opens anything else is asked later, and elsewhere.

use axum::http::{HeaderMap, Method};
use shared::problem::Problem;

use crate::app::App;
use crate::client::Client;
use crate::staff::token::{Kind, Token};

/// Counts one request of any kind.
///
/// # Errors
/// [`Problem::RateLimited`] with the seconds to wait.
pub fn count(app: &App, client: &Client, (method, headers): (&Method, &HeaderMap)) -> Result<(), Problem> {
    match marked(app, headers) {
        Some(token) => app.limits().marked(token.fingerprint(app.keys()), method),
        None => app.limits().request(client.address, client.session.as_ref(), method, app.keys()),
    }
}

/// The first cookie of ours for staff or a screen.
fn marked(app: &App, headers: &HeaderMap) -> Option<Token> {
    let sent = |kind: &Kind| Token::sent(*kind, headers, app.settings().production());
    Kind::ALL.iter().filter_map(sent).find(|token| token.is_ours(app.keys()))
}
