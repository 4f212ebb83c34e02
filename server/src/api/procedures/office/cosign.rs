//! `/api/v1/staff/cases/{id}/cosign`

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::Deserialize;
use shared::procedures::CaseId;

use super::super::super::input::{Body, Named};
use super::super::super::problem::ProblemBody;
use super::shown::OfficeCaseShown;
use crate::app::App;
use crate::error::Error;
use crate::procedures::{cases, cosign};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// What is signed.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseCosignInput {
    /// The version of the case that was on the screen.
    version: u32,
    /// The `proposal_hash` that was looked at.
    hash: String,
}

/// Gives the further signature that a grant takes from a certain sum on, before the one that decides it; `needs_cosign` of the case
/// says where. It holds for the proposal that was looked at.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/{id}/cosign",
    operation_id = "cosign_case",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    request_body = CaseCosignInput,
    responses(
        (status = 200, description = "Signed; the case as it is now", body = OfficeCaseShown),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it; `case_filed_by_you`, `case_proposed_by_you`, `case_applied_by_you` or `case_entered_by_you`: it is another's to do", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "The present state in words: `case_changed`, `case_not_now` or `case_proposal_changed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `version` or `hash`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn cosign(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
    Body(input): Body<CaseCosignInput>,
) -> Result<Json<OfficeCaseShown>, Rejection> {
    let now = app.now();
    cosign::cosign(&app, &staff, &id, (input.version, &input.hash), now).await?;
    Ok(Json(cases::one(&app, &staff, &id, now).await.map_err(Error::after_a_write)?.into()))
}
