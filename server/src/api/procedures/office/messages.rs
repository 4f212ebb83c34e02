//! `/api/v1/staff/cases/{id}/messages`

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::StatusCode};
use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};
use shared::calendar::shanghai;
use shared::localised::Localised;
use shared::procedures::{CaseId, message::Template};

use super::super::super::input::{Body, Named};
use super::super::super::problem::ProblemBody;
use super::super::messages::CaseMessage;
use crate::app::App;
use crate::error::Error;
use crate::procedures::cases;
use crate::procedures::talk;
use crate::procedures::unsettled::{self, Untold};
use crate::rejection::Rejection;
use crate::staff::authority::Staff;

/// What was written about a case, and which texts about it did not arrive.
#[derive(Serialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct OfficeMessages {
    /// The oldest first.
    items: Vec<CaseMessage>,
    /// Since when a word of the family waits for an answer.
    waits_since: Option<DateTime<FixedOffset>>,
    /// Texts that were given up, and of which nobody has told the family otherwise; the oldest first.
    untold: Vec<CaseUntold>,
    /// Words that are ready, by whose names they are sent.
    templates: Vec<CaseTemplate>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct CaseUntold {
    /// Which text it was, such as `case_asked`.
    kind: String,
    /// The phone, masked; empty where the text cannot be read.
    to: String,
    failed_at: DateTime<FixedOffset>,
}

#[derive(Serialize, utoipa::ToSchema)]
struct CaseTemplate {
    name: String,
    title: Localised,
    words: Localised,
}

/// What the office writes: ready words, words of its own, or one after the other. `Debug` is left out: it carries somebody's words.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api::procedures) struct OfficeMessageInput {
    /// Ready words by their name.
    template: Option<String>,
    /// At most 500 characters: no long numbers and no links.
    words: Option<String>,
    /// The `at` of the newest message of the family that was read: what it wrote until then is answered by this.
    seen: Option<DateTime<FixedOffset>>,
}

/// All messages about a case. Those of the family count as read from now on, and that somebody looked is on record.
#[utoipa::path(
    get,
    path = "/api/v1/staff/cases/{id}/messages",
    operation_id = "read_messages_of_family",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "The messages", body = OfficeMessages),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn read(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
) -> Result<Json<OfficeMessages>, Rejection> {
    Ok(Json(OfficeMessages::load(&app, &staff, &id, app.now()).await?))
}

/// Writes to a family. A text tells its phone that a message waits, and nothing of what it says.
#[utoipa::path(
    post,
    path = "/api/v1/staff/cases/{id}/messages",
    operation_id = "write_to_family",
    tag = "staff",
    params(("id" = CaseId, Path, description = "The case")),
    request_body = OfficeMessageInput,
    responses(
        (status = 201, description = "Written; all messages as they are now", body = OfficeMessages),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`sign_in_needed`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`; `not_allowed`: none of one's roles allows it", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`case_erased`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `template`, `words` or `seen`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api::procedures) async fn write(
    State(app): State<App>,
    Extension(staff): Extension<Arc<Staff>>,
    Named(id): Named<CaseId>,
    Body(input): Body<OfficeMessageInput>,
) -> Result<(StatusCode, Json<OfficeMessages>), Rejection> {
    let (template, words) = (input.template.unwrap_or_default(), input.words.unwrap_or_default());
    let (seen, now) = (input.seen.map(|seen| seen.to_utc()), app.now());
    talk::answer(&app, &staff, &id, (&template, &words), seen, now).await?;
    let messages = OfficeMessages::load(&app, &staff, &id, now).await.map_err(Error::after_a_write)?;
    Ok((StatusCode::CREATED, Json(messages)))
}

impl OfficeMessages {
    async fn load(app: &App, staff: &Staff, id: &CaseId, now: DateTime<Utc>) -> Result<Self, Error> {
        // Reading them is a look at the case, which the family reads.
        cases::one(app, staff, id, now).await?;
        let talk = talk::of_case(app, staff, id, now).await?;
        let untold = unsettled::untold(app, staff, id).await?;
        Ok(Self {
            items: talk.lines.into_iter().map(CaseMessage::from).collect(),
            waits_since: talk.waits_since.map(shanghai),
            untold: untold.into_iter().map(CaseUntold::from).collect(),
            templates: Template::ALL.iter().map(CaseTemplate::from).collect(),
        })
    }
}

impl From<Untold> for CaseUntold {
    fn from(untold: Untold) -> Self {
        Self { kind: untold.kind, to: untold.to, failed_at: shanghai(untold.failed_at) }
    }
}

impl From<&Template> for CaseTemplate {
    fn from(template: &Template) -> Self {
        Self { name: template.name.to_owned(), title: template.title(), words: template.words() }
    }
}
