//! What every request passes before its page: not too many of them, and forms only from this portal.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use server::{
    App, Rejection,
    client::{self, Client},
    limits,
};
use shared::problem::Problem;

/// Refuses clients that ask too often, and forms that another site made a browser send.
pub(super) async fn admit(
    State(app): State<App>,
    client: Client,
    request: Request,
    next: Next,
) -> Result<Response, Rejection> {
    limits::request::count(&app, &client, (request.method(), request.headers()))?;
    if !request.method().is_safe() && !client::from_here(request.headers(), app.settings()) {
        return Err(Problem::CrossSite.into());
    }
    Ok(next.run(request).await)
}
