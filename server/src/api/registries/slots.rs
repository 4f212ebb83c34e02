//! `/api/v1/registries/{id}/slots`

use axum::{Json, extract::State};
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use shared::appointments::{BookingRule, Business, RegistryId, SlotView};
use shared::calendar::shanghai_date;
use shared::civil_date::parse_date;
use shared::field::{Asked as AskedFor, FieldErrors, Reason, choice};

use crate::api::input::{Asked, Named};
use crate::api::problem::{ProblemBody, Refusal};
use crate::appointments::slots::{self, MOST_DAYS};
use crate::office::Office;

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
    params(("id" = RegistryId, Path, description = "The registry"), Wanted),
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
    State(office): State<Office>,
    Named(id): Named<RegistryId>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<Vec<SlotView>>, Refusal> {
    let registry = office.registry(&id).await?;
    let now = office.now();
    let rule = registry.rule(now)?;
    let (business, from, to) = wanted.read(rule, now)?;
    Ok(Json(slots::between(&office, &registry, business, from, to, now).await?))
}

/// Years that a date may lie in; the calendar knows or expects the days of all of them.
const YEARS: (i32, i32) = (1900, 9999);

impl Wanted {
    fn read(
        &self,
        rule: &BookingRule,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(Business, NaiveDate, NaiveDate), FieldErrors> {
        let mut errors = FieldErrors::new();
        let business = match self.service.as_str() {
            "" => Some(Business::MarriageRegistration),
            name => errors.keep("service", choice(AskedFor::Service, name, Business::from_name)),
        };
        let date = |text: &str| parse_date(AskedFor::Date, text, YEARS.0, YEARS.1);
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
        match (business, from, to) {
            (Some(business), Some(from), Some(to)) if errors.is_empty() => Ok((business, from, to)),
            _ => Err(errors),
        }
    }
}
