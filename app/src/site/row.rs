//! What a row says about its page, done to every request for it.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use server::{App, client::cookie};

use super::{Cache, Domain, Row, Who, at_work};
use crate::{cookies, draw, visit::Visit};

/// A row with what the settings say of its service.
pub(super) struct Served {
    domain: &'static Domain,
    cache: Cache,
    department: Option<Arc<str>>,
    production: bool,
    /// Where the page is for staff alone: the methods that it takes. All others are told so, whoever asks.
    for_staff: Option<(App, Who, Vec<Method>)>,
}

impl Served {
    pub fn new(row: &Row, app: &App) -> Self {
        let department = app.settings().services.department(row.domain.name).map(Arc::from);
        let for_staff = row.who.wants_session().then(|| (app.clone(), row.who, row.methods.clone()));
        Self { domain: row.domain, cache: row.cache, department, production: app.settings().production(), for_staff }
    }

    /// Where whoever asks has to be signed in.
    fn guards(&self, method: &Method) -> Option<(&App, Who)> {
        let (app, who, methods) = self.for_staff.as_ref()?;
        let method = if method == Method::HEAD { &Method::GET } else { method };
        methods.contains(method).then_some((app, *who))
    }
}

/// Tells the page which department is responsible, hides from shared pages who is asking, and keeps personal pages
/// out of caches.
pub(super) async fn serve(State(row): State<Arc<Served>>, mut request: Request, next: Next) -> Response {
    if let Some(visit) = request.extensions_mut().get_mut::<Visit>() {
        visit.department.clone_from(&row.department);
        visit.help = row.domain.service.as_ref().and_then(|service| service.help);
        visit.calm = row.domain.service.as_ref().is_some_and(|service| service.calm);
    }
    if row.cache == Cache::Shared && request.method().is_safe() {
        request = unknown(request, row.production);
    }
    let admitted = match row.guards(request.method()) {
        Some((app, who)) => at_work::admit(app, who, request).await,
        None => Ok(request),
    };
    let mut response = match admitted {
        Ok(request) => next.run(request).await,
        Err(answer) => answer,
    };
    response.extensions_mut().insert(row.domain);
    if row.cache == Cache::Never { draw::no_store(unlisted(response)) } else { response }
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
