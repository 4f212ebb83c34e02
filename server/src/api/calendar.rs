//! `/api/v1/calendar/…`

use axum::{Json, extract::State};
use serde::Deserialize;
use shared::calendar::{CalendarAnswer, Deadline, deadline::Question};
use shared::civil_date::parse_date;
use shared::field;
use shared::problem::Problem;
use utoipa_axum::routes;

use super::input::{Named, Parameters};
use super::problem::ProblemBody;
use super::rows::Api;
use crate::app::App;
use crate::rejection::Rejection;
use crate::route::{Cache, Who};

pub(crate) fn routes(api: Api) -> Api {
    api.route(Who::Anyone, Cache::Shared, routes!(day)).route(Who::Anyone, Cache::Shared, routes!(deadline))
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
    let date = parse_date(field::Asked::DATE, &date, YEARS.0, YEARS.1).map_err(|_| Problem::NotFound)?;
    Ok(Json(app.calendar().answer(date)))
}

/// A limit, as typed.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct Asked {
    /// The day of the event, `2026-02-10`; it is not counted itself.
    from: String,
    /// How many days the limit has, 0 to 3650.
    days: String,
    /// `working` or `calendar`.
    unit: String,
    /// `true`: a last day of rest moves to the next day that is worked; otherwise it stays.
    roll: String,
}

/// The last day of a time limit by the national calendar.
///
/// `provisional` is true where a day that was counted lies in a year whose holiday notice is not out, or is before those that are here.
#[utoipa::path(
    get,
    path = "/api/v1/calendar/deadline",
    operation_id = "show_deadline",
    tag = "calendar",
    params(Asked),
    responses(
        (status = 200, description = "The last day", body = Deadline),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `from`, `days`, `unit` or `roll`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn deadline(
    State(app): State<App>,
    Parameters(Asked { from, days, unit, roll }): Parameters<Asked>,
) -> Result<Json<Deadline>, Rejection> {
    let (from, limit) = Question { from, days, unit, roll }.read()?;
    Ok(Json(limit.ends(from, app.calendar())))
}
