//! What an operator can see: whether the process is up and ready, its figures, and a line for each request.

mod exposition;
mod health;
pub mod log;
pub mod metrics;

use std::time::Instant;

use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
    routing::get,
};

use crate::app::App;

/// `/healthz`, `/readyz` and `/metrics`.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/healthz", get(health::up))
        .route("/readyz", get(health::ready).with_state(health::Health::of(app.clone())))
        .route("/metrics", get(exposition::show))
        .with_state(app)
}

/// Writes down each answered request: a layer for routers, inside which the route is known.
///
/// Only the route's pattern is named, never its path or query, since those of a manage link open a booking; and
/// nothing of who asked.
pub async fn watch(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or(OTHER, MatchedPath::as_str);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    metrics::answered(method, route, status, took);
    tracing::info!(target: "huimin::request", method, route, status, microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX), "answered");
    response
}

/// What is no route of ours; a client cannot make up new ones.
const OTHER: &str = "other";

/// The method's name, from a closed list.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => OTHER,
    }
}
