//! `/api/v1/benefits`

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use shared::eligibility::pack::{Gives, LifeEvent, Pack, Scope};
use shared::localised::Localised;
use shared::problem::Problem;
use utoipa_axum::routes;

use super::input::Parameters;
use super::problem::ProblemBody;
use super::rows::Api;
use super::{eligibility, policy};
use crate::app::App;
use crate::rejection::Rejection;
use crate::route::{Cache, Who};

pub(crate) fn routes(api: Api) -> Api {
    api.route(Who::Anyone, Cache::Shared, routes!(list)).route(Who::Anyone, Cache::Shared, routes!(policy::show)).route(
        Who::Anyone,
        Cache::Never,
        routes!(eligibility::check),
    )
}

#[derive(Deserialize)]
pub(super) struct Where {
    region: Option<String>,
}

/// The benefits of one region.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct BenefitList {
    /// Region whose rules these are: the one asked for, or the nearest above it that has any.
    region: String,
    name: Localised,
    /// SHA-256 of the pack, for `/api/v1/policy/{region}`.
    hash: String,
    benefits: Vec<BenefitSummary>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct BenefitSummary {
    id: String,
    name: Localised,
    summary: Localised,
    scope: Scope,
    gives: Gives,
    events: Vec<LifeEvent>,
    /// Place on the ladder of social assistance, 1 the most.
    rung: Option<u8>,
}

/// What there is to get in a region.
#[utoipa::path(
    get,
    path = "/api/v1/benefits",
    operation_id = "list_benefits",
    tag = "benefits",
    params(("region" = Option<String>, Query, description = "Division code of six digits; the portal's own when left out")),
    responses(
        (status = 200, description = "The ladder of social assistance first", body = BenefitList),
        (status = 404, description = "`not_found`: no such region", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Parameters(Where { region }): Parameters<Where>,
) -> Result<Json<BenefitList>, Rejection> {
    let region = region.unwrap_or_else(|| app.settings().region.clone());
    let compiled = app.policies().of(&region).ok_or(Problem::NotFound)?;
    let hash = compiled.hash.clone();
    Ok(Json(BenefitList { hash, ..BenefitList::of(&compiled.pack) }))
}

impl BenefitList {
    fn of(pack: &Pack) -> Self {
        let mut benefits: Vec<BenefitSummary> = pack
            .benefits
            .iter()
            .map(|benefit| BenefitSummary {
                id: benefit.id.clone(),
                name: benefit.name.clone(),
                summary: benefit.summary.clone(),
                scope: benefit.scope,
                gives: benefit.gives,
                events: benefit.events.clone(),
                rung: benefit.rung,
            })
            .collect();
        benefits.sort_by_key(|benefit| benefit.rung.unwrap_or(u8::MAX));
        Self { region: pack.region.clone(), name: pack.name.clone(), hash: String::new(), benefits }
    }
}
