//! `/api/v1/phone-codes`

use axum::{Json, extract::State, http::HeaderMap, http::StatusCode};
use serde::{Deserialize, Serialize};
use shared::field::{Asked, FieldErrors, choice};
use shared::identity::Phone;
use shared::locale::Locale;
use shared::problem::Problem;

use super::input::{self, Body};
use super::language::accepted;
use super::problem::ProblemBody;
use crate::app::App;
use crate::client::Client;
use crate::phone_codes::{self, Sending};
use crate::rejection::Rejection;

/// Whom to send a code. `Debug` is left out: it carries a phone.
#[derive(Deserialize, utoipa::ToSchema)]
pub(super) struct CodeRequest {
    /// A mainland mobile number, or `+` and country code.
    phone: String,
    /// What the code is for; the portal’s first service when left out.
    #[serde(default)]
    service: String,
    /// The language of the message, `zh-CN` or `en`; that of `Accept-Language` when left out.
    #[serde(default)]
    locale: String,
}

/// How long the code is good for; the same for every phone.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct CodeSent {
    /// Seconds for which the code can be used.
    valid_for: i64,
    /// Seconds after which another one can be asked for.
    again_after: i64,
}

/// Sends a six-digit code to a phone. A newer code replaces an older one.
#[utoipa::path(
    post,
    path = "/api/v1/phone-codes",
    operation_id = "send_phone_code",
    tag = "appointments",
    request_body = CodeRequest,
    responses(
        (status = 202, description = "On its way; the answer is the same for every phone", body = CodeSent),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at `phone`, `service` or `locale`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`: a phone is sent one code a minute, and few in an hour", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn send(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    Body(request): Body<CodeRequest>,
) -> Result<(StatusCode, Json<CodeSent>), Rejection> {
    let mut errors = FieldErrors::new();
    let phone = errors.keep("phone", Phone::parse(&request.phone));
    let bookable = input::service(&app, &request.service);
    let locale = match request.locale.as_str() {
        "" => Some(accepted(&headers)),
        tag => errors.keep("locale", choice(Asked::LANGUAGE, tag, Locale::from_tag)),
    };
    let speak = |rejection: Rejection| rejection.spoken(locale.unwrap_or_else(|| accepted(&headers)));
    let Some(phone) = phone.filter(|_| errors.is_empty()) else { return Err(speak(errors.into())) };
    let bookable = bookable.map_err(|errors| speak(errors.into()))?;
    let (purpose, locale) = (bookable.purpose(), locale.unwrap_or_default());
    let sending = phone_codes::send(&app, client.address, &phone, purpose, locale, app.now()).await;
    let again_after = phone_codes::RESEND.num_seconds();
    match sending.map_err(|error| speak(error.into()))? {
        Sending::Sent => {
            let answer = CodeSent { valid_for: phone_codes::LIFETIME.num_seconds(), again_after };
            Ok((StatusCode::ACCEPTED, Json(answer)))
        }
        Sending::JustNow(recent) => Err(speak(Problem::RateLimited { retry_after: recent.again_in }.into())),
        Sending::TooOften(problem) => Err(speak(problem.into())),
    }
}
