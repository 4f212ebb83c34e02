//! `/api/v1/bundles/{kind}`, and `/api/v1/bundles/by-hash/{hash}`

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use shared::directory::Refusal;
use shared::problem::Problem;

use crate::api::input::Named;
use crate::api::problem::ProblemBody;
use crate::app::App;
use crate::client::takes_brotli;
use crate::directory::{kinds, shown};
use crate::error::Error;
use crate::rejection::Rejection;

/// The list of a kind as it stands.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct BundleNow {
    kind: String,
    /// Of what is in it.
    hash: String,
    /// Where it is, for ever the same.
    href: String,
    /// Also those that have closed for good, whose day is in it.
    places: usize,
    /// Bytes in brotli.
    bytes: usize,
}

/// Whoever looks for a newer list finds it within a minute.
const BRIEFLY: HeaderValue = HeaderValue::from_static("public, max-age=20");
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Which list of a kind is the latest.
#[utoipa::path(
    get,
    path = "/api/v1/bundles/{kind}",
    operation_id = "show_bundle",
    tag = "directory",
    params(("kind" = String, Path, description = "Such as `elderly_station`")),
    responses(
        (status = 200, description = "Its hash, and where it is", body = BundleNow),
        (status = 404, description = "`not_found`: no such kind", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn current(
    State(app): State<App>,
    Named(kind): Named<String>,
) -> Result<impl IntoResponse, Rejection> {
    let kind = kinds::kind(&kind).ok_or(Problem::NotFound)?;
    let directory = shown::of(&app, kind, app.now()).await?;
    let packed = directory.packed(&app).await?;
    let now = BundleNow {
        kind: kind.id.clone(),
        hash: directory.hash.clone(),
        href: directory.address(),
        places: directory.listings.len(),
        bytes: packed.brotli().len(),
    };
    Ok(([(header::CACHE_CONTROL, BRIEFLY)], Json(now)))
}

/// All places of a kind in one piece, in the form that `shared::directory::bundle` writes and reads.
#[utoipa::path(
    get,
    path = "/api/v1/bundles/by-hash/{hash}",
    operation_id = "get_bundle",
    tag = "directory",
    params(("hash" = String, Path, description = "As `/api/v1/bundles/{kind}` gave it")),
    responses(
        (status = 200, description = "The list, which never changes", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, description = "`bundle_gone`: there is a newer one", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn by_hash(
    State(app): State<App>,
    Named(hash): Named<String>,
    headers: HeaderMap,
) -> Result<Response, Rejection> {
    for kind in kinds::all() {
        let directory = shown::of(&app, kind, app.now()).await?;
        if directory.hash != hash {
            continue;
        }
        let packed = directory.packed(&app).await?;
        let said = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
            (header::CACHE_CONTROL, FOR_EVER),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        if takes_brotli(&headers) {
            let packing = [(header::CONTENT_ENCODING, HeaderValue::from_static("br"))];
            return Ok((said, packing, packed.brotli()).into_response());
        }
        return Ok((said, packed.plain().await?).into_response());
    }
    Err(Error::from(Problem::from(Refusal::BundleGone)).into())
}
