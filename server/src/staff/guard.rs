//! What a row for staff asks of whoever sends a request, before its handler, for the API and for pages alike.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

use super::authority::{self, Staff};
use super::token::Kind;
use crate::app::App;
use crate::client::cookie;
use crate::rejection::Rejection;
use crate::route::Who;

/// Lets those through whom the row is for; the handler finds an `Arc<Staff>` among the request's extensions.
///
/// # Errors
/// [`shared::staff::Refusal::SignInNeeded`] and [`shared::staff::Refusal::NotAllowed`].
pub async fn admit(
    State((app, who)): State<(App, Who)>,
    mut request: Request,
    next: Next,
) -> Result<Response, Rejection> {
    if who.wants_session() {
        let known = request.extensions().get::<Arc<Staff>>().cloned();
        let staff = match known {
            Some(staff) => staff,
            None => Arc::new(authority::of_cookie(&app, request.headers(), app.now()).await?),
        };
        who.admits(&staff).map_err(crate::error::Error::from)?;
        request.extensions_mut().insert(staff);
    }
    Ok(next.run(request).await)
}

/// Whether a browser sent a cookie of ours along by which it is known, so that another site may have made it send more.
pub(crate) fn is_known(headers: &HeaderMap, production: bool) -> bool {
    Kind::ALL.iter().any(|kind| cookie(headers, kind.cookie_name(production)).is_some())
}
