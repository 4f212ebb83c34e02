//! The REST API under `/api/v1`: one table of addresses, one place where errors get their words.

mod benefits;
mod bookings;
mod calendar;
mod document;
mod eligibility;
mod guard;
mod holds;
mod input;
mod language;
mod marriage_check;
mod phone_codes;
mod policy;
pub mod problem;
mod registries;
mod slots;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse,
    routing::{any, get},
};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};
use utoipa::openapi::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;
use crate::observe;

/// Largest body in bytes; the longest honest one is a tenth of it.
const LARGEST_BODY: usize = 64 * 1024;
/// How long one request may take, the reading of its body included.
const LONGEST: std::time::Duration = std::time::Duration::from_secs(20);

/// Everything under `/api`, paths written out in full; the pages are its fallback.
pub fn router(app: App) -> Router {
    let (routes, document) = table().split_for_parts();
    let document = document.to_json().expect("the document is made of texts and numbers");
    let describe = move || async { ([(header::CONTENT_TYPE, "application/json"), SHORTLY], document) };
    routes
        .route(DOCUMENT, get(describe))
        .route("/api", any(nothing))
        .route("/api/", any(nothing))
        .route("/api/{*path}", any(nothing))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(app.clone(), guard::admit))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(problem::speak))
        .layer(from_fn(guard::headers))
        .layer(from_fn(observe::watch))
        .with_state(app)
}

/// The OpenAPI 3.1 description of the table.
pub fn document() -> OpenApi {
    table().into_openapi()
}

/// Where the description is served.
pub const DOCUMENT: &str = "/api/openapi.json";

/// Answers that hold for everyone and change rarely may be kept for a minute.
const SHORTLY: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=60");

/// The single table of the API: the routes and their description cannot differ.
fn table() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(document::head())
        .routes(routes!(registries::list))
        .routes(routes!(slots::of_place))
        .routes(routes!(slots::of_registry))
        .routes(routes!(phone_codes::send))
        .routes(routes!(holds::take))
        .routes(routes!(holds::extend::extend))
        .routes(routes!(holds::release::release))
        .routes(routes!(bookings::book))
        .routes(routes!(bookings::show::show))
        .routes(routes!(bookings::cancel::cancel))
        .routes(routes!(bookings::reschedule::reschedule))
        .routes(routes!(marriage_check::check))
        .routes(routes!(calendar::day))
        .routes(routes!(benefits::list))
        .routes(routes!(policy::show))
        .routes(routes!(eligibility::check))
}

async fn nothing() -> impl IntoResponse {
    StatusCode::NOT_FOUND
}
