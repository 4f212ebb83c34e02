//! `/api/v1/holds`

pub(super) mod extend;
pub(super) mod release;

use axum::{Json, extract::State, http::HeaderMap, http::StatusCode};
use shared::appointments::{HoldRequest, HoldTaken};
use shared::calendar::shanghai;
use shared::field::FieldErrors;
use shared::identity::{Phone, PhoneCode};

use super::input::{self, Body};
use super::language::accepted;
use super::problem::ProblemBody;
use crate::app::App;
use crate::appointments::hold::{self, Asking};
use crate::client::Client;
use crate::rejection::Rejection;

/// Holds one place of a time, for as many minutes as the rule of its place says.
///
/// On a hot date a phone and the code sent to it come with the request. The portal's session cookie, where there
/// is one, makes the hold the browser's own; a browser has at most two.
#[utoipa::path(
    post,
    path = "/api/v1/holds",
    operation_id = "take_hold",
    tag = "appointments",
    request_body = HoldRequest,
    responses(
        (status = 201, description = "Held", body = HoldTaken),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such time", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`slot_full`, `slot_not_open`, `slot_too_soon`, `slot_past`, `slot_closed`, `phone_needed` or `too_many_holds`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `slot_id`, `service`, `phone` or `phone_code`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn take(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    Body(request): Body<HoldRequest>,
) -> Result<(StatusCode, Json<HoldTaken>), Rejection> {
    app.limits().hold(client.address)?;
    let confirmed = phone(&request)?;
    let asking = Asking {
        session: client.session.as_ref(),
        phone: confirmed.as_ref().map(|(phone, code)| (phone, code.as_str())),
        locale: accepted(&headers),
    };
    let bookable = input::service(&app, &request.service)?;
    let hold = hold::take(&app, &bookable.service, request.slot_id, asking, app.now()).await?;
    let taken = HoldTaken { hold_id: hold.id, hold_token: hold.token, expires_at: shanghai(hold.expires_at) };
    Ok((StatusCode::CREATED, Json(taken)))
}

/// The phone and its code, where either was sent.
fn phone(request: &HoldRequest) -> Result<Option<(Phone, PhoneCode)>, FieldErrors> {
    if request.phone.is_empty() && request.phone_code.is_empty() {
        return Ok(None);
    }
    let mut errors = FieldErrors::new();
    let phone = errors.keep("phone", Phone::parse(&request.phone));
    let code = errors.keep("phone_code", PhoneCode::parse(&request.phone_code));
    errors.into_result()?;
    Ok(phone.zip(code))
}
