//! `/api/v1/marriage/check`

use axum::{Json, extract::State};
use shared::calendar::shanghai_date;
use shared::marriage::check::{self, CheckAnswer, CheckInput, CheckRequest};

use super::input::Body;
use super::problem::ProblemBody;
use crate::app::App;
use crate::rejection::Rejection;

/// Whether a couple may register on a day, with advice and the documents to bring.
///
/// The same answer as in the browser. Nothing is stored or logged.
#[utoipa::path(
    post,
    path = "/api/v1/marriage/check",
    operation_id = "check_marriage",
    tag = "marriage",
    request_body = CheckInput,
    responses(
        (status = 200, description = "The answer", body = CheckAnswer),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at the fields", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn check(
    State(app): State<App>,
    Body(input): Body<CheckInput>,
) -> Result<Json<CheckAnswer>, Rejection> {
    let today = shanghai_date(app.now());
    let request = CheckRequest::parse(&input, today)?;
    Ok(Json(check::check(&request, today)))
}
