//! `/api/v1/eligibility/check`

use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::Deserialize;
use shared::calendar::shanghai_date;
use shared::eligibility::answer::{self, CheckAnswer};
use shared::eligibility::told::{self, Told};
use shared::eligibility::verdict;
use shared::field::FieldErrors;
use shared::locale::Locale;
use shared::problem::Problem;

use super::input::Body;
use super::problem::ProblemBody;
use crate::app::App;
use crate::rejection::Rejection;

/// Who asks, for when, and what is known of the household.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckQuestion {
    /// Division code of six digits; without a pack of its own, the nearest region above it answers.
    region: String,
    /// The day for which the rules are asked; today when left out.
    as_of: Option<NaiveDate>,
    /// The day whose knowledge of figures counts; today when left out.
    known_on: Option<NaiveDate>,
    /// The language of the sentences.
    #[serde(default)]
    locale: Locale,
    #[serde(default)]
    facts: Told,
}

/// Which benefits a household may get, why, and what is still open.
///
/// The same answer as in the browser. Nothing is stored or logged.
#[utoipa::path(
    post,
    path = "/api/v1/eligibility/check",
    operation_id = "check_eligibility",
    tag = "benefits",
    request_body = CheckQuestion,
    responses(
        (status = 200, description = "Every benefit of the region, for the household or each of its people", body = CheckAnswer),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such region", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at the facts", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn check(
    State(app): State<App>,
    Body(question): Body<CheckQuestion>,
) -> Result<Json<CheckAnswer>, Rejection> {
    let today = shanghai_date(app.now());
    let (as_of, known_on) = (question.as_of.unwrap_or(today), question.known_on.unwrap_or(today));
    let compiled = app.policies().of(&question.region).ok_or(Problem::NotFound)?;
    let household = told::read(&compiled.pack, &question.facts, as_of).map_err(|mistakes| {
        let mut errors = FieldErrors::new();
        for mistake in mistakes {
            errors.push(format!("facts.{}", mistake.field), mistake.what);
        }
        Problem::Fields(errors)
    })?;
    let outcome = verdict::check(&compiled.pack, &household, as_of, known_on);
    let answer = answer::answer(&compiled.pack, &household, &outcome, question.locale);
    Ok(Json(answer))
}
