//! What every request passes before its page: not too many of them, and forms only from this portal.

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use server::{
    App,
    client::{self, Client},
};
use shared::problem::Problem;

/// Answers 429 to who asks too often, and 403 to a form that another site made a browser send.
pub(super) async fn admit(State(app): State<App>, client: Client, request: Request, next: Next) -> Response {
    if let Err(Problem::RateLimited { retry_after }) = app.limits().request(&client, request.method(), app.keys()) {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, retry_after.to_string())]).into_response();
    }
    if request.method().is_safe() || client::from_here(request.headers(), app.settings()) {
        return next.run(request).await;
    }
    StatusCode::FORBIDDEN.into_response()
}
