//! `/api/v1/hours/preview`

use axum::{Json, extract::State};
use chrono::Datelike;
use serde::Deserialize;
use shared::directory::{When, YEARS};
use shared::field::{FieldErrors, Reason};
use shared::hours::{Hours, On, Rule};

use super::shown::Open;
use crate::api::input::Body;
use crate::api::problem::ProblemBody;
use crate::app::App;
use crate::rejection::Rejection;

/// Rules, and the instant that is asked about.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PreviewInput {
    rules: Vec<Rule>,
    /// Civil time of Shanghai, `2026-05-20T14:30`.
    at: String,
    /// The service that is asked about; the place as a whole without one.
    #[serde(default)]
    service: Option<String>,
}

/// What somebody finds who stands before the door at an instant, by these rules and the official calendar.
#[utoipa::path(
    post,
    path = "/api/v1/hours/preview",
    operation_id = "preview_hours",
    tag = "directory",
    request_body = PreviewInput,
    responses(
        (status = 200, description = "How it stands", body = Open),
        (status = 400, description = "`malformed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`: at `rules.0.spans.0.closes` and the like, or at `at`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn preview(State(app): State<App>, Body(input): Body<PreviewInput>) -> Result<Json<Open>, Rejection> {
    let mut errors = FieldErrors::new();
    let at = errors.keep("at", When::read(&input.at));
    let hours = errors.keep_all(Hours::read(&input.rules, Vec::new()));
    for (n, _) in input.rules.iter().enumerate().filter(|(_, rule)| is_far(rule)) {
        errors.push(format!("rules.{n}.on"), far());
    }
    errors.into_result()?;
    let now = shared::calendar::shanghai(app.now()).naive_local();
    let at = at.map_or(now, |at| at.instant(now));
    let hours = hours.unwrap_or_default();
    Ok(Json(Open::of(&hours.at(at, input.service.as_deref(), app.calendar()))))
}

/// Whether a rule names a day that nobody can ask about.
fn is_far(rule: &Rule) -> bool {
    matches!(&rule.on, On::Dates(dates) if dates.iter().any(|date| !YEARS.contains(&date.year())))
}

fn far() -> Reason {
    let (first, last) = (*YEARS.start(), *YEARS.end());
    Reason::own(
        "hours_far",
        format!("日期请写 {first} 年到 {last} 年之间的。"),
        format!("Write dates from {first} to {last}."),
    )
}
