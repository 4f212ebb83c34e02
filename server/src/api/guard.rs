//! What every request to the API passes before its handler, and what every answer carries.

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use shared::problem::Problem;

use crate::app::App;
use crate::client::{self, Client};
use crate::limits;
use crate::rejection::Rejection;
use crate::staff::guard::is_known;

/// Refuses clients that ask too often, and browsers that another site sent to change something in the name of
/// whoever sits before them.
pub(super) async fn admit(State(app): State<App>, client: Client, request: Request, next: Next) -> Response {
    match admissible(&app, &client, &request) {
        Ok(()) => next.run(request).await,
        Err(problem) => Rejection::from(problem).into_response(),
    }
}

fn admissible(app: &App, client: &Client, request: &Request) -> Result<(), Problem> {
    limits::request::count(app, client, (request.method(), request.headers()))?;
    // Without a cookie the request has no authority but what its sender wrote into it.
    let is_known = client.session.is_some() || is_known(request.headers(), app.settings().production());
    if is_known && !request.method().is_safe() && !client::from_here(request.headers(), app.settings()) {
        return Err(Problem::CrossSite);
    }
    Ok(())
}

/// Nothing is kept by caches unless its handler says so, and nobody guesses at types.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
