//! `/api/v1/staff/cases/{id}/assign`

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::Deserialize;
use shared::procedures::CaseId;
use shared::staff::StaffId;

use super::super::super::input::{Body, Named};
use super::super::super::problem::ProblemBody;
use super::shown::OfficeCaseShown;
use crate::app::App;
use crate::error::Error;
use crate::procedures::{acts, cases};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// Whose a case becomes.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseAssignInput {
    /// Somebody who works on cases; nobody when left out.
    to: Option<StaffId>,
}

/// Gives a case to somebody who works on cases, or to nobody, and gives it as it is then.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/{id}/assign",
    operation_id = "assign_case",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    request_body = CaseAssignInput,
    responses(
        (status = 200, description = "Given; the case as it is now", body = OfficeCaseShown),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case, or nobody who works on cases", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`case_erased`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `to`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn assign(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
    Body(input): Body<CaseAssignInput>,
) -> Result<Json<OfficeCaseShown>, Rejection> {
    let now = app.now();
    acts::assign(&app, &staff, &id, input.to.as_ref(), now).await?;
    Ok(Json(cases::one(&app, &staff, &id, now).await.map_err(Error::after_a_write)?.into()))
}
