//! `/api/v1/cases/{reference}`

use axum::{Json, extract::State};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use shared::calendar::{Deadline, shanghai};
use shared::localised::Localised;
use shared::procedures::{CaseReference, Decision, Outcome, State as CaseState, StateName};

use super::super::input::{Bearer, Body, Named};
use super::super::problem::ProblemBody;
use super::files::shown::FileShown;
use super::office::shown::{CaseDone, CaseLook};
use crate::app::App;
use crate::procedures::cases::{self, FamilyCase, Usual};
use crate::procedures::{acts, consent, family, papers};
use crate::rejection::Rejection;

/// A case as the family sees it.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct CaseShown {
    reference: CaseReference,
    procedure: String,
    /// Region whose rules it is decided by.
    region: String,
    name: Localised,
    state: StateName,
    /// Of a decision that was made.
    outcome: Option<Outcome>,
    /// None where there is none, and once its words were erased.
    decision: Option<CaseDecision>,
    decided_at: Option<DateTime<FixedOffset>>,
    /// Whether another case was granted what this one names, which is granted once. Told while this one is open, and only with the
    /// token that a code to its phone gave; without one it is always `false`.
    granted_elsewhere: bool,
    version: u32,
    submitted_at: DateTime<FixedOffset>,
    /// Ids of fields and papers that the office asked for and has not had yet.
    asked: Vec<String>,
    /// What was handed in as files, each paper's in their order.
    files: Vec<FileShown>,
    /// Ids of the consents that stand; each can be taken back.
    consents: Vec<String>,
    /// Ids of papers that may be needed and of which no file is there, while it is open: they are brought to the counter.
    bring: Vec<String>,
    /// The day by which it is decided, where a text sets a time that runs now.
    latest_on: Option<Deadline>,
    /// How long such cases took, where enough of them were decided; nothing is promised by it.
    usual: Option<CaseUsual>,
    /// The oldest first; that it was handed in is not among it.
    history: Vec<CaseDone>,
    /// Who of the office looked, by time, and why where they read something in full.
    looks: Vec<CaseLook>,
    /// SHA-256 of what was handed in, in hexadecimal.
    receipt: String,
}

/// Days from handing in to the decision, without the family's own time.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseUsual {
    /// Half of the cases take at most so many.
    half: i64,
    /// Nine of ten take at most so many.
    most: i64,
    /// How many of the cases that it is known of are decided.
    of: usize,
}

/// What was decided, beside yes or no.
#[derive(Default, Serialize, utoipa::ToSchema)]
struct CaseDecision {
    /// Of what was granted: in fen; null where the bureau works it out when it pays.
    fen: Option<i64>,
    /// Whether sums here are a demonstration's own and count for nothing.
    demo: bool,
    /// Of what is paid in cash as an exception: why.
    cash: Option<String>,
    /// Of a refusal: the condition that is not met, by its id; null where it is something else.
    requirement: Option<String>,
    /// Of a refusal: what was found.
    facts: Option<String>,
    /// Of a refusal: what shows it.
    evidence: Option<String>,
    /// Of a refusal: the text and the article that whoever proposed it named; null where those that the condition cites carry it.
    article: Option<String>,
}

/// The case that was on the screen.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct CaseSeen {
    version: u32,
    /// The id of a consent: it alone is taken back, at any time, with the answers that were kept by it; the application goes on.
    consent: Option<String>,
}

/// Shows a case to the family whose it is.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{reference}",
    operation_id = "show_case",
    tag = "procedures",
    params(("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes")),
    security(("case_token" = [])),
    responses(
        (status = 200, description = "The case", body = CaseShown),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Named(reference): Named<CaseReference>,
    Bearer(token): Bearer,
) -> Result<Json<CaseShown>, Rejection> {
    Ok(Json(cases::for_family(&app, reference, &token, app.now()).await?.into()))
}

/// Takes an application back, as long as it is not decided; or, with `consent`, one consent alone.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{reference}/withdraw",
    operation_id = "withdraw_case",
    tag = "procedures",
    params(("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes")),
    security(("case_token" = [])),
    request_body = CaseSeen,
    responses(
        (status = 200, description = "Taken back; the case as it is now", body = CaseShown),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case, or a consent that does not stand", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "The present state in words: `case_changed`, or `case_not_now` once it is decided or taken back; `case_erased`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `version`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn withdraw(
    State(app): State<App>,
    Named(reference): Named<CaseReference>,
    Bearer(token): Bearer,
    Body(seen): Body<CaseSeen>,
) -> Result<Json<CaseShown>, Rejection> {
    let holder = family::by_token(&app, reference, &token).await?;
    let case = match &seen.consent {
        Some(field) => consent::take_back(&app, &holder, field, app.now()).await?,
        None => acts::withdraw(&app, &holder, seen.version, app.now()).await?,
    };
    Ok(Json(case.into()))
}

impl From<FamilyCase> for CaseShown {
    fn from(case: FamilyCase) -> Self {
        let procedure = &case.offered.procedure;
        let outcome = decided(&case.state);
        let words = case.ground.as_deref().unwrap_or_default();
        let bring = papers::missing(&case).into_iter().map(|paper| paper.id.clone()).collect();
        // Its words are erased with all others.
        let decision = outcome.filter(|_| !case.is_erased).map(|outcome| CaseDecision {
            demo: procedure.has_demo_sums(),
            ..Decision::of_words(procedure, outcome, words).into()
        });
        Self {
            reference: case.reference,
            procedure: procedure.id.clone(),
            region: case.offered.region.clone(),
            name: procedure.name(),
            state: case.state.name(),
            outcome,
            decision,
            decided_at: case.decided_at.map(shanghai),
            granted_elsewhere: case.granted_elsewhere,
            version: case.version,
            submitted_at: shanghai(case.submitted_at),
            asked: case.asked_items,
            files: case.files.into_iter().map(FileShown::from).collect(),
            bring,
            consents: case.consents,
            latest_on: case.latest_on,
            usual: case.usual.map(CaseUsual::from),
            history: case.history.into_iter().map(CaseDone::from).collect(),
            looks: case.looks.into_iter().map(CaseLook::from).collect(),
            receipt: case.receipt,
        }
    }
}

/// What was decided; a proposal is nothing that the family is told.
pub(super) fn decided(state: &CaseState) -> Option<Outcome> {
    match state {
        CaseState::Decided { outcome } | CaseState::Closed { outcome } => Some(*outcome),
        _ => None,
    }
}

impl From<Decision> for CaseDecision {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Granted { fen } => Self { fen, ..Self::default() },
            Decision::Cash { fen, why } => Self { fen, cash: Some(why), ..Self::default() },
            Decision::Refused { requirement, facts, evidence, article } => Self {
                requirement,
                facts: Some(facts),
                evidence: Some(evidence),
                article: Some(article).filter(|article| !article.is_empty()),
                ..Self::default()
            },
        }
    }
}

impl From<Usual> for CaseUsual {
    fn from(usual: Usual) -> Self {
        Self { half: usual.half, most: usual.most, of: usual.of }
    }
}
