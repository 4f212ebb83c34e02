//! `/api/v1/registries/{id}/slots`

use axum::{Json, extract::State};
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use shared::appointments::{BookingRule, PlaceId, Service, SlotView, field::SERVICE};
use shared::calendar::shanghai_date;
use shared::civil_date::parse_date;
use shared::field::{Asked as AskedFor, FieldErrors, Reason, choice};

use crate::api::input::{Asked, Named};
use crate::api::problem::{ProblemBody, Refusal};
use crate::app::App;
use crate::appointments::slots::{self, MOST_DAYS};

/// The query, as typed.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
#[derive(Default)]
pub(in crate::api) struct Wanted {
    /// `marriage_registration`, also when left out.
    service: String,
    /// First day, `2026-05-20`; today when left out.
    from: String,
    /// Last day, included, at most 62 days in all; the newest open day when left out.
    to: String,
}

/// The times of a registry from one day to another, free or not, with what is left.
#[utoipa::path(
    get,
    path = "/api/v1/registries/{id}/slots",
    operation_id = "list_slots",
    tag = "appointments",
    params(("id" = PlaceId, Path, description = "The registry"), Wanted),
    responses(
        (status = 200, description = "In order of time", body = [SlotView]),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such registry", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`slot_closed`: the registry gives out no appointments", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `service`, `from` or `to`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn list(
    State(app): State<App>,
    Named(id): Named<PlaceId>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<Vec<SlotView>>, Refusal> {
    let registry = app.registry(&id).await?;
    let now = app.now();
    let rule = registry.rule(now)?;
    let (service, from, to) = wanted.read(rule, now)?;
    Ok(Json(slots::between(&app, &registry, service, from, to, now).await?))
}

/// Years that a date may lie in; the calendar knows or expects the days of all of them.
const YEARS: (i32, i32) = (1900, 9999);

impl Wanted {
    fn read(
        &self,
        rule: &BookingRule,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(Service, NaiveDate, NaiveDate), FieldErrors> {
        let mut errors = FieldErrors::new();
        let service = match self.service.as_str() {
            "" => Some(Service::MarriageRegistration),
            name => errors.keep("service", choice(SERVICE, name, Service::from_name)),
        };
        let date = |text: &str| parse_date(AskedFor::DATE, text, YEARS.0, YEARS.1);
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
        match (service, from, to) {
            (Some(service), Some(from), Some(to)) if errors.is_empty() => Ok((service, from, to)),
            _ => Err(errors),
        }
    }
}
