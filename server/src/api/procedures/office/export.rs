//! `/api/v1/staff/cases/export`

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::{Deserialize, Serialize};
use shared::field::{FieldErrors, choice};

use super::super::super::input::Body;
use super::super::super::problem::ProblemBody;
use super::list::QUEUE;
use super::shown::CaseListed;
use crate::app::App;
use crate::procedures::{export, queue::Queue};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// Which cases are taken along, and why. `Debug` is left out: it carries somebody's words.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseExportInput {
    /// As in the lists of cases, such as `all`.
    queue: String,
    /// For the record, which colleagues read: no names, no numbers.
    why: String,
}

/// A queue as it was taken along.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CasesTaken {
    /// 1,000 at most, in the order of the queue.
    items: Vec<CaseListed>,
    /// Whether the queue is longer.
    more: bool,
}

/// A whole queue at once, masked as it is listed. Who took it along and why is written down first.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/export",
    operation_id = "export_cases",
    tag = "staff",
    request_body = CaseExportInput,
    responses(
        (status = 200, description = "The cases", body = CasesTaken),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `queue` or `why`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn take(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Body(input): Body<CaseExportInput>,
) -> Result<Json<CasesTaken>, Rejection> {
    let queue = choice(QUEUE, &input.queue, Queue::from_name).map_err(|reason| FieldErrors::one("queue", reason))?;
    let taken = export::take(&app, &staff, queue, &input.why, app.now()).await?;
    Ok(Json(CasesTaken { items: taken.rows.into_iter().map(CaseListed::from).collect(), more: taken.has_more }))
}
