//! `/api/v1/procedures/{id}/drafts`

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai;
use shared::field::{FieldErrors, Reason};
use shared::problem::Problem;
use shared::procedures::{DraftId, DraftToken, Procedure, Typed};

use super::super::input::{Bearer, Body, Named, Parameters};
use super::super::problem::ProblemBody;
use super::Where;
use super::differing::DraftDiffers;
use crate::app::App;
use crate::client::Client;
use crate::error::Error;
use crate::policy::Offered;
use crate::procedures::drafts::{self, Begun, Draft, Saved};
use crate::procedures::filing;
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// A draft that was begun.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DraftBegun {
    draft_id: DraftId,
    /// Shown once; only its holder can read, fill in and hand in the draft.
    token: DraftToken,
    /// When it is removed unless something is kept in it before.
    expires_at: DateTime<FixedOffset>,
}

/// A draft as it stands.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DraftShown {
    draft_id: DraftId,
    procedure: String,
    /// Region whose rules it is read by.
    region: String,
    version: u32,
    expires_at: DateTime<FixedOffset>,
    /// What was typed, by the ids of fields; nothing of it once it was handed in.
    fields: BTreeMap<String, String>,
    /// Whether it was handed in.
    submitted: bool,
}

/// Some fields as they were typed, with the version that was on the screen. `Debug` is left out: it carries what people typed.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct DraftStep {
    version: u32,
    /// By the ids of fields; those that are left out stay as they are. An empty text takes an answer back.
    fields: BTreeMap<String, String>,
}

/// What was kept.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DraftKept {
    version: u32,
    expires_at: DateTime<FixedOffset>,
}

/// Begins a draft of an application. It is kept for some weeks after it was last saved, until `expires_at`.
#[utoipa::path(
    post,
    path = "/api/v1/procedures/{id}/drafts",
    operation_id = "begin_draft",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure, such as `green_burial`"),
        ("region" = Option<String>, Query, description = "Division code of six digits, of the portal's own place or one below it; the portal's own when left out"),
    ),
    responses(
        (status = 201, description = "Begun", body = DraftBegun),
        (status = 400, description = "`malformed`: a parameter comes twice", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: the region takes no such applications; `procedure_not_offered`: this portal takes none of that region", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: requests, or drafts begun by one browser or address", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn begin(
    State(app): State<App>,
    client: Client,
    Named(id): Named<String>,
    Parameters(at): Parameters<Where>,
) -> Result<impl IntoResponse, Rejection> {
    let offered = at.decided_here(&app, &id)?;
    app.limits().draft(&client, app.keys())?;
    let begun = drafts::begin(&app, &offered, None, app.now()).await?;
    Ok(created(&offered, begun))
}

/// Begins a draft that somebody of the office fills in for a family that stands there. It goes on as any other, with its token;
/// whoever began it neither proposes nor signs what comes of it.
#[utoipa::path(
    post,
    path = "/api/v1/staff/procedures/{id}/drafts",
    operation_id = "begin_draft_for_family",
    tag = "staff",
    params(("id" = String, Path, description = "The procedure, such as `green_burial`")),
    responses(
        (status = 201, description = "Begun", body = DraftBegun),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: the portal's own place takes no such applications", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn begin_for_family(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<String>,
) -> Result<impl IntoResponse, Rejection> {
    let offered = Where::default().decided_here(&app, &id)?;
    let begun = filing::begin(&app, &staff, &offered, app.now()).await?;
    Ok(created(&offered, begun))
}

/// Where a draft is from now on, with its token.
fn created(offered: &Offered, begun: Begun) -> impl IntoResponse + use<> {
    let location = format!("/api/v1/procedures/{}/drafts/{}", offered.procedure.id, begun.id);
    let begun = DraftBegun { draft_id: begun.id, token: begun.token, expires_at: shanghai(begun.expires_at) };
    (StatusCode::CREATED, [(header::LOCATION, location)], Json(begun))
}

/// Shows a draft to its holder, with all that was typed.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{id}/drafts/{draft_id}",
    operation_id = "show_draft",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure"),
        ("draft_id" = DraftId, Path, description = "The draft"),
    ),
    security(("draft_token" = [])),
    responses(
        (status = 200, description = "The draft", body = DraftShown),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such draft of this procedure, or not its token; `procedure_not_offered`: the region takes no such applications any more", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`draft_over`: its time is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn show(
    State(app): State<App>,
    Named((procedure, id)): Named<(String, DraftId)>,
    Bearer(token): Bearer,
) -> Result<Json<DraftShown>, Rejection> {
    Ok(Json(opened(&app, (&procedure, &id), &token).await?.into()))
}

/// Keeps some fields of a draft, laid over the others; nothing of it need be right before it is handed in.
///
/// Where the same field was filled in otherwise since `version`, nothing is kept: the answer has both values of each, under
/// `draft`, and the version that keeping one of them takes.
#[utoipa::path(
    put,
    path = "/api/v1/procedures/{id}/drafts/{draft_id}",
    operation_id = "save_draft",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure"),
        ("draft_id" = DraftId, Path, description = "The draft"),
    ),
    security(("draft_token" = [])),
    request_body = DraftStep,
    responses(
        (status = 200, description = "Kept", body = DraftKept),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such draft of this procedure, or not its token; `procedure_not_offered`: the region takes no such applications any more", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`draft_changed`, with both values under `draft`; `draft_submitted`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`draft_over`: its time is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `version`, `fields`, or what is no field of the form", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn save(
    State(app): State<App>,
    Named((procedure, id)): Named<(String, DraftId)>,
    Bearer(token): Bearer,
    Body(step): Body<DraftStep>,
) -> Result<Response, Rejection> {
    let draft = opened(&app, (&procedure, &id), &token).await?;
    asked_for(&draft.offered.procedure, &step.fields)?;
    Ok(match drafts::save(&app, &draft, step.version, &step.fields, app.now()).await? {
        Saved::Kept { version, expires_at } => {
            Json(DraftKept { version, expires_at: shanghai(expires_at) }).into_response()
        }
        Saved::Changed { version, theirs } => DraftDiffers::new(version, step.fields, theirs).refused(),
    })
}

/// The draft that a token opens, below the procedure that it is of.
pub(super) async fn opened(app: &App, (procedure, id): (&str, &DraftId), token: &str) -> Result<Draft, Error> {
    let token = DraftToken::parse(token).map_err(|_| Problem::NotFound)?;
    let draft = drafts::load(app, id, &token, app.now()).await?;
    if draft.offered.procedure.id == procedure { Ok(draft) } else { Err(Problem::NotFound.into()) }
}

/// Of many fields that the form does not have, so many are told.
const MOST_TOLD: usize = 20;

/// Nothing is kept that no form asks for.
fn asked_for(procedure: &Procedure, fields: &Typed) -> Result<(), FieldErrors> {
    let unknown = fields.keys().filter(|id| procedure.field(id).is_none()).take(MOST_TOLD);
    let mut errors = FieldErrors::new();
    for id in unknown {
        errors.push(
            format!("fields.{id}"),
            Reason::own("field_unknown", "这个申请没有这一栏。", "This application has no such field."),
        );
    }
    errors.into_result()
}

impl From<Draft> for DraftShown {
    fn from(draft: Draft) -> Self {
        Self {
            draft_id: draft.id,
            procedure: draft.offered.procedure.id.clone(),
            region: draft.offered.region.clone(),
            version: draft.version,
            expires_at: shanghai(draft.expires_at),
            fields: draft.typed,
            submitted: draft.submitted.is_some(),
        }
    }
}
