//! What a handler gives up with: a problem on its way to whoever draws it.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use shared::field::FieldErrors;
use shared::locale::Locale;
use shared::problem::Problem;

use crate::error::Error;

/// A problem that ends a request. Its words are added where the visitor's language is known: by
/// the middleware of the API for programs, by that of the site for people.
#[derive(Clone, Debug)]
pub struct Rejection {
    problem: Problem,
    locale: Option<Locale>,
}

impl Rejection {
    /// What an error means that has no more than its status: those of the router and of axum's extractors.
    pub fn bare(status: StatusCode) -> Option<Self> {
        let problem = match status {
            StatusCode::NOT_FOUND => Problem::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Problem::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::UnsupportedMediaType,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
                Problem::Busy
            }
            status if status.is_client_error() => Problem::Malformed,
            status if status.is_server_error() => Problem::Internal,
            _ => return None,
        };
        Some(problem.into())
    }

    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The language that the request itself named, before the one its headers ask for.
    pub fn locale(&self) -> Option<Locale> {
        self.locale
    }

    /// The same rejection in a language that the request itself named.
    #[must_use]
    pub fn spoken(mut self, locale: Locale) -> Self {
        self.locale = Some(locale);
        self
    }
}

/// The HTTP status of a problem.
pub fn status(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Seconds after which another try is worth it, where that can be said.
pub fn retry_after(problem: &Problem) -> Option<u64> {
    /// A busy database is soon free again.
    const BUSY_FOR: u64 = 2;
    /// A database that restarts takes some seconds.
    const AWAY_FOR: u64 = 10;
    match problem {
        Problem::RateLimited { retry_after } => Some(*retry_after),
        Problem::Busy => Some(BUSY_FOR),
        Problem::Unavailable | Problem::Unanswered => Some(AWAY_FOR),
        Problem::Refused(refused) => refused.retry_after(),
        _ => None,
    }
}

/// Says after how many seconds another try is worth it, on an answer that tells of the problem in its own way.
#[must_use]
pub fn with_retry_after(mut response: Response, problem: &Problem) -> Response {
    if let Some(seconds) = retry_after(problem) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

impl From<Problem> for Rejection {
    fn from(problem: Problem) -> Self {
        Self { problem, locale: None }
    }
}

impl From<Error> for Rejection {
    fn from(error: Error) -> Self {
        error.into_problem().into()
    }
}

impl From<FieldErrors> for Rejection {
    fn from(errors: FieldErrors) -> Self {
        Problem::Fields(errors).into()
    }
}

impl IntoResponse for Rejection {
    /// Only the status, with the problem beside it.
    fn into_response(self) -> Response {
        let mut response = status(&self.problem).into_response();
        response.extensions_mut().insert(self);
        response
    }
}
