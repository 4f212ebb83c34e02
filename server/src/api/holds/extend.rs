//! `/api/v1/holds/{id}/extend`

use axum::{Json, extract::State};
use shared::appointments::{HoldExtended, HoldId};
use shared::calendar::shanghai;

use crate::api::input::{Bearer, Named};
use crate::api::problem::ProblemBody;
use crate::app::App;
use crate::appointments::hold;
use crate::rejection::Rejection;

/// Adds 15 minutes to a hold, at most twice.
#[utoipa::path(
    post,
    path = "/api/v1/holds/{id}/extend",
    operation_id = "extend_hold",
    tag = "appointments",
    params(("id" = HoldId, Path, description = "The hold")),
    security(("hold_token" = [])),
    responses(
        (status = 200, description = "Extended", body = HoldExtended),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such hold, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`no_extension_left`, `slot_closed` or `hold_booked`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`hold_expired`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn extend(
    State(app): State<App>,
    Named(id): Named<HoldId>,
    Bearer(token): Bearer,
) -> Result<Json<HoldExtended>, Rejection> {
    let hold = hold::extend(&app, &id, &token, app.now()).await?;
    Ok(Json(HoldExtended { expires_at: shanghai(hold.expires_at), extensions_left: hold.extensions_left }))
}
