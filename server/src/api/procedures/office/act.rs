//! `/api/v1/staff/cases/{id}/{act}`

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::Deserialize;
use shared::field::{FieldErrors, Reason};
use shared::procedures::{Act, ActName, CaseId, Outcome};

use super::super::super::input::{Body, Named};
use super::super::super::problem::ProblemBody;
use super::super::below_fields;
use super::shown::OfficeCaseShown;
use crate::app::App;
use crate::procedures::acts;
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// An act, with what it needs to be told; what it does not need is not read. `Debug` is left out: it carries answers.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseActInput {
    /// The version of the case that was on the screen.
    version: u32,
    /// The ground or reason; needed for proposing a refusal, `send_back`, `reopen` and `correct`.
    said: Option<String>,
    /// Of `ask`: ids of the fields and papers that are missing, all at once.
    items: Option<Vec<String>>,
    /// Of `propose`.
    outcome: Option<Outcome>,
    /// Of `approve`: the `proposal_hash` that was looked at.
    hash: Option<String>,
    /// Of `correct`: the answers that are put right, by the ids of fields.
    fields: Option<BTreeMap<String, String>>,
}

/// Does something with a case, as the state machine of cases allows, and gives what it is then. What one person proposes
/// another signs, and whoever filled the application in for the family does neither. `supply` is for what came at the counter;
/// `accept_by_silence`, `lapse` and `withdraw` are no acts of the office.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/{id}/{act}",
    operation_id = "act_on_case",
    tag = "staff",
    params(
        ("id" = CaseId, Path, description = "The case"),
        ("act" = ActName, Path, description = "What is done"),
    ),
    request_body = CaseActInput,
    responses(
        (status = 200, description = "Done; the case as it is now", body = OfficeCaseShown),
        (status = 400, description = "`malformed`: not JSON, or `ask` for what the procedure does not know", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it; `case_filed_by_you` or `case_proposed_by_you`: it is another's to do", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case, or no such act", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "The present state in words: `case_changed`, `case_not_now`, `case_asked_before`, `case_proposal_lapsed`, `case_proposal_changed` or `case_granted_before`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`, also at `said` where it is needed; `case_nothing_asked`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn take(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named((id, name)): Named<(CaseId, ActName)>,
    Body(input): Body<CaseActInput>,
) -> Result<Json<OfficeCaseShown>, Rejection> {
    let (seen, now) = (input.version, app.now());
    let case = if name == ActName::Correct {
        let (fields, said) = (input.fields.unwrap_or_default(), input.said.unwrap_or_default());
        acts::correct(&app, &staff, &id, seen, &fields, &said, now).await.map_err(below_fields)?
    } else {
        let said = input.said.clone();
        acts::act(&app, &staff, &id, seen, input.act(name)?, said.as_deref(), now).await?
    };
    Ok(Json(case.into()))
}

impl CaseActInput {
    fn act(self, name: ActName) -> Result<Act, FieldErrors> {
        let lacking = |field: &str| FieldErrors::one(field, Reason::WrongType);
        Ok(match name {
            ActName::Accept => Act::Accept,
            ActName::AcceptBySilence => Act::AcceptBySilence,
            ActName::Review => Act::Review,
            ActName::Ask => Act::Ask { items: self.items.unwrap_or_default() },
            ActName::Supply => Act::Supply,
            ActName::Correct => Act::Correct,
            // What is signed is known by a hash that the office makes, whatever is sent.
            ActName::Propose => {
                Act::Propose { outcome: self.outcome.ok_or_else(|| lacking("outcome"))?, hash: String::new() }
            }
            ActName::Approve => Act::Approve { hash: self.hash.ok_or_else(|| lacking("hash"))? },
            ActName::SendBack => Act::SendBack,
            ActName::Lapse => Act::Lapse,
            ActName::Withdraw => Act::Withdraw,
            ActName::Close => Act::Close,
            ActName::Reopen => Act::Reopen,
        })
    }
}
