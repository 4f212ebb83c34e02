//! `/api/v1/policy/{region}`

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use shared::problem::Problem;

use super::input::{Named, Parameters};
use super::problem::ProblemBody;
use crate::app::App;
use crate::client::takes_brotli;
use crate::rejection::Rejection;

#[derive(Deserialize)]
pub(super) struct Version {
    hash: Option<String>,
    #[serde(default)]
    form: Form,
}

/// How a pack is written down.
#[derive(Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Form {
    #[default]
    Json,
    Compact,
}

/// The rules of a region, compiled: what the check in the browser works with.
///
/// Asked for with its `hash`, the answer never changes and may be kept for ever; without, `ETag` tells whether it did.
#[utoipa::path(
    get,
    path = "/api/v1/policy/{region}",
    operation_id = "show_policy",
    tag = "benefits",
    params(
        ("region" = String, Path, description = "Division code of six digits; the nearest region above it answers"),
        ("hash" = Option<String>, Query, description = "SHA-256 of the pack that is wanted"),
        ("form" = inline(Option<Form>), Query, description = "`compact` is postcard, which only the program's own version can read"),
    ),
    responses(
        (status = 200, description = "The pack; its shape goes with the program's version", body = Object),
        (status = 304, description = "It is still the one that `If-None-Match` names"),
        (status = 400, description = "`malformed`: no such form", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such region, or another hash", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Named(region): Named<String>,
    Parameters(Version { hash, form }): Parameters<Version>,
    headers: HeaderMap,
) -> Result<Response, Rejection> {
    let compiled = app.policies().of(&region).ok_or(Problem::NotFound)?;
    if hash.as_ref().is_some_and(|hash| *hash != compiled.hash) {
        return Err(Problem::NotFound.into());
    }
    let kept = if hash.is_some() { "public, max-age=31536000, immutable" } else { "no-cache" };
    let (body, kind, mark) = match form {
        Form::Json => (&compiled.json, "application/json", ""),
        Form::Compact => (&compiled.compact, "application/octet-stream", "-compact"),
    };
    let tag = format!("\"{}{mark}\"", compiled.hash);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let about = [(header::CACHE_CONTROL, kept.to_owned()), (header::ETAG, tag)];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let kind = [(header::CONTENT_TYPE, kind), (header::VARY, "accept-encoding")];
    if takes_brotli(&headers) {
        let coding = [(header::CONTENT_ENCODING, "br")];
        return Ok((about, kind, coding, body.packed.clone()).into_response());
    }
    Ok((about, kind, body.plain.clone()).into_response())
}
