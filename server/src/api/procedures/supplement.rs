//! `/api/v1/cases/{reference}/supplement`

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use serde::Deserialize;
use shared::field::{FieldErrors, Reason};
use shared::procedures::{CaseReference, Field};

use super::super::input::{Bearer, Body, Named};
use super::super::problem::ProblemBody;
use super::below_fields;
use super::cases::CaseShown;
use crate::app::App;
use crate::error::Error;
use crate::procedures::papers::Tray;
use crate::procedures::{acts, cases, family};
use crate::rejection::Rejection;

/// What a family was asked for, as it was typed, with the version that was on the screen. `Debug` is left out: it carries what
/// people typed.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct Supplement {
    version: u32,
    /// By the ids of fields, all that were asked for and no others; empty where only papers were.
    fields: BTreeMap<String, String>,
}

/// Hands in what the office asked for: the fields in this request, and the files that were sent since. What is not handed in so is
/// brought to the counter, and entered there.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{reference}/supplement",
    operation_id = "supply_case",
    tag = "procedures",
    params(("reference" = CaseReference, Path, description = "The case, with or without spaces and dashes")),
    security(("case_token" = [])),
    request_body = Supplement,
    responses(
        (status = 200, description = "Handed in; the case as it is now", body = CaseShown),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`unauthorized`: no such case, or not its token", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: not the number of a case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "The present state in words: `case_changed`, or `case_not_now` where nothing is asked for; `case_granted_before`: what an answer names was granted in another case", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at the fields that were asked for, such as `fields.account`, at one that was not, at `version`, or at `fields` where nothing at all is handed in", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn supply(
    State(app): State<App>,
    Named(reference): Named<CaseReference>,
    Bearer(token): Bearer,
    Body(supplement): Body<Supplement>,
) -> Result<Json<CaseShown>, Rejection> {
    let now = app.now();
    let holder = family::by_token(&app, reference, &token).await?;
    let case = cases::for_family(&app, reference, &token, now).await?;
    let tray = Tray::of_case(&case).map_err(Error::from)?;
    let Supplement { version, mut fields } = supplement;
    let asked: Vec<&Field> =
        case.offered.procedure.fields().filter(|field| case.asked_items.contains(&field.id)).collect();
    only_asked(&asked, &fields)?;
    // What is left out is not answered, and does not stay as it was found wanting.
    for field in asked {
        fields.entry(field.id.clone()).or_default();
    }
    if fields.is_empty() && tray.list(&app).await?.is_empty() {
        return Err(nothing().into());
    }
    let supplied = acts::supply(&app, &holder, version, &fields, now).await;
    Ok(Json(supplied.map_err(below_fields)?.into()))
}

/// Of many fields that were not asked for, so many are told.
const MOST_TOLD: usize = 20;

fn only_asked(asked: &[&Field], fields: &BTreeMap<String, String>) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    let is_asked = |id: &str| asked.iter().any(|field| field.id == id);
    for id in fields.keys().filter(|id| !is_asked(id)).take(MOST_TOLD) {
        let reason = Reason::own("field_not_asked", "没有要求补这一项。", "This was not asked for.");
        errors.push(format!("fields.{id}"), reason);
    }
    errors.into_result()
}

fn nothing() -> FieldErrors {
    let reason = Reason::own(
        "supplement_empty",
        "还没有补任何材料。请先交要补的材料的照片，或者把它带到窗口。",
        "Nothing has been handed in yet. Send photos of the papers asked for first, or bring them to the counter.",
    );
    FieldErrors::one("fields", reason)
}
