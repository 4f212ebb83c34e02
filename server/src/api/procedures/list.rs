//! `/api/v1/procedures`

use axum::{Json, extract::State};
use serde::Serialize;
use shared::eligibility::pack::Gives;
use shared::localised::Localised;
use shared::problem::Problem;
use shared::procedures::Payee;

use super::super::input::Parameters;
use super::super::problem::ProblemBody;
use super::{Where, benefit};
use crate::app::App;
use crate::policy::Offered;
use crate::rejection::Rejection;

/// What one region takes applications for.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct ProcedureList {
    /// The region that was asked for.
    region: String,
    procedures: Vec<ProcedureSummary>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ProcedureSummary {
    id: String,
    /// Region whose rules these are: the one asked for, or the nearest above it that has any.
    region: String,
    name: Localised,
    summary: Localised,
    gives: Gives,
    payee: Payee,
    /// SHA-256 of the definition: the same hash, the same questions and rules.
    hash: String,
}

/// What a region takes applications for.
#[utoipa::path(
    get,
    path = "/api/v1/procedures",
    operation_id = "list_procedures",
    tag = "procedures",
    params(("region" = Option<String>, Query, description = "Division code of six digits; the portal's own when left out")),
    responses(
        (status = 200, description = "In order of their names; nothing where the region takes no applications here", body = ProcedureList),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such region", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Parameters(at): Parameters<Where>,
) -> Result<Json<ProcedureList>, Rejection> {
    let region = at.region(&app);
    app.policies().of(region).ok_or(Problem::NotFound)?;
    let all = app.policies().procedures(region);
    let procedures = all.iter().filter_map(|offered| ProcedureSummary::of(offered)).collect();
    Ok(Json(ProcedureList { region: region.to_owned(), procedures }))
}

impl ProcedureSummary {
    fn of(offered: &Offered) -> Option<Self> {
        let benefit = benefit(&offered.procedure)?;
        Some(Self {
            id: offered.procedure.id.clone(),
            region: offered.region.clone(),
            name: benefit.name.clone(),
            summary: benefit.summary.clone(),
            gives: benefit.gives,
            payee: offered.procedure.payee,
            hash: offered.hash.clone(),
        })
    }
}
