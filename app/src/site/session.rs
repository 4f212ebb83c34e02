//! Sessions for browsers that are about to press something.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use server::{App, client::Client, session::Session};

use crate::visit::{WithSession, keep_session};

/// Gives a browser without a session one, where the page asks for it; outside of what is remembered, as no two
/// browsers may get the same.
pub(super) async fn give(State(app): State<App>, client: Client, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if client.session.is_some() || response.extensions().get::<WithSession>().is_none() {
        return response;
    }
    keep_session(response, &Session::new(), app.settings().production())
}
