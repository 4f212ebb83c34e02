//! `/api/v1/procedures/{id}/drafts/{draft_id}/files/{file_id}`

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
};
use serde::{Deserialize, Serialize};
use shared::problem::Problem;
use shared::procedures::{DraftId, FileId};

use super::super::super::input::{Bearer, Named, Parameters};
use super::super::super::problem::ProblemBody;
use super::super::drafts::opened;
use super::shown::FileShown;
use crate::app::App;
use crate::client::Client;
use crate::error::Error;
use crate::procedures::files::{self, Handed, Owner, Progress};
use crate::procedures::papers::{self, Tray};
use crate::rejection::Rejection;

/// How much of a file has come.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct FileProgress {
    /// Bytes; the next part begins there.
    received: u64,
    size: u64,
    /// What it was taken as; null until it is whole.
    file: Option<FileShown>,
}

/// Where a part begins.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::api::procedures) struct At {
    pub(in crate::api::procedures) offset: u64,
}

/// Shows how much of a file has come, so that its sender goes on where the connection broke.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{id}/drafts/{draft_id}/files/{file_id}",
    operation_id = "show_file",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure"),
        ("draft_id" = DraftId, Path, description = "The draft"),
        ("file_id" = FileId, Path, description = "The file"),
    ),
    security(("draft_token" = [])),
    responses(
        (status = 200, description = "How far it is", body = FileProgress),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such file of this draft, or not its token; `procedure_not_offered`: the region takes no such applications any more", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`draft_over`: its time is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn show(
    State(app): State<App>,
    Named((procedure, id, file)): Named<(String, DraftId, FileId)>,
    Bearer(token): Bearer,
) -> Result<Json<FileProgress>, Rejection> {
    let draft = opened(&app, (&procedure, &id), &token).await?;
    let handed = papers::of_draft(&app, &draft).await?;
    Ok(Json(how_far(&app, &Owner::Draft(id), &file, handed).await?))
}

/// Takes the next part of a file; with the last one the file is looked at and taken, or refused and gone. A part that has come
/// before is the same again.
#[utoipa::path(
    patch,
    path = "/api/v1/procedures/{id}/drafts/{draft_id}/files/{file_id}",
    operation_id = "append_to_file",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure"),
        ("draft_id" = DraftId, Path, description = "The draft"),
        ("file_id" = FileId, Path, description = "The file"),
        ("offset" = Option<u64>, Query, description = "Bytes before this part; none when left out"),
    ),
    security(("draft_token" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The bytes, two megabytes at most and, but for the last part, 256 kilobytes at least"),
    responses(
        (status = 200, description = "It has come", body = FileProgress),
        (status = 400, description = "`malformed`: no number, a parameter comes twice, or too few bytes for a part that is not the last", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such file of this draft, or not its token; `procedure_not_offered`: the region takes no such applications any more", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`file_other_part`: go on from where it says; `file_not_whole`; `draft_submitted`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`draft_over`: its time is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`: more than a part has; `file_too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`; of the whole file `file_heic`, `file_program` or `file_other_kind`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Of the whole file: `file_empty`, `file_too_many_pixels`, `file_damaged`, `file_too_many_pages`, `file_locked`, `file_active_pdf` or `file_infected`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: requests, or tries to take the same file", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`; `file_store_away`: the same part again later goes on", body = ProblemBody, content_type = "application/problem+json"),
        (status = 507, description = "`file_no_room`: the same part again later goes on", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn append(
    State(app): State<App>,
    client: Client,
    Named((procedure, id, file)): Named<(String, DraftId, FileId)>,
    Bearer(token): Bearer,
    Parameters(at): Parameters<At>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<FileProgress>, Rejection> {
    only_bytes(&headers)?;
    let draft = opened(&app, (&procedure, &id), &token).await?;
    let tray = Tray::of_draft(&draft).map_err(Error::from)?;
    Ok(Json(laid(&app, &tray.sent_by(&client), &file, (at.offset, &bytes)).await?))
}

/// Takes a file away for good, also one that has not come whole.
#[utoipa::path(
    delete,
    path = "/api/v1/procedures/{id}/drafts/{draft_id}/files/{file_id}",
    operation_id = "remove_file",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure"),
        ("draft_id" = DraftId, Path, description = "The draft"),
        ("file_id" = FileId, Path, description = "The file"),
    ),
    security(("draft_token" = [])),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such file of this draft, or not its token; `procedure_not_offered`: the region takes no such applications any more", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`draft_submitted`: what was handed in stays", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`draft_over`: its time is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn remove(
    State(app): State<App>,
    Named((procedure, id, file)): Named<(String, DraftId, FileId)>,
    Bearer(token): Bearer,
) -> Result<StatusCode, Rejection> {
    let draft = opened(&app, (&procedure, &id), &token).await?;
    let tray = Tray::of_draft(&draft).map_err(Error::from)?;
    tray.remove(&app, &file, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How much of a file has come, and what it was taken as where it is among those that were `handed` in whole.
pub(in crate::api::procedures) async fn how_far(
    app: &App,
    owner: &Owner,
    file: &FileId,
    handed: Vec<Handed>,
) -> Result<FileProgress, Error> {
    let progress = files::progress(app, owner, file).await?;
    let handed = handed.into_iter().find(|handed| handed.id == *file);
    Ok(told(progress, handed.map(FileShown::from)))
}

/// Lays the next part of a file into a tray; with the last one the file is taken, or refused and gone.
pub(in crate::api::procedures) async fn laid(
    app: &App,
    tray: &Tray,
    file: &FileId,
    part: (u64, &[u8]),
) -> Result<FileProgress, Error> {
    let (progress, handed) = tray.lay(app, file, part, app.now()).await?;
    Ok(told(progress, handed.map(FileShown::from)))
}

/// Parts of files come as bytes, said so or not said at all.
pub(in crate::api::procedures) fn only_bytes(headers: &HeaderMap) -> Result<(), Problem> {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
    let is_bytes = kind.trim().eq_ignore_ascii_case("application/octet-stream");
    if is_bytes { Ok(()) } else { Err(Problem::UnsupportedMediaType) }
}

fn told(Progress { received, size }: Progress, file: Option<FileShown>) -> FileProgress {
    FileProgress { received, size, file }
}
