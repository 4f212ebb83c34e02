//! `/api/v1/staff/cases/{id}/reveal` and `/api/v1/staff/cases/{id}/files/{file_id}`

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use shared::procedures::{CaseId, FileId};

use super::super::super::input::{Body, Named};
use super::super::super::problem::ProblemBody;
use crate::app::App;
use crate::procedures::{cases, papers};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// What is read in full, and why. `Debug` is left out: it carries somebody's words.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct RevealInput {
    /// One of the case's masked answers, by the id of its field.
    field: String,
    /// The family reads it: no names, no numbers.
    why: String,
}

/// One answer in full.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct AnswerRevealed {
    field: String,
    /// As it was typed.
    answer: String,
}

/// Gives one answer of a case in full, for a reason. Who read it and why is written down first, and the family reads that.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/{id}/reveal",
    operation_id = "reveal_answer",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    request_body = RevealInput,
    responses(
        (status = 200, description = "The answer", body = AnswerRevealed),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it; `sign_in_again`: after many within an hour, password and code come first", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case, or it has no such answer", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `field` or `why`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn reveal(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
    Body(input): Body<RevealInput>,
) -> Result<Json<AnswerRevealed>, Rejection> {
    let RevealInput { field, why } = input;
    let answer = cases::reveal(&app, &staff, &id, &field, &why, app.now()).await?;
    Ok(Json(AnswerRevealed { field, answer }))
}

/// Why a file is opened. `Debug` is left out: it carries somebody's words.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct FileLookInput {
    /// The family reads it: no names, no numbers. Left out, it is the one that was given in this case within a quarter of an hour.
    why: Option<String>,
}

/// Gives a photograph or PDF that was handed in, as it is kept, for a reason. Who opened it and why is written down first, and the
/// family reads that.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/{id}/files/{file_id}",
    operation_id = "open_case_file",
    tag = "staff",
    params(
        ("id" = CaseId, Path, description = "The case"),
        ("file_id" = FileId, Path, description = "One of its files"),
    ),
    request_body = FileLookInput,
    responses(
        (status = 200, description = "The file", content((String = "image/jpeg"), (String = "application/pdf"))),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it; `sign_in_again`: after many within an hour, password and code come first", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case, or no such file of it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`file_not_scanned`: nothing is given out before the scanner has seen it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `why`; `file_infected`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`; `file_store_away`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn open(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named((id, file)): Named<(CaseId, FileId)>,
    Body(input): Body<FileLookInput>,
) -> Result<Response, Rejection> {
    Ok(papers::look(&app, &staff, (&id, &file), input.why.as_deref(), app.now()).await?.into_response())
}
