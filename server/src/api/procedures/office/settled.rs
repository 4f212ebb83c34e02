//! `/api/v1/staff/cases/{id}/settled`

use std::sync::Arc;

use axum::{Extension, extract::State, http::StatusCode};
use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use shared::procedures::CaseId;

use super::super::super::input::{Body, Named};
use super::super::super::problem::ProblemBody;
use crate::app::App;
use crate::procedures::unsettled::{self, Waiting};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// What waits no more.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct SettledInput {
    what: Waiting,
    /// The `at` of the newest message, or the `failed_at` of the newest text, that was read: what came later still waits.
    seen: DateTime<FixedOffset>,
}

/// Writes down that the family's messages need no answer, or that it was told otherwise what a text did not bring. Done again it
/// changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/{id}/settled",
    operation_id = "settle_what_waits",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    request_body = SettledInput,
    responses(
        (status = 204, description = "Written down"),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`case_erased`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `what` or `seen`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn settle(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
    Body(input): Body<SettledInput>,
) -> Result<StatusCode, Rejection> {
    unsettled::settle(&app, &staff, (&id, input.what), input.seen.to_utc(), app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
