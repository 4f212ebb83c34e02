//! `/api/v1/staff/cases/{id}/notes`

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::StatusCode};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai;
use shared::procedures::CaseId;
use shared::staff::StaffId;

use super::super::super::input::{Body, Named};
use super::super::super::problem::ProblemBody;
use crate::app::App;
use crate::procedures::notes::{self, Note};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// What colleagues have left beside a case.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseNotes {
    /// The oldest first.
    notes: Vec<CaseNote>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct CaseNote {
    at: DateTime<FixedOffset>,
    by: StaffId,
    words: String,
}

/// A note. `Debug` is left out: it carries somebody's words.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseNoteInput {
    /// At most 500 characters, for colleagues alone: no names, no numbers.
    note: String,
}

/// Notes of colleagues beside a case; the family never reads them.
#[utoipa::path(
    get,
    path = "/api/v1/staff/cases/{id}/notes",
    operation_id = "list_case_notes",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "The notes", body = CaseNotes),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: what is no id of a case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn list(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
) -> Result<Json<CaseNotes>, Rejection> {
    let notes = notes::of_case(&app, &staff, &id).await?;
    Ok(Json(CaseNotes { notes: notes.into_iter().map(CaseNote::from).collect() }))
}

/// Leaves a note beside a case. That there is one stands in its record.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/{id}/notes",
    operation_id = "leave_case_note",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    request_body = CaseNoteInput,
    responses(
        (status = 204, description = "Left"),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`case_erased`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `note`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn leave(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
    Body(input): Body<CaseNoteInput>,
) -> Result<StatusCode, Rejection> {
    notes::leave(&app, &staff, &id, &input.note, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<Note> for CaseNote {
    fn from(note: Note) -> Self {
        Self { at: shanghai(note.at), by: note.by, words: note.words }
    }
}
