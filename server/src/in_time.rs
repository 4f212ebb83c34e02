//! How long whoever asks is kept waiting.

use std::time::Duration;

use axum::{
    body::{self, Body, HttpBody},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use shared::problem::Problem;
use tokio::time::timeout;

use crate::{app::App, client::Client, in_hand, rejection::Rejection};

/// How long a request may take once it is there: a database that stands still would otherwise keep its askers until they
/// give up.
pub(crate) const LONGEST: Duration = Duration::from_millis(4_500);
/// How long a request with a file may take once it is there: it waits for its turn, is drawn anew and is scanned.
const LONGEST_OF_FILE: Duration = Duration::from_secs(40);

/// Answers in time, a layer for routers: where nothing came of the request, with 503. Its body, of at most `MOST` bytes,
/// is read before, since a slow phone is nobody's fault.
pub async fn answer<const MOST: usize>(State(app): State<App>, request: Request, next: Next) -> Response {
    within((app.clock().patience(LONGEST), MOST), request, next).await
}

/// [`answer`] for requests that bring a file: none of it is read before there is room for it.
pub(crate) async fn answer_file<const MOST: usize>(
    State(app): State<App>,
    client: Client,
    request: Request,
    next: Next,
) -> Response {
    let bytes = request.body().size_hint().upper().unwrap_or(u64::MAX).min(MOST as u64);
    match in_hand::coming(&app, client.address, bytes).await {
        Ok(_room) => within((app.clock().patience(LONGEST_OF_FILE), MOST), request, next).await,
        Err(problem) => Rejection::from(problem).into_response(),
    }
}

async fn within((patience, most): (Duration, usize), request: Request, next: Next) -> Response {
    let only_reads = request.method().is_safe();
    let (parts, body) = request.into_parts();
    let body = match body::to_bytes(body, most).await {
        Ok(body) => body,
        // Its kind is not told in any other way.
        Err(error) => {
            let too_large = error.to_string().contains("length limit");
            let problem = if too_large { Problem::TooLarge } else { Problem::Malformed };
            return Rejection::from(problem).into_response();
        }
    };
    let work = next.run(Request::from_parts(parts, Body::from(body)));
    timeout(patience, work).await.unwrap_or_else(|_| {
        tracing::error!("a request was not answered in time");
        let problem = if only_reads { Problem::Unavailable } else { Problem::Unanswered };
        Rejection::from(problem).into_response()
    })
}
