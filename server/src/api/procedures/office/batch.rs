//! `/api/v1/staff/cases/batch` and `/api/v1/staff/cases/batch/plan`

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::{Deserialize, Serialize};
use shared::counter::Press;
use shared::locale::Locale;
use shared::localised::Localised;
use shared::problem::Problem;
use shared::procedures::{CaseId, CaseReference};
use shared::staff::StaffId;

use super::super::super::input::Body;
use super::super::super::problem::ProblemBody;
use super::shown::CaseListed;
use crate::app::App;
use crate::procedures::batch::{self, Batch, Planned, Seen, Told};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// What is done to several cases.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseBatchInput {
    #[serde(rename = "do")]
    does: CaseBatch,
    /// Of `assign`: somebody who works on cases; nobody when left out.
    to: Option<StaffId>,
    /// Those of one page of a list at most; of more the first are taken.
    cases: Vec<CaseSeen>,
    /// A name for this press: the same again does nothing again. A plan needs none.
    press: Option<Press>,
}

/// Nothing is proposed or signed so: that takes a look at each.
#[derive(Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum CaseBatch {
    Accept,
    Review,
    Close,
    Assign,
}

/// A case as it was seen.
#[derive(Deserialize, utoipa::ToSchema)]
struct CaseSeen {
    id: CaseId,
    version: u32,
    /// `assigned_to` as it was seen; nobody when left out.
    whose: Option<StaffId>,
}

/// What would be done.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseBatchPlan {
    /// A case that is not there is left out.
    items: Vec<CasePlanned>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct CasePlanned {
    case: CaseListed,
    /// Why it would not be done.
    refused: Option<CaseRefused>,
}

/// What was done.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseBatchDone {
    items: Vec<CaseTold>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct CaseTold {
    id: CaseId,
    /// Null where there is no such case.
    reference: Option<CaseReference>,
    /// Why it was not done.
    refused: Option<CaseRefused>,
}

/// As a problem of its own would say it.
#[derive(Serialize, utoipa::ToSchema)]
struct CaseRefused {
    code: String,
    detail: Localised,
}

/// Tells what `act_on_cases` would do to each of several cases, and does nothing.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/batch/plan",
    operation_id = "plan_acts_on_cases",
    tag = "staff",
    request_body = CaseBatchInput,
    responses(
        (status = 200, description = "What would be done", body = CaseBatchPlan),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn plan(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Body(input): Body<CaseBatchInput>,
) -> Result<Json<CaseBatchPlan>, Rejection> {
    let (batch, cases, _) = input.read();
    let planned = batch::plan(&app, &staff, &batch, &cases, app.now()).await?;
    Ok(Json(CaseBatchPlan { items: planned.into_iter().map(CasePlanned::from).collect() }))
}

/// Does the same to several cases, each by itself and as it was seen; what became of each is told with it.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/batch",
    operation_id = "act_on_cases",
    tag = "staff",
    request_body = CaseBatchInput,
    responses(
        (status = 200, description = "What was done, and what not", body = CaseBatchDone),
        (status = 400, description = "`malformed`: not JSON, or no `press`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: nobody who works on cases", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn run(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Body(input): Body<CaseBatchInput>,
) -> Result<Json<CaseBatchDone>, Rejection> {
    let (batch, cases, press) = input.read();
    let press = press.ok_or(Problem::Malformed)?;
    let told = batch::run(&app, &staff, (&press, &batch), &cases, app.now()).await?;
    Ok(Json(CaseBatchDone { items: told.into_iter().map(CaseTold::from).collect() }))
}

impl CaseBatchInput {
    fn read(self) -> (Batch, Vec<Seen>, Option<Press>) {
        let batch = match self.does {
            CaseBatch::Accept => Batch::Accept,
            CaseBatch::Review => Batch::Review,
            CaseBatch::Close => Batch::Close,
            CaseBatch::Assign => Batch::Assign(self.to),
        };
        let seen = self.cases.into_iter().map(|CaseSeen { id, version, whose }| Seen { id, version, whose });
        (batch, seen.collect(), self.press)
    }
}

impl From<Planned> for CasePlanned {
    fn from(planned: Planned) -> Self {
        Self { case: planned.row.into(), refused: planned.refused.map(CaseRefused::from) }
    }
}

impl From<Told> for CaseTold {
    fn from(told: Told) -> Self {
        Self { id: told.id, reference: told.reference, refused: told.refused.map(CaseRefused::from) }
    }
}

impl From<Problem> for CaseRefused {
    fn from(problem: Problem) -> Self {
        let detail = Localised::new(problem.sentence(Locale::Zh), problem.sentence(Locale::En));
        Self { code: problem.code().to_owned(), detail }
    }
}
