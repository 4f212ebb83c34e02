//! What the pages of an office say themselves of a press that was not done.

use axum::http::StatusCode;
use server::Error;
use shared::{field::FieldErrors, problem::Problem};

/// What is wrong with the fields, or why it was refused.
///
/// # Errors
/// Whatever such a page does not say itself.
pub(super) fn read(error: Error) -> Result<(FieldErrors, Option<Problem>), Problem> {
    match error.into_problem() {
        Problem::Fields(errors) => Ok((errors, None)),
        problem @ (Problem::Refused(_) | Problem::IdempotencyMismatch) if problem.status() != 401 => {
            Ok((FieldErrors::new(), Some(problem)))
        }
        problem => Err(problem),
    }
}

/// As what the page is answered.
pub(super) fn status(problem: Option<&Problem>, overtaken: bool, errors: &FieldErrors) -> StatusCode {
    match problem {
        Some(problem) => server::rejection::status(problem),
        None if overtaken => StatusCode::CONFLICT,
        None if !errors.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    }
}
