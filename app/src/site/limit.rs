//! How much a browser may send to a page.

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Largest form in bytes; the longest honest one is a tenth of it.
pub(super) const BODY: usize = 64 * 1024;

/// Answers 413 before reading a body that says itself that it is too large.
///
/// A body that does not say is cut off by axum's own limit when the form is read.
pub(super) async fn refuse_large(request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > BODY) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(request).await
}
