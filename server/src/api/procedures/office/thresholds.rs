//! `/api/v1/staff/thresholds` and `/api/v1/staff/thresholds/{id}/{act}`

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::StatusCode};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai;
use shared::eligibility::told::money::fen;
use shared::field::{FieldErrors, Reason};
use shared::localised::Localised;
use shared::problem::Problem;
use shared::staff::StaffId;

use super::super::super::input::{Body, Named};
use super::super::super::problem::ProblemBody;
use crate::app::App;
use crate::policy::Offered;
use crate::procedures::threshold::{self, Answer, Threshold, Waiting};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// From which sums on a grant takes a further signature, by procedure.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct Thresholds {
    thresholds: Vec<ThresholdShown>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ThresholdShown {
    procedure: String,
    /// Region for which it is set; it holds below it as well.
    region: String,
    name: Localised,
    /// In fen; null where no grant takes one.
    fen: Option<i64>,
    /// Another sum, until a second person has answered.
    waiting: Option<ThresholdWaiting>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct ThresholdWaiting {
    id: String,
    /// In fen; null where none shall take one any more.
    fen: Option<i64>,
    by: StaffId,
    proposed_at: DateTime<FixedOffset>,
    expires_at: DateTime<FixedOffset>,
}

/// Another sum.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct ThresholdInput {
    procedure: String,
    /// In yuan, such as `5000`; left out where no grant shall take a further signature.
    sum: Option<String>,
}

/// What is said to a sum that waits.
#[derive(Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::api::procedures) enum ThresholdAct {
    /// By another than who proposed it.
    Confirm,
    /// Also by who proposed it.
    Decline,
}

/// From which sums on a grant takes a further signature, and which other sums wait for a second person.
#[utoipa::path(
    get,
    path = "/api/v1/staff/thresholds",
    operation_id = "list_thresholds",
    tag = "staff",
    responses(
        (status = 200, description = "One of each procedure of the portal's own place", body = Thresholds),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn list(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
) -> Result<Json<Thresholds>, Rejection> {
    let mut thresholds = Vec::new();
    for offered in app.policies().procedures(&app.settings().region) {
        let held = threshold::of(&app, &staff, of(&offered), app.now()).await?;
        thresholds.push(ThresholdShown::new(&offered, held));
    }
    Ok(Json(Thresholds { thresholds }))
}

/// Proposes another sum from which on a grant takes a further signature. It is in force once another person has confirmed it.
#[utoipa::path(
    post,
    path = "/api/v1/staff/thresholds",
    operation_id = "propose_threshold",
    tag = "staff",
    request_body = ThresholdInput,
    responses(
        (status = 204, description = "It waits for a second person"),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it; `sign_in_again`: password and code come first", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: the portal's own place takes no such applications", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`threshold_waits`: another sum waits already", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `procedure` or `sum`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn propose(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Body(input): Body<ThresholdInput>,
) -> Result<StatusCode, Rejection> {
    let sum = input.sum.as_deref().map(sum).transpose()?;
    let offered = app.policies().procedure(&app.settings().region, &input.procedure).ok_or(Problem::NotFound)?;
    threshold::propose(&app, &staff, of(&offered), sum, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Confirms a sum that waits, which is in force from then on, or declines it.
#[utoipa::path(
    post,
    path = "/api/v1/staff/thresholds/{id}/{act}",
    operation_id = "answer_threshold",
    tag = "staff",
    params(
        ("id" = String, Path, description = "The sum that waits"),
        ("act" = ThresholdAct, Path, description = "What is said to it"),
    ),
    responses(
        (status = 204, description = "Done"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it; `sign_in_again`: password and code come first; `case_proposed_by_you` or `case_signer_too_new`: it is another's to confirm", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: nothing of this name waits", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`case_proposer_stopped`: decline it, and propose anew", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn answer(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named((id, act)): Named<(String, ThresholdAct)>,
) -> Result<StatusCode, Rejection> {
    let answer = match act {
        ThresholdAct::Confirm => Answer::Confirm,
        ThresholdAct::Decline => Answer::Decline,
    };
    threshold::decide(&app, &staff, &id, answer, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn of(offered: &Offered) -> (&str, &str) {
    (&offered.region, &offered.procedure.id)
}

/// A sum in yuan, in fen.
fn sum(typed: &str) -> Result<i64, FieldErrors> {
    let wrong = || {
        Reason::own(
            "threshold_sum",
            "请写成元，例如 5000；不要加签的，不写这一栏。",
            "Write yuan, such as 5000, or leave it out for none.",
        )
    };
    fen(typed).filter(|fen| *fen > 0).ok_or_else(|| FieldErrors::one("sum", wrong()))
}

impl ThresholdShown {
    fn new(offered: &Offered, held: Threshold) -> Self {
        Self {
            procedure: offered.procedure.id.clone(),
            region: offered.region.clone(),
            name: offered.procedure.name(),
            fen: held.fen,
            waiting: held.waiting.map(ThresholdWaiting::from),
        }
    }
}

impl From<Waiting> for ThresholdWaiting {
    fn from(waiting: Waiting) -> Self {
        Self {
            id: waiting.id,
            fen: waiting.fen,
            by: waiting.proposer,
            proposed_at: shanghai(waiting.proposed_at),
            expires_at: shanghai(waiting.expires_at),
        }
    }
}
