//! The REST API under `/api/v1`: each domain's rows of addresses, chained here, and one place where errors get their
//! words.

pub(crate) mod appointments;
pub(crate) mod benefits;
mod bookings;
pub(crate) mod calendar;
pub(crate) mod counter;
pub(crate) mod directory;
mod document;
mod eligibility;
mod for_staff;
mod guard;
mod holds;
mod idempotency;
mod input;
mod language;
pub(crate) mod marriage;
mod marriage_check;
mod phone_codes;
mod policy;
pub mod problem;
pub(crate) mod procedures;
mod registries;
pub mod rows;
mod session;
mod slots;
pub(crate) mod staff;

use axum::{
    Router,
    http::{HeaderValue, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse,
    routing::{any, get},
};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;

pub use rows::{Api, Row};

use crate::app::App;
use crate::domain::Domain;
use crate::domains;
use crate::observe;

/// Everything under `/api`, paths written out in full; the pages are its fallback.
pub fn router(app: App) -> Router {
    let (router, document) = routes(domains::ALL.iter().filter(|domain| domain.is_offered(&app)))
        .under(&app)
        .router(document::head())
        .split_for_parts();
    let document = document.to_json().expect("the document is made of texts and numbers");
    let describe = move || async { ([(header::CONTENT_TYPE, JSON), (header::CACHE_CONTROL, rows::SHORTLY)], document) };
    router
        .route(DOCUMENT, get(describe))
        .route("/api", any(nothing))
        .route("/api/", any(nothing))
        .route("/api/{*path}", any(nothing))
        .layer(from_fn_with_state(app.clone(), guard::admit))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(problem::speak))
        .layer(from_fn(guard::headers))
        .layer(from_fn(observe::watch))
        .with_state(app)
}

/// The rows of all domains, for the tests that walk them.
pub fn rows() -> Vec<Row> {
    routes(domains::ALL).into_rows()
}

/// The OpenAPI 3.1 description of all domains.
pub fn document() -> OpenApi {
    routes(domains::ALL).router(document::head()).into_openapi()
}

/// Where the description is served.
pub const DOCUMENT: &str = "/api/openapi.json";

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The rows of these domains.
fn routes(domains: impl IntoIterator<Item = &'static Domain>) -> Api {
    domains.into_iter().fold(Api::new(), |api, domain| (domain.routes)(api.of(domain.name)))
}

async fn nothing() -> impl IntoResponse {
    StatusCode::NOT_FOUND
}
