//! Rows of pages: where each lies, who may see it, what a cache may keep, and what it answers to.
//!
//! axum cannot list its own routes, so each domain writes its rows through [`Site`], which keeps them for
//! the tests of authority, accessibility and links.

mod at_work;
mod domain;
mod errors;
mod forgive;
mod guard;
pub mod headers;
mod language;
mod limit;
mod page_cache;
mod row;
mod session;

use std::{borrow::Cow, sync::Arc};

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::{Method, StatusCode},
    middleware,
    routing::{self, MethodRouter},
};
use server::{App, settings::Settings};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

pub use at_work::Signed;
pub use domain::{Domain, Service, Tile, Way};
pub use headers::secure;
pub use server::route::{Cache, Who};

use crate::{appointments::service::BookingPages, assets, offline, visit::PortalFacts};

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
    answers: Vec<Page>,
    domains: &'static [Domain],
    /// Whose rows are being added.
    domain: &'static Domain,
}

/// What a page answers to.
#[must_use]
pub struct Page {
    methods: Vec<Method>,
    router: MethodRouter<App>,
    /// Whether its form brings files, which it reads itself.
    brings_files: bool,
}

/// A page that can be looked at.
pub fn get<H, T>(show: H) -> Page
where
    H: Handler<T, App>,
    T: 'static,
{
    Page { methods: vec![Method::GET], router: routing::get(show), brings_files: false }
}

/// The services on offer, as the home page shows them.
#[derive(Clone)]
pub struct Offered(pub Arc<[&'static Service]>);

/// The services on offer that take appointments.
#[derive(Clone)]
pub struct BookableServices(pub Arc<[&'static BookingPages]>);

impl BookableServices {
    /// The pages of a service, if it is offered.
    pub fn of(&self, service: &shared::appointments::Service) -> Option<&'static BookingPages> {
        self.0.iter().copied().find(|pages| pages.bookable.service == *service)
    }
}

impl Row {
    /// Whether there is such a page under these settings.
    pub fn is_there(&self, settings: &Settings) -> bool {
        self.who.exists(settings) && self.domain.is_offered(settings)
    }
}

impl Page {
    /// A page of an engine, which is told whose it is.
    pub fn with_pages<P: Sync>(mut self, pages: &'static P) -> Self {
        self.router = self.router.layer(Extension(pages));
        self
    }

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

    /// A page whose form brings files: it reads them itself, no more than it takes and only of whoever may send them, and has as
    /// long as a slow telephone needs.
    pub fn with_files(mut self) -> Self {
        self.brings_files = true;
        self
    }
}

impl Site {
    /// All pages of these domains.
    pub fn of(domains: &'static [Domain]) -> Self {
        let none = Self { rows: Vec::new(), answers: Vec::new(), domains, domain: &Domain::NONE };
        domains.iter().fold(none, |site, domain| (domain.pages)(Self { domain, ..site }))
    }

    /// Adds a row. The path may be made up while the program runs, for the pages that an engine gives each of its
    /// services.
    pub fn page(mut self, path: impl Into<Cow<'static, str>>, who: Who, cache: Cache, page: Page) -> Self {
        self.rows.push(Row { path: path.into(), methods: page.methods.clone(), who, cache, domain: self.domain });
        self.answers.push(page);
        self
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    fn offered(&self, settings: &Settings) -> impl Iterator<Item = &'static Service> {
        self.domains.iter().filter(|domain| domain.is_offered(settings)).filter_map(|domain| domain.service.as_ref())
    }

    /// All pages in both languages with their guards, and the files they use; everything else is answered with a
    /// page that says so.
    pub fn router(self, app: &App) -> Router {
        let cache = page_cache::PageCache::new(app);
        let offered = Extension(Offered(self.offered(app.settings()).collect()));
        let bookable = self.offered(app.settings()).filter_map(|service| service.booking);
        let bookable = Extension(BookableServices(bookable.collect()));
        let add = |router: Router<App>, (row, page): (&Row, Page)| {
            let answers = page.router;
            let cached = middleware::from_fn_with_state(cache.of(row.domain), page_cache::cache_anonymous);
            let answers = if row.cache == Cache::Never { answers } else { answers.layer(cached) };
            let guarded = middleware::from_fn_with_state((app.clone(), row.who), at_work::admit);
            let answers = if row.who.wants_session() { answers.route_layer(guarded) } else { answers };
            let served = Arc::new(row::Served::new(row, app));
            router.route(&row.path, answers.layer(middleware::from_fn_with_state(served, row::serve)))
        };
        let within = |longest| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, longest);
        let pages = self.rows.iter().zip(self.answers).filter(|(row, _)| row.is_there(app.settings()));
        let (with_files, pages): (Vec<_>, Vec<_>) = pages.partition(|(_, page)| page.brings_files);
        let with_files = with_files.into_iter().fold(Router::new(), &add);
        let with_files = with_files
            .layer(DefaultBodyLimit::disable())
            .layer(middleware::from_fn_with_state(app.clone(), session::give))
            .layer(within(server::LONGEST_UPLOAD));
        let pages = pages.into_iter().fold(Router::new(), &add);
        let pages = pages
            .fallback(async || StatusCode::NOT_FOUND)
            .layer(DefaultBodyLimit::max(limit::BODY))
            .layer(middleware::from_fn(limit::refuse_large))
            .layer(middleware::from_fn_with_state(app.clone(), session::give))
            .layer(middleware::from_fn_with_state(app.clone(), server::in_time::answer::<{ limit::BODY }>))
            .layer(within(server::LONGEST_REQUEST))
            .merge(with_files)
            .layer(middleware::from_fn_with_state(app.clone(), guard::admit))
            .layer(CatchPanicLayer::new())
            .layer(middleware::from_fn_with_state(app.clone(), errors::draw_errors))
            .layer(middleware::from_fn(server::observe::watch))
            .layer(offered)
            .layer(bookable)
            .with_state(app.clone());
        let portal = Arc::new(PortalFacts::of(app.settings()));
        let arrive = middleware::map_request_with_state(portal, language::arrive);
        // The prefix must be gone before routing, so the pages are the fallback of a router without routes.
        let pages = Router::new().fallback_service(pages).layer(arrive).layer(middleware::from_fn(forgive::redirect));
        let files = assets::routes().route(offline::WORKER, offline::worker(app.settings())).fallback_service(pages);
        files.layer(middleware::from_fn_with_state(app.clone(), headers::secure))
    }
}

#[cfg(test)]
pub(crate) mod tests;
