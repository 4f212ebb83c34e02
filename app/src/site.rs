//! Rows of pages: where each lies, who may see it, what a cache may keep, and what it answers to.
//!
//! axum cannot list its own routes, so each domain writes its rows through [`Site`], which keeps them for
//! the tests of authority, accessibility and links.

mod domain;
mod errors;
mod guard;
mod headers;
mod language;
mod limit;
mod page_cache;
mod session;

use std::{borrow::Cow, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::{Method, StatusCode},
    middleware,
    routing::{self, MethodRouter},
};
use server::App;
use tower_http::catch_panic::CatchPanicLayer;

pub use domain::Domain;
pub use errors::{answer as error_page, refused};
pub use headers::secure;
pub use server::route::{Cache, Who};

use crate::{assets, draw};

/// One row: an address and what is said of it.
#[derive(Clone, Debug)]
pub struct Row {
    /// axum's path pattern without the language prefix.
    pub path: Cow<'static, str>,
    pub methods: Vec<Method>,
    pub who: Who,
    pub cache: Cache,
    /// Whose page it is.
    pub domain: &'static Domain,
}

/// The pages, each with its row.
#[must_use]
pub struct Site {
    rows: Vec<Row>,
    answers: Vec<MethodRouter<App>>,
    domain: &'static Domain,
}

/// What a page answers to.
#[must_use]
pub struct Page {
    methods: Vec<Method>,
    router: MethodRouter<App>,
}

/// A page that can be looked at.
pub fn get<H, T>(show: H) -> Page
where
    H: Handler<T, App>,
    T: 'static,
{
    Page { methods: vec![Method::GET], router: routing::get(show) }
}

impl Page {
    /// A page that also takes its own form.
    pub fn post<H, T>(mut self, submit: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.methods.push(Method::POST);
        self.router = self.router.post(submit);
        self
    }
}

impl Site {
    /// All pages of these domains.
    pub fn of(domains: &'static [Domain]) -> Self {
        let none = Self { rows: Vec::new(), answers: Vec::new(), domain: &Domain::GROUND };
        domains.iter().fold(none, |site, domain| (domain.pages)(Self { domain, ..site }))
    }

    /// Adds a row. The path may be made up while the program runs, for the pages that an engine gives each of its
    /// services.
    pub fn page(mut self, path: impl Into<Cow<'static, str>>, who: Who, cache: Cache, page: Page) -> Self {
        self.rows.push(Row { path: path.into(), methods: page.methods, who, cache, domain: self.domain });
        self.answers.push(page.router);
        self
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// All pages in both languages with their guards, and the files they use; everything else is answered with a
    /// page that says so.
    pub fn router(self, app: &App) -> Router {
        let drawn = (app.clone(), Arc::new(page_cache::Drawn::new(page_cache::MOST)));
        let rows = self.rows.iter().zip(self.answers).filter(|(row, _)| row.who.exists(app.settings()));
        let pages = rows.fold(Router::new(), |router, (row, answers)| {
            let once = middleware::from_fn_with_state(drawn.clone(), page_cache::cache_anonymous);
            let answers = match row.cache {
                Cache::Shared => answers.layer(once).layer(middleware::map_request(page_cache::unknown)),
                Cache::UntilKnown => answers.layer(once),
                Cache::Never => answers.layer(middleware::map_response(async |response| draw::no_store(response))),
            };
            router.route(&row.path, answers)
        });
        let pages = pages
            .fallback(async || StatusCode::NOT_FOUND)
            .layer(DefaultBodyLimit::max(limit::BODY))
            .layer(middleware::from_fn(limit::refuse_large))
            .layer(middleware::from_fn_with_state(app.clone(), session::give))
            .layer(middleware::from_fn_with_state(app.clone(), guard::admit))
            .layer(CatchPanicLayer::new())
            .layer(middleware::from_fn_with_state(app.clone(), errors::draw_errors))
            .layer(middleware::from_fn(server::observe::watch))
            .with_state(app.clone());
        // The prefix must be gone before routing, so the pages are the fallback of a router without routes.
        let pages = Router::new().fallback_service(pages).layer(middleware::map_request(language::take_prefix));
        let files = assets::routes().fallback_service(pages);
        files.layer(middleware::from_fn_with_state(app.clone(), headers::secure))
    }
}

#[cfg(test)]
pub(crate) mod tests;
