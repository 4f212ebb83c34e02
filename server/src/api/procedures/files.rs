//! `/api/v1/procedures/{id}/drafts/{draft_id}/files`

pub(super) mod of_case;
pub(super) mod parts;
pub(super) mod shown;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use shared::procedures::file::LONGEST_PART;
use shared::procedures::{DraftId, FileId};

use self::shown::FileShown;
use super::super::input::{Bearer, Body, Named};
use super::super::problem::ProblemBody;
use super::drafts::opened;
use crate::app::App;
use crate::client::Client;
use crate::error::Error;
use crate::procedures::files::New;
use crate::procedures::papers::{self, Tray};
use crate::rejection::Rejection;

/// What was handed in of a draft.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DraftFiles {
    /// Each paper's in their order.
    files: Vec<FileShown>,
}

/// A photograph or PDF that is about to come.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct FileAnnounced {
    /// The paper that it is of, by its id in the procedure.
    paper: String,
    /// As its sender calls it; nothing is concluded from it.
    name: String,
    /// Bytes.
    size: u64,
}

/// A file for which there is room.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct FileBegun {
    draft_id: DraftId,
    file_id: FileId,
    /// Bytes that have come.
    received: u64,
    size: u64,
    /// Bytes that a part has at most.
    longest_part: usize,
}

/// Lists what was handed in as files, without what has not come whole.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{id}/drafts/{draft_id}/files",
    operation_id = "list_files",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure"),
        ("draft_id" = DraftId, Path, description = "The draft"),
    ),
    security(("draft_token" = [])),
    responses(
        (status = 200, description = "The files; none once the draft was handed in: they are the case’s then", body = DraftFiles),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such draft of this procedure, or not its token; `procedure_not_offered`: the region takes no such applications any more", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`draft_over`: its time is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Named((procedure, id)): Named<(String, DraftId)>,
    Bearer(token): Bearer,
) -> Result<Json<DraftFiles>, Rejection> {
    let draft = opened(&app, (&procedure, &id), &token).await?;
    let files = papers::of_draft(&app, &draft).await?;
    Ok(Json(DraftFiles { files: files.into_iter().map(FileShown::from).collect() }))
}

/// Announces a photograph (JPEG, PNG) or PDF of a paper. Its bytes come in parts after this, within a day; `show_procedure` says
/// beforehand what is taken and how much of it.
#[utoipa::path(
    post,
    path = "/api/v1/procedures/{id}/drafts/{draft_id}/files",
    operation_id = "begin_file",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure"),
        ("draft_id" = DraftId, Path, description = "The draft"),
    ),
    security(("draft_token" = [])),
    request_body = FileAnnounced,
    responses(
        (status = 201, description = "There is room for it", body = FileBegun),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such draft or paper of this procedure, or not its token; `procedure_not_offered`: the region takes no such applications any more", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`draft_submitted`; `file_too_many_of_paper` or `file_too_many_of_case`: remove one first", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`draft_over`: its time is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`file_too_large`, or `too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`file_empty`; `invalid_fields` at `paper`, `name` or `size`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: requests, or files of one draft or address", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn begin(
    State(app): State<App>,
    client: Client,
    Named((procedure, id)): Named<(String, DraftId)>,
    Bearer(token): Bearer,
    Body(announced): Body<FileAnnounced>,
) -> Result<impl IntoResponse, Rejection> {
    let draft = opened(&app, (&procedure, &id), &token).await?;
    let tray = Tray::of_draft(&draft).map_err(Error::from)?;
    let FileAnnounced { paper, name, size } = announced;
    tray.count(&app, &client, size)?;
    let file_id = tray.begin(&app, New { paper: &paper, name: &name, size }, app.now()).await?;
    let location = format!("/api/v1/procedures/{procedure}/drafts/{id}/files/{file_id}");
    let begun = FileBegun { draft_id: id, file_id, received: 0, size, longest_part: LONGEST_PART };
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(begun)))
}
