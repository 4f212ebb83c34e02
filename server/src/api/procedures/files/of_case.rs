//! `/api/v1/cases/{reference}/files`: papers that a family was asked for, as over the page of its supplement.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use serde::Serialize;
use shared::procedures::file::LONGEST_PART;
use shared::procedures::{CaseReference, FileId};

use super::super::super::input::{Bearer, Body, Named, Parameters};
use super::super::super::problem::ProblemBody;
use super::FileAnnounced;
use super::parts::{At, FileProgress, how_far, laid, only_bytes};
use crate::app::App;
use crate::client::Client;
use crate::error::Error;
use crate::procedures::cases;
use crate::procedures::files::{New, Owner};
use crate::procedures::papers::Tray;
use crate::rejection::Rejection;

/// A file of a case for which there is room.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseFileBegun {
    reference: CaseReference,
    file_id: FileId,
    /// Bytes that have come.
    received: u64,
    size: u64,
    /// Bytes that a part has at most.
    longest_part: usize,
}

/// Announces a photograph (JPEG, PNG) or PDF of a paper that the office asked for. Its bytes come in parts after this, within a
/// day; `supply_case` hands all of them in.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{reference}/files",
    operation_id = "begin_case_file",
    tag = "procedures",
    params(("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes")),
    security(("case_token" = [])),
    request_body = FileAnnounced,
    responses(
        (status = 201, description = "There is room for it", body = CaseFileBegun),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case, or a paper that was not asked for", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`case_not_now`: nothing is asked for; `file_too_many_of_paper` or `file_too_many_of_case`: remove one first", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`file_too_large`, or `too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`file_empty`; `invalid_fields` at `paper`, `name` or `size`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: requests, or files of one case or address", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn begin(
    State(app): State<App>,
    client: Client,
    Named(reference): Named<CaseReference>,
    Bearer(token): Bearer,
    Body(announced): Body<FileAnnounced>,
) -> Result<impl IntoResponse, Rejection> {
    let now = app.now();
    let case = cases::for_family(&app, reference, &token, now).await?;
    let tray = Tray::of_case(&case).map_err(Error::from)?;
    let FileAnnounced { paper, name, size } = announced;
    tray.count(&app, &client, size)?;
    let file_id = tray.begin(&app, New { paper: &paper, name: &name, size }, now).await?;
    let location = format!("/api/v1/cases/{reference}/files/{file_id}");
    let begun = CaseFileBegun { reference, file_id, received: 0, size, longest_part: LONGEST_PART };
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(begun)))
}

/// Shows how much of a file of a case has come, so that its sender goes on where the connection broke.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{reference}/files/{file_id}",
    operation_id = "show_case_file",
    tag = "procedures",
    params(
        ("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes"),
        ("file_id" = FileId, Path, description = "The file"),
    ),
    security(("case_token" = [])),
    responses(
        (status = 200, description = "How far it is", body = FileProgress),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case, or no such file of it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn show(
    State(app): State<App>,
    Named((reference, file)): Named<(CaseReference, FileId)>,
    Bearer(token): Bearer,
) -> Result<Json<FileProgress>, Rejection> {
    let case = cases::for_family(&app, reference, &token, app.now()).await?;
    Ok(Json(how_far(&app, &Owner::Case(case.id), &file, case.files).await?))
}

/// Takes the next part of a file of a case; with the last one the file is looked at and taken, or refused and gone. A part that has
/// come before is the same again.
#[utoipa::path(
    patch,
    path = "/api/v1/cases/{reference}/files/{file_id}",
    operation_id = "append_to_case_file",
    tag = "procedures",
    params(
        ("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes"),
        ("file_id" = FileId, Path, description = "The file"),
        ("offset" = Option<u64>, Query, description = "Bytes before this part; none when left out"),
    ),
    security(("case_token" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The bytes, two megabytes at most and, but for the last part, 256 kilobytes at least"),
    responses(
        (status = 200, description = "It has come", body = FileProgress),
        (status = 400, description = "`malformed`: no number, a parameter comes twice, or too few bytes for a part that is not the last", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case, or no such file of it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`file_other_part`: go on from where it says; `file_not_whole`; `case_not_now`: nothing is asked for", body = ProblemBody, content_type = "application/problem+json"),
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
    Named((reference, file)): Named<(CaseReference, FileId)>,
    Bearer(token): Bearer,
    Parameters(at): Parameters<At>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<FileProgress>, Rejection> {
    only_bytes(&headers)?;
    let case = cases::for_family(&app, reference, &token, app.now()).await?;
    let tray = Tray::of_case(&case).map_err(Error::from)?;
    Ok(Json(laid(&app, &tray.sent_by(&client), &file, (at.offset, &bytes)).await?))
}

/// Takes a file away for good that was sent since the office asked, also one that has not come whole.
#[utoipa::path(
    delete,
    path = "/api/v1/cases/{reference}/files/{file_id}",
    operation_id = "remove_case_file",
    tag = "procedures",
    params(
        ("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes"),
        ("file_id" = FileId, Path, description = "The file"),
    ),
    security(("case_token" = [])),
    responses(
        (status = 204, description = "It is gone"),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case, no such file of it, or one that was handed in before", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`case_not_now`: what was handed in stays", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn remove(
    State(app): State<App>,
    Named((reference, file)): Named<(CaseReference, FileId)>,
    Bearer(token): Bearer,
) -> Result<StatusCode, Rejection> {
    let now = app.now();
    let case = cases::for_family(&app, reference, &token, now).await?;
    let tray = Tray::of_case(&case).map_err(Error::from)?;
    tray.remove(&app, &file, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
