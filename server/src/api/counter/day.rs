//! `/api/v1/staff/day`

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use shared::calendar::shanghai_date;
use shared::field::{FieldErrors, Reason};
use shared::staff::{OfficeId, Right};

use super::super::input::Parameters;
use super::super::problem::ProblemBody;
use super::shown::DayShown;
use crate::app::App;
use crate::counter::{day, office};
use crate::error::Error;
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// Which day is asked for.
#[derive(Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The office; need not be said by who sees the day of one alone.
    office: Option<String>,
    /// Today where it is left out.
    pub(super) date: Option<NaiveDate>,
}

/// The sheet of a day: counters, and everybody who is expected, waits or was served. Names and numbers are masked; that
/// somebody read the sheet of another day than today is on record.
#[utoipa::path(
    get,
    path = "/api/v1/staff/day",
    operation_id = "see_day",
    tag = "staff",
    params(Asked),
    responses(
        (status = 200, description = "The sheet as it stands", body = DayShown),
        (status = 400, description = "`malformed`: a parameter that cannot be read", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_allowed`: none of one's roles allows it there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such office", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `office` where several could be meant", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy` or `unavailable`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Parameters(asked): Parameters<Asked>,
) -> Result<Json<DayShown>, Rejection> {
    let now = app.now();
    let (office, date) = meant(&app, &staff, &asked, now).await?;
    Ok(Json(day::seen_by(&app, &staff, &office, date, now).await?.into()))
}

/// The office and the day that are meant.
pub(super) async fn meant(
    app: &App,
    staff: &Staff,
    asked: &Asked,
    now: DateTime<Utc>,
) -> Result<(OfficeId, NaiveDate), Error> {
    let date = asked.date.unwrap_or_else(|| shanghai_date(now));
    if let Some(office) = &asked.office {
        let office = OfficeId::parse(office).map_err(|_| shared::problem::Problem::NotFound)?;
        return Ok((office, date));
    }
    let all = office::list(app).await?;
    let mut seen = all.into_iter().filter(|office| staff.may(Right::SeeDay, &office.whereabouts).is_ok());
    match (seen.next(), seen.next()) {
        (Some(one), None) => Ok((one.id, date)),
        _ => Err(FieldErrors::one("office", Reason::WrongType).into()),
    }
}
