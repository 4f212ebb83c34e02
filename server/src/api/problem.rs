//! Every error as `application/problem+json` (RFC 9457), in the resident's language.

use axum::{
    Json,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use shared::field::{FieldErrors, FieldMessage};
use shared::locale::Locale;
use shared::problem::Problem;

use super::language::accepted;
use crate::error::Error;

/// An error, as RFC 9457 has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// `/problems/` and the code; an identifier, not a page.
    pub r#type: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what to do next, for the resident to read.
    pub detail: String,
    /// The stable name of the problem.
    pub code: String,
    /// One entry for each field that needs attention; empty for other problems.
    pub errors: Vec<FieldMessage>,
}

/// Where the error's body is drawn: what a handler gives up with.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    problem: Problem,
    /// The language that the body asked for; otherwise the header decides.
    locale: Option<Locale>,
}

impl Refusal {
    /// The same refusal in a language that the request itself named.
    pub(super) fn spoken(mut self, locale: Locale) -> Self {
        self.locale = Some(locale);
        self
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problem, locale: None }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        error.into_problem().into()
    }
}

impl From<FieldErrors> for Refusal {
    fn from(errors: FieldErrors) -> Self {
        Problem::Fields(errors).into()
    }
}

impl IntoResponse for Refusal {
    /// Only the status; [`speak`] adds the words, since it knows the language.
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every error its words: those of handlers, and the bare ones of the router and of axum's extractors.
pub(super) async fn speak(request: Request, next: Next) -> Response {
    let accepted = accepted(request.headers());
    let mut response = next.run(request).await;
    let Some(refusal) = response.extensions_mut().remove::<Refusal>().or_else(|| bare(response.status())) else {
        return response;
    };
    let mut drawn = draw(&refusal.problem, refusal.locale.unwrap_or(accepted));
    if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
        drawn.headers_mut().insert(header::ALLOW, allow);
    }
    drawn
}

/// Seconds after which a busy database is worth another try.
const BUSY_FOR: u64 = 2;

fn bare(status: StatusCode) -> Option<Refusal> {
    let problem = match status {
        StatusCode::NOT_FOUND => Problem::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Problem::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::UnsupportedMediaType,
        StatusCode::SERVICE_UNAVAILABLE => Problem::Busy,
        status if status.is_client_error() => Problem::Malformed,
        status if status.is_server_error() => Problem::Internal,
        _ => return None,
    };
    Some(problem.into())
}

fn draw(problem: &Problem, locale: Locale) -> Response {
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = ProblemBody {
        r#type: format!("/problems/{}", problem.code()),
        title: title(problem, locale).to_owned(),
        status: status.as_u16(),
        detail: problem.sentence(locale),
        code: problem.code().to_owned(),
        errors: match problem {
            Problem::Fields(errors) => errors.messages(locale),
            _ => Vec::new(),
        },
    };
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    match problem {
        Problem::RateLimited { retry_after } => headers.insert(header::RETRY_AFTER, (*retry_after).into()),
        Problem::Busy => headers.insert(header::RETRY_AFTER, BUSY_FOR.into()),
        Problem::Unauthorized => headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
        _ => None,
    };
    response
}

/// The kind of problem, the same for every occurrence.
fn title(problem: &Problem, locale: Locale) -> &'static str {
    match problem {
        Problem::Malformed | Problem::UnsupportedMediaType | Problem::TooLarge | Problem::MethodNotAllowed => {
            locale.say("无法处理这个请求", "The request cannot be processed")
        }
        Problem::Fields(_) => locale.say("有几处需要修改", "Some answers need attention"),
        Problem::NotFound => locale.say("没有找到", "Not found"),
        Problem::Unauthorized => locale.say("需要凭证", "Proof needed"),
        Problem::CrossSite => locale.say("不是从本站发出", "Not from this site"),
        Problem::SlotFull
        | Problem::SlotNotOpen { .. }
        | Problem::SlotTooSoon
        | Problem::SlotClosed
        | Problem::SlotPast => locale.say("这个时间不能预约", "This time cannot be booked"),
        Problem::NoForeignAuthority => locale.say("这个登记机关不能办理", "Not at this registry"),
        Problem::TooManyHolds => locale.say("保留的时间太多", "Too many times held"),
        Problem::PhoneNeeded => locale.say("请先验证手机", "Confirm a phone first"),
        Problem::HoldExpired | Problem::NoExtensionLeft => {
            locale.say("保留时间已用完", "The time of the hold is used up")
        }
        Problem::AlreadyBooked => locale.say("已有预约", "Already booked"),
        Problem::BookingEnded | Problem::TooLate { .. } => {
            locale.say("预约已不能修改", "The booking can no longer be changed")
        }
        Problem::IdempotencyMismatch => locale.say("请求编号重复", "Idempotency key used before"),
        Problem::RateLimited { .. } => locale.say("操作太频繁", "Too many requests"),
        Problem::Busy => locale.say("系统繁忙", "Busy"),
        Problem::Internal => locale.say("系统出了问题", "Something went wrong"),
    }
}
