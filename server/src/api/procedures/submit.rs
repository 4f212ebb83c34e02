//! `/api/v1/procedures/{id}/drafts/{draft_id}/submit`

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use shared::appointments::ManageToken;
use shared::calendar::Deadline;
use shared::procedures::{CaseReference, DraftId};

use super::super::idempotency;
use super::super::input::{Bearer, Body, Named};
use super::super::language::accepted;
use super::super::problem::ProblemBody;
use super::at_fields;
use super::differing::DraftDiffers;
use super::drafts::opened;
use crate::app::App;
use crate::client::Client;
use crate::procedures::submit::{self as handing_in, NotSubmitted};
use crate::rejection::Rejection;

/// Which draft is handed in: the one that was seen.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
pub(super) struct DraftSeen {
    /// As the last saving gave it.
    version: u32,
}

/// An application that was handed in.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct CaseMade {
    reference: CaseReference,
    /// The secret that shows and takes back the application.
    manage_token: ManageToken,
    /// The day by which it is decided, where a text sets a time that runs already.
    latest_on: Option<Deadline>,
    /// SHA-256 of what was handed in, in hexadecimal.
    receipt: String,
    /// Whether a text tells its phone so. No code proved that phone, so too many are not sent to one, nor from one network, nor
    /// any to countries that are sent no codes; the application is taken either way.
    texted: bool,
}

/// Hands a draft in: it becomes a case, and nothing of it can be changed any more unless the office asks.
///
/// Send an `Idempotency-Key` of your own making, such as a random UUID: the same request with the same key gives the same case.
/// So does the same draft again without one. A key is this draft's alone.
#[utoipa::path(
    post,
    path = "/api/v1/procedures/{id}/drafts/{draft_id}/submit",
    operation_id = "submit_draft",
    tag = "procedures",
    params(
        ("id" = String, Path, description = "The procedure"),
        ("draft_id" = DraftId, Path, description = "The draft"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 200 visible ASCII characters", max_length = 200),
    ),
    security(("draft_token" = [])),
    request_body = DraftSeen,
    responses(
        (status = 201, description = "Handed in", body = CaseMade),
        (status = 400, description = "`malformed`: not JSON, or an unusable key", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such draft of this procedure, or not its token; `procedure_not_offered`: the region takes no such applications any more", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`draft_changed`, mostly with its version under `draft`: something was saved since", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`draft_over`: its time is over", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at the fields of the draft, such as `fields.died_on`, or at `version`; `idempotency_mismatch`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn submit(
    State(app): State<App>,
    client: Client,
    Named((procedure, id)): Named<(String, DraftId)>,
    Bearer(token): Bearer,
    headers: HeaderMap,
    Body(seen): Body<DraftSeen>,
) -> Result<Response, Rejection> {
    let key = idempotency::sent(&app, &headers, &format!("draft:{id}"), &seen)?;
    let draft = opened(&app, (&procedure, &id), &token).await?;
    // What became a case already is answered as it was then.
    if draft.submitted.is_none() && draft.version != seen.version {
        return Ok(DraftDiffers { version: draft.version, fields: BTreeMap::new() }.refused());
    }
    let made = handing_in::submit(&app, (&draft, &client), accepted(&headers), key.as_ref(), app.now()).await;
    let made = made.map_err(|refused| match refused {
        NotSubmitted::Fields(errors) => Rejection::from(at_fields(errors)),
        NotSubmitted::Other(error) => error.into(),
    })?;
    let location = format!("/api/v1/cases/{}", made.reference);
    let made = CaseMade {
        reference: made.reference,
        manage_token: made.manage_token,
        latest_on: made.latest_on,
        receipt: made.receipt,
        texted: made.is_texted,
    };
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(made)).into_response())
}
