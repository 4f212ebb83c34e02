//! `/api/v1/staff/cases/{id}/{act}`

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use serde::Deserialize;
use shared::calendar::shanghai_date;
use shared::field::{FieldErrors, Reason};
use shared::procedures::{Act, ActName, CaseId, Decision, Typed};

use super::super::super::input::{Body, Named};
use super::super::super::problem::ProblemBody;
use super::super::below_fields;
use super::shown::OfficeCaseShown;
use crate::app::App;
use crate::procedures::{acts, cases};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// An act, with what it needs to be told; what it does not need is not read. `Debug` is left out: it carries answers.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseActInput {
    /// The version of the case that was on the screen.
    version: u32,
    /// The reason; needed for `send_back`, `reopen`, `correct` and `pass`. It stays in the record for good: no names, no numbers.
    said: Option<String>,
    /// Of `ask`: ids of the fields and papers that are missing, all at once.
    items: Option<Vec<String>>,
    /// Of `propose`: `granted`, perhaps with its `sum`; or `refused` with `requirement`, `facts`, `evidence` and perhaps
    /// `article`.
    outcome: Option<String>,
    /// In yuan, such as `1200.50`; left out where the bureau works it out when it pays.
    sum: Option<String>,
    /// Of `propose`: why it is paid in cash, as an exception; left out where it goes to the account. The record keeps it: no names,
    /// no numbers.
    cash: Option<String>,
    /// The condition that is not met, by its id; or `other`.
    requirement: Option<String>,
    /// What was found. The letter says it: no names, no numbers.
    facts: Option<String>,
    /// What shows it. The letter says it too.
    evidence: Option<String>,
    /// The text and the article that a refusal goes by; needed where the condition cites none that binds on the day that counts.
    article: Option<String>,
    /// Of `approve`: the `proposal_hash` that was looked at.
    hash: Option<String>,
    /// Of `correct`: the answers that are put right, by the ids of fields. Of `pass`: all answers of the applicant's own page, for
    /// the relative who goes on with it.
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
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it; `case_filed_by_you`, `case_proposed_by_you`, `case_applied_by_you`, `case_entered_by_you`, `case_cosigned_by_you` or `case_signer_too_new`: it is another's to do", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case, or no such act", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "The present state in words: `case_changed`, `case_not_now`, `case_asked_before`, `case_accepted_by_silence`, `case_proposal_lapsed`, `case_proposal_changed`, `case_proposer_stopped`, `case_needs_cosign` (see `cosign_case`), `case_granted_before` or `case_erased`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields`, also at `said` and at what a decision has to say; `case_nothing_asked`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn take(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named((id, name)): Named<(CaseId, ActName)>,
    Body(mut input): Body<CaseActInput>,
) -> Result<Json<OfficeCaseShown>, Rejection> {
    let (seen, now) = (input.version, app.now());
    let mut said = input.said.take();
    let act = match name {
        ActName::Accept => Act::Accept,
        ActName::AcceptBySilence => Act::AcceptBySilence,
        ActName::Review => Act::Review,
        ActName::Ask => Act::Ask { items: input.items.take().unwrap_or_default() },
        ActName::Supply => Act::Supply,
        ActName::Correct => {
            let (fields, said) = (input.fields.take().unwrap_or_default(), said.unwrap_or_default());
            let case = acts::correct(&app, &staff, &id, seen, &fields, &said, now).await.map_err(below_fields)?;
            return Ok(Json(case.into()));
        }
        ActName::Pass => {
            let (fields, said) = (input.fields.take().unwrap_or_default(), said.unwrap_or_default());
            let case = acts::pass(&app, &staff, &id, seen, &fields, &said, now).await.map_err(below_fields)?;
            return Ok(Json(case.into()));
        }
        ActName::Propose => {
            let case = cases::one(&app, &staff, &id, now).await?;
            let procedure = &case.offered.procedure;
            let counts_on = case.counts_on.unwrap_or_else(|| shanghai_date(now));
            let decision = Decision::read(procedure, &input.decision(), counts_on)?;
            said = Some(decision.words(procedure));
            // What is signed is known by a hash that is made where it is kept.
            Act::Propose { outcome: decision.outcome(), hash: String::new() }
        }
        ActName::Approve => {
            let hash = input.hash.take().ok_or_else(|| FieldErrors::one("hash", Reason::WrongType))?;
            Act::Approve { hash }
        }
        ActName::SendBack => Act::SendBack,
        ActName::Lapse => Act::Lapse,
        ActName::Withdraw => Act::Withdraw,
        ActName::Close => Act::Close,
        ActName::Reopen => Act::Reopen,
    };
    Ok(Json(acts::act(&app, &staff, &id, seen, act, said.as_deref(), now).await?.into()))
}

impl CaseActInput {
    /// What is proposed, by the names under which [`Decision::read`] knows it.
    fn decision(&self) -> Typed {
        let told = [
            ("outcome", &self.outcome),
            ("sum", &self.sum),
            ("cash", &self.cash),
            ("requirement", &self.requirement),
            ("facts", &self.facts),
            ("evidence", &self.evidence),
            ("article", &self.article),
        ];
        told.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.clone()?))).collect()
    }
}
