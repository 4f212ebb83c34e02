//! A session for callers without one: what they ask for is theirs, and they are known again by the cookie.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

use crate::app::App;
use crate::client::Client;
use crate::session::Session;

/// The caller's session, or a new one that the answer has to give.
pub(super) struct Given {
    pub(super) session: Session,
    is_new: bool,
}

impl Given {
    pub(super) fn of(client: &Client) -> Self {
        let is_new = client.session.is_none();
        Self { session: client.session.clone().unwrap_or_default(), is_new }
    }

    /// The answer, with the cookie of a new session.
    pub(super) fn with(self, app: &App, answer: impl IntoResponse) -> Response {
        let mut answer = answer.into_response();
        if self.is_new {
            answer.headers_mut().append(header::SET_COOKIE, self.session.cookie(app.settings().production()));
        }
        answer
    }
}
