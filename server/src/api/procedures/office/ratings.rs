//! `/api/v1/staff/ratings` and `/api/v1/staff/ratings/{id}/follow`

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::StatusCode};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai;
use shared::localised::Localised;
use shared::procedures::{CaseId, CaseReference, Complaint, Grade};

use super::super::super::input::{Body, Named};
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

/// What came of it. `Debug` is left out: it carries somebody's words.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct FollowUpInput {
    /// What went wrong and what was done, for colleagues: no names, no numbers.
    followed: String,
}

/// Writes down what came of a bad rating. It is for somebody who did not work on the case; the family reads that it was done.
#[utoipa::path(
    post,
    path = "/api/v1/staff/ratings/{id}/follow",
    operation_id = "follow_up_rating",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    request_body = FollowUpInput,
    responses(
        (status = 204, description = "Written down"),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it; `rating_of_your_work`: it is another's to do", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`rating_not_open`: no bad rating, or it was followed up", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `followed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn follow_up(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
    Body(input): Body<FollowUpInput>,
) -> Result<StatusCode, Rejection> {
    follow::follow(&app, &staff, &id, &input.followed, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
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
