//! `/api/v1/cases/{reference}/rating`

use axum::{Json, extract::State};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai;
use shared::procedures::{CaseReference, Complaint, Grade, Rating};

use super::super::input::{Bearer, Body, Named};
use super::super::problem::ProblemBody;
use crate::app::App;
use crate::procedures::{
    family,
    ratings::{self, Rated},
};
use crate::rejection::Rejection;

/// What is said of how a case was handled. Nobody has to say anything. `Debug` is left out: it carries somebody's words.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct RatingInput {
    /// `very_good`, `good`, `fair`, `bad` or `very_bad`.
    grade: String,
    /// Of a bad grade: `slow`, `unclear`, `again`, `unfriendly`, `unexplained`, `pages`; left out beside any other.
    reasons: Option<Vec<String>>,
    /// At most 300 characters: no long numbers and no links.
    words: Option<String>,
}

/// What was said.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct RatingShown {
    grade: Grade,
    reasons: Vec<Complaint>,
    words: Option<String>,
    rated_at: DateTime<FixedOffset>,
    /// Whether it can still be put otherwise: nobody of the office has read it.
    changeable: bool,
    /// When somebody asked what went wrong.
    followed_at: Option<DateTime<FixedOffset>>,
}

/// Rates how a case was handled, once it is decided. Until somebody of the office has read it, it can be put otherwise.
#[utoipa::path(
    put,
    path = "/api/v1/cases/{reference}/rating",
    operation_id = "rate_case",
    tag = "procedures",
    params(("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes")),
    security(("case_token" = [])),
    request_body = RatingInput,
    responses(
        (status = 200, description = "What is said of it now", body = RatingShown),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`rating_too_early`: it is not decided; `rating_read`: staff have read what was said before; `rating_often`: it was changed ten times; `case_erased`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `grade`, `reasons` or `words`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn rate(
    State(app): State<App>,
    Named(reference): Named<CaseReference>,
    Bearer(token): Bearer,
    Body(input): Body<RatingInput>,
) -> Result<Json<RatingShown>, Rejection> {
    let holder = family::by_token(&app, reference, &token).await?;
    let reasons = input.reasons.unwrap_or_default();
    let words = input.words.unwrap_or_default();
    let rating = Rating::read(&input.grade, reasons.iter().map(String::as_str), &words)?;
    Ok(Json(ratings::rate(&app, &holder, &rating, app.now()).await?.into()))
}

impl From<Rated> for RatingShown {
    fn from(rated: Rated) -> Self {
        Self {
            grade: rated.grade,
            reasons: rated.reasons,
            words: rated.words,
            rated_at: shanghai(rated.rated_at),
            changeable: rated.read_at.is_none(),
            followed_at: rated.followed.map(|followed| shanghai(followed.at)),
        }
    }
}
