//! `/api/v1/cases/{reference}/messages`

use axum::{Json, extract::State, http::StatusCode};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai;
use shared::localised::Localised;
use shared::procedures::CaseReference;
use shared::staff::StaffId;

use super::super::input::{Bearer, Body, Named};
use super::super::problem::ProblemBody;
use super::office::shown::CaseSide;
use crate::app::App;
use crate::error::Error;
use crate::procedures::family;
use crate::procedures::talk::{self, Line};
use crate::rejection::Rejection;

/// What was written about a case.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct CaseMessages {
    /// The oldest first.
    items: Vec<CaseMessage>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct CaseMessage {
    at: DateTime<FixedOffset>,
    side: CaseSide,
    /// Who of the office, for the office alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<StaffId>,
    /// When the other side first read it.
    seen_at: Option<DateTime<FixedOffset>>,
    /// Ready words stand in both languages; what somebody wrote is the same in both.
    words: Localised,
}

/// What a family writes. `Debug` is left out: it carries somebody's words.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct CaseMessageInput {
    /// At most 500 characters: no long numbers and no links.
    words: String,
}

/// All messages about one's case. Those of the office count as read from now on.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{reference}/messages",
    operation_id = "read_messages_of_case",
    tag = "procedures",
    params(("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes")),
    security(("case_token" = [])),
    responses(
        (status = 200, description = "The messages", body = CaseMessages),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn read(
    State(app): State<App>,
    Named(reference): Named<CaseReference>,
    Bearer(token): Bearer,
) -> Result<Json<CaseMessages>, Rejection> {
    let holder = family::by_token(&app, reference, &token).await?;
    Ok(Json(talk::of_family(&app, &holder, app.now()).await?.into()))
}

/// Writes to the office about one's case. The same words again within ten minutes are the same message.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{reference}/messages",
    operation_id = "write_about_case",
    tag = "procedures",
    params(("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes")),
    security(("case_token" = [])),
    request_body = CaseMessageInput,
    responses(
        (status = 201, description = "Written; all messages as they are now", body = CaseMessages),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`case_written_often`: ten messages wait for an answer; `case_erased`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `words`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn write(
    State(app): State<App>,
    Named(reference): Named<CaseReference>,
    Bearer(token): Bearer,
    Body(input): Body<CaseMessageInput>,
) -> Result<(StatusCode, Json<CaseMessages>), Rejection> {
    let (holder, now) = (family::by_token(&app, reference, &token).await?, app.now());
    talk::ask(&app, &holder, &input.words, now).await?;
    let lines = talk::of_family(&app, &holder, now).await.map_err(Error::after_a_write)?;
    Ok((StatusCode::CREATED, Json(lines.into())))
}

impl From<Vec<Line>> for CaseMessages {
    fn from(lines: Vec<Line>) -> Self {
        Self { items: lines.into_iter().map(CaseMessage::from).collect() }
    }
}

impl From<Line> for CaseMessage {
    fn from(line: Line) -> Self {
        Self {
            at: shanghai(line.at),
            side: line.side.into(),
            by: line.by,
            seen_at: line.seen_at.map(shanghai),
            words: line.words,
        }
    }
}
