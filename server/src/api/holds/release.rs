//! `/api/v1/holds/{id}`

use axum::{extract::State, http::StatusCode};
use shared::appointments::HoldId;

use crate::api::input::{Bearer, Named};
use crate::api::problem::ProblemBody;
use crate::app::App;
use crate::appointments::hold;
use crate::rejection::Rejection;

/// Gives a hold back; its place is free at once.
#[utoipa::path(
    delete,
    path = "/api/v1/holds/{id}",
    operation_id = "release_hold",
    tag = "appointments",
    params(("id" = HoldId, Path, description = "The hold")),
    security(("hold_token" = [])),
    responses(
        (status = 204, description = "Given back"),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such hold, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`hold_booked`: it has become a booking", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`hold_expired`: there is nothing left to give back", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn release(
    State(app): State<App>,
    Named(id): Named<HoldId>,
    Bearer(token): Bearer,
) -> Result<StatusCode, Rejection> {
    hold::release(&app, &id, &token, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
