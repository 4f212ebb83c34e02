//! What a row for staff asks of whoever sends a request, before its handler, for the API and for pages alike.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::authority::{self, Staff};
use super::denied::Denied;
use super::token::Kind;
use crate::app::App;
use crate::client::cookie;
use crate::rejection::Rejection;
use crate::route::Who;

/// Lets those through whom the row is for; the handler finds an `Arc<Staff>` among the request's extensions. What they are
/// refused, here or by the handler, is on record.
///
/// # Errors
/// [`shared::staff::Refusal::SignInNeeded`].
pub async fn admit(
    State((app, who)): State<(App, Who)>,
    mut request: Request,
    next: Next,
) -> Result<Response, Rejection> {
    if !who.wants_session() {
        return Ok(next.run(request).await);
    }
    let known = request.extensions().get::<Arc<Staff>>().cloned();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let staff = match known {
        Some(staff) => staff,
        None => Arc::new(authority::of_request(&app, request.headers(), route.as_ref(), app.now()).await?),
    };
    let answer = match who.admits(&staff) {
        Ok(()) => {
            request.extensions_mut().insert(Arc::clone(&staff));
            staff.within(next.run(request)).await
        }
        Err(refusal) => Rejection::from(crate::error::Error::from(refusal)).into_response(),
    };
    if let Some(denied) = Denied::by(&staff, &answer) {
        let row = (who, route.as_ref().map(MatchedPath::as_str));
        denied.note(&app, &staff, row, app.now()).await;
    }
    Ok(answer)
}

/// Whether a browser sent a cookie of ours along by which it is known, so that another site may have made it send more.
pub(crate) fn is_known(headers: &HeaderMap, production: bool) -> bool {
    Kind::ALL.iter().any(|kind| cookie(headers, kind.cookie_name(production)).is_some())
}
