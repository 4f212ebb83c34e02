//! What a row says about its page, done to every request for it.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use server::{App, client::cookie};

use super::{Cache, Domain, Row};
use crate::{cookies, draw, visit::Visit};

/// A row with what the settings say of its service.
pub(super) struct Served {
    domain: &'static Domain,
    cache: Cache,
    department: Option<Arc<str>>,
    production: bool,
}

impl Served {
    pub fn new(row: &Row, app: &App) -> Self {
        let department = app.settings().services.department(row.domain.name).map(Arc::from);
        Self { domain: row.domain, cache: row.cache, department, production: app.settings().production() }
    }
}

/// Tells the page which department is responsible, hides from shared pages who is asking, and keeps personal pages and
/// refusals out of caches.
pub(super) async fn serve(State(row): State<Arc<Served>>, mut request: Request, next: Next) -> Response {
    if let Some(visit) = request.extensions_mut().get_mut::<Visit>() {
        visit.department.clone_from(&row.department);
        visit.help = row.domain.service.as_ref().and_then(|service| service.help);
        // What belongs to no service is in no service's colour.
        visit.calm = row.domain.service.as_ref().is_none_or(|service| service.calm);
    }
    if row.cache == Cache::Shared && request.method().is_safe() {
        request = unknown(request, row.production);
    }
    let mut response = next.run(request).await;
    response.extensions_mut().insert(row.domain);
    match row.cache {
        Cache::Never => draw::no_store(unlisted(response)),
        Cache::Shared if response.status().is_client_error() => draw::no_store(response),
        _ => response,
    }
}

/// Keeps a personal page out of search engines, even where somebody published its address.
fn unlisted(mut response: Response) -> Response {
    response.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}

/// Takes off what a browser may be known by, so that a page cannot depend on it.
fn unknown(mut request: Request, production: bool) -> Request {
    if let Some(visit) = request.extensions_mut().get_mut::<Visit>() {
        visit.session = None;
    }
    let (name, headers) = (cookies::ELDER.under(production), request.headers_mut());
    let elder = cookie(headers, name).and_then(|mode| format!("{name}={mode}").parse().ok());
    headers.remove(header::COOKIE);
    headers.extend(elder.map(|elder| (header::COOKIE, elder)));
    request
}
