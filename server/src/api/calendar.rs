//! `/api/v1/calendar/{date}`

use axum::{Json, extract::State};
use shared::calendar::CalendarAnswer;
use shared::civil_date::parse_date;
use shared::field::Asked;
use shared::problem::Problem;
use utoipa_axum::routes;

use super::input::Named;
use super::problem::ProblemBody;
use super::rows::Api;
use crate::app::App;
use crate::rejection::Rejection;
use crate::route::{Cache, Who};

pub(crate) fn routes(api: Api) -> Api {
    api.route(Who::Anyone, Cache::Shared, routes!(day))
}

/// Years that can be asked about.
const YEARS: (i32, i32) = (1900, 9999);

/// What a day is by the national calendar: worked or not, a holiday, a make-up day, in demand.
///
/// In a year whose holiday notice is not out, `provisional` is true and only weekends and the fixed holidays are
/// known.
#[utoipa::path(
    get,
    path = "/api/v1/calendar/{date}",
    operation_id = "show_day",
    tag = "calendar",
    params(("date" = chrono::NaiveDate, Path, description = "The day, `2026-05-20`")),
    responses(
        (status = 200, description = "The day and what it rests on", body = CalendarAnswer),
        (status = 404, description = "`not_found`: no such day", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn day(State(app): State<App>, Named(date): Named<String>) -> Result<Json<CalendarAnswer>, Rejection> {
    let date = parse_date(Asked::DATE, &date, YEARS.0, YEARS.1).map_err(|_| Problem::NotFound)?;
    Ok(Json(app.calendar().answer(date)))
}
