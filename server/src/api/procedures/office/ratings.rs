//! `/api/v1/staff/ratings`

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use shared::calendar::shanghai;
use shared::localised::Localised;
use shared::procedures::{CaseId, CaseReference, Complaint, Grade};

use super::super::super::problem::ProblemBody;
use crate::app::App;
use crate::procedures::ratings::follow::{self, Task};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// Bad ratings that wait for somebody who asks what went wrong.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct RatingTasks {
    /// The oldest first; 200 at most.
    items: Vec<RatingTask>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct RatingTask {
    id: CaseId,
    reference: CaseReference,
    name: Localised,
    grade: Grade,
    reasons: Vec<Complaint>,
    rated_at: DateTime<FixedOffset>,
    /// Where the bureau has set days for it.
    due_on: Option<NaiveDate>,
    /// Whether whoever asks worked on the case, so that it is another's to follow up.
    own: bool,
}

/// Bad ratings that nobody has followed up. The words stand with the case, where reading them is noted.
#[utoipa::path(
    get,
    path = "/api/v1/staff/ratings",
    operation_id = "list_bad_ratings",
    tag = "staff",
    responses(
        (status = 200, description = "Those that wait", body = RatingTasks),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn waiting(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
) -> Result<Json<RatingTasks>, Rejection> {
    let tasks = follow::waiting(&app, &staff).await?;
    Ok(Json(RatingTasks { items: tasks.into_iter().map(RatingTask::from).collect() }))
}

impl From<Task> for RatingTask {
    fn from(task: Task) -> Self {
        Self {
            id: task.id,
            reference: task.reference,
            name: task.name,
            grade: task.grade,
            reasons: task.reasons,
            rated_at: shanghai(task.rated_at),
            due_on: task.due,
            own: task.is_own,
        }
    }
}
