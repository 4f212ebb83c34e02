//! `/api/v1/staff/cases/{id}`

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use shared::procedures::CaseId;

use super::super::super::input::Named;
use super::super::super::problem::ProblemBody;
use super::shown::OfficeCaseShown;
use crate::app::App;
use crate::procedures::cases;
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// A case with its answers masked. That somebody looked is on record, and the family reads it.
#[utoipa::path(
    get,
    path = "/api/v1/staff/cases/{id}",
    operation_id = "look_at_case",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "The case as it stands", body = OfficeCaseShown),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn show(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
) -> Result<Json<OfficeCaseShown>, Rejection> {
    Ok(Json(cases::one(&app, &staff, &id, app.now()).await?.into()))
}
