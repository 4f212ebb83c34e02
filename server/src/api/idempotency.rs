//! The `Idempotency-Key` of a request: the same request with the same key is answered with what the first one made.

use axum::http::HeaderMap;
use serde::Serialize;
use shared::problem::Problem;

use crate::app::App;
use crate::appointments::booking::idempotency::RequestKey;

/// The key that was sent, if any, with the body as it was read, so that spaces and the order of fields make no difference.
/// `requester` is whose key it is, such as `session:x7…`.
///
/// # Errors
/// [`Problem::Malformed`] for what can be no key.
pub(super) fn sent(
    app: &App,
    headers: &HeaderMap,
    requester: &str,
    body: &impl Serialize,
) -> Result<Option<RequestKey>, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().map_err(|_| Problem::Malformed)?;
    let body = serde_json::to_vec(body).map_err(|_| Problem::Malformed)?;
    RequestKey::new(app.keys(), requester, key, &body).map(Some)
}
