//! `/api/v1/places/{id}/slots`

use axum::{Json, extract::State};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Deserialize;
use shared::appointments::{BookingRule, SlotView};
use shared::calendar::shanghai_date;
use shared::civil_date::parse_date;
use shared::field::{Asked, FieldErrors, Reason};
use shared::places::PlaceId;

use super::input::{self, Named, Parameters};
use super::problem::ProblemBody;
use crate::app::App;
use crate::appointments::point;
use crate::appointments::slots::{self, MOST_DAYS};
use crate::error::Error;
use crate::rejection::Rejection;

/// The query, as typed.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Wanted {
    /// What the times are for; the portal’s first service when left out.
    pub(super) service: String,
    /// First day, `2026-05-20`; today when left out.
    pub(super) from: String,
    /// Last day, included, at most 62 days in all; the newest open day when left out.
    pub(super) to: String,
}

/// The times of a service at a place from one day to another, free or not, with what is left.
#[utoipa::path(
    get,
    path = "/api/v1/places/{id}/slots",
    operation_id = "list_slots_of_place",
    tag = "appointments",
    params(("id" = PlaceId, Path, description = "The place"), Wanted),
    responses(
        (status = 200, description = "In order of time", body = [SlotView]),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such place, or it does not offer this", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`slot_closed`: no appointments are given out there", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `service`, `from` or `to`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn of_place(
    State(app): State<App>,
    Named(id): Named<PlaceId>,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Json<Vec<SlotView>>, Rejection> {
    let bookable = input::service(&app, &wanted.service)?;
    let point = point::one(&app, &bookable.service, &id).await?;
    let now = app.now();
    let days = wanted.days(point.rule(now).map_err(Error::from)?, now)?;
    Ok(Json(slots::between(&app, &point, days, now).await?.to_vec()))
}

/// Years that a date may lie in; the calendar knows or expects the days of all of them.
const YEARS: (i32, i32) = (1900, 9999);

impl Wanted {
    fn days(&self, rule: &BookingRule, now: DateTime<Utc>) -> Result<(NaiveDate, NaiveDate), FieldErrors> {
        let mut errors = FieldErrors::new();
        let date = |text: &str| parse_date(Asked::DATE, text, YEARS.0, YEARS.1);
        let from = match self.from.as_str() {
            "" => Some(shanghai_date(now)),
            text => errors.keep("from", date(text)),
        };
        let to = match (self.to.as_str(), from) {
            ("", Some(from)) => Some(rule.last_day(now).max(from)),
            ("", None) => None,
            (text, _) => errors.keep("to", date(text)),
        };
        if let (Some(from), Some(to)) = (from, to)
            && !(from..from + Days::new(MOST_DAYS.unsigned_abs())).contains(&to)
        {
            errors.push("to", Reason::DateRange { most: MOST_DAYS });
        }
        from.zip(to).filter(|_| errors.is_empty()).ok_or(errors)
    }
}
