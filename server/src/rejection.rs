//! What a handler gives up with: a problem on its way to whoever draws it.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use shared::field::FieldErrors;
use shared::locale::Locale;
use shared::problem::Problem;

use crate::error::Error;

/// A problem that ends a request. Its words are added where the visitor's language is known: by
/// [`crate::api::problem`] for programs, by the site's own middleware for people.
#[derive(Clone, Debug)]
pub struct Rejection {
    problem: Problem,
    locale: Option<Locale>,
}

impl Rejection {
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
