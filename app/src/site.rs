//! The table of pages: where each lies, who may see it, and what it answers to.
//!
//! axum cannot list its own routes, so the table is written through [`Site`], which keeps the list for
//! the tests of authority, accessibility and links.

mod errors;
mod guard;
mod headers;
mod language;
mod limit;
mod page_cache;
mod session;

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    http::{Method, StatusCode},
    middleware,
    routing::{self, MethodRouter},
};
use server::App;
use tower_http::catch_panic::CatchPanicLayer;

pub use errors::{answer as error_page, refused};
pub use headers::secure;

use crate::{
    appointments,
    assets, draw, pages,
    pages::marriage::book::MARRIAGE,
};

/// Every page for residents.
pub fn table() -> Site {
    Site::default()
        .page("/", Access::Public, get(pages::home::show))
        .page("/privacy", Access::Public, get(pages::privacy::show))
        .page("/accessibility", Access::Public, get(pages::accessibility::show))
        .page("/preferences", Access::Public, get(pages::preferences::show).post(pages::preferences::submit))
        .page("/benefits", Access::Public, get(pages::benefits::show))
        .page("/benefits/changes", Access::Public, get(pages::benefits::changes::show))
        .page("/benefits/check", Access::Public, get(pages::benefits::check::show).post(pages::benefits::check::submit))
        .page("/benefits/check/{step}", Access::Public, get(pages::benefits::check::show))
        .page("/benefits/summary", Access::Public, get(pages::benefits::summary::show))
        .page("/benefits/{id}", Access::Public, get(pages::benefits::benefit::show))
        .page("/marriage", Access::Public, get(pages::marriage::start::show))
        .page("/marriage/safety", Access::Public, get(pages::marriage::safety::show))
        .page(
            "/marriage/bookings",
            Access::Anyone,
            get(appointments::bookings::show).post(appointments::bookings::submit).of(&MARRIAGE),
        )
        .page(
            "/marriage/bookings/code",
            Access::Holder,
            get(appointments::bookings::code::show).post(appointments::bookings::code::submit).of(&MARRIAGE),
        )
        .page(
            "/marriage/bookings/{reference}",
            Access::Holder,
            get(appointments::bookings::booking::show).of(&MARRIAGE),
        )
        .page(
            "/marriage/bookings/{reference}/cancel",
            Access::Holder,
            get(appointments::bookings::booking::cancel::show)
                .post(appointments::bookings::booking::cancel::submit)
                .of(&MARRIAGE),
        )
        .page(
            "/marriage/bookings/{reference}/reschedule",
            Access::Holder,
            get(appointments::bookings::booking::reschedule::show)
                .post(appointments::bookings::booking::reschedule::submit)
                .of(&MARRIAGE),
        )
        .page(
            "/marriage/bookings/{reference}/reschedule/confirm",
            Access::Holder,
            get(appointments::bookings::booking::reschedule::confirm::show)
                .post(appointments::bookings::booking::reschedule::confirm::submit)
                .of(&MARRIAGE),
        )
        .page(
            "/marriage/bookings/{reference}/calendar.ics",
            Access::Holder,
            get(appointments::bookings::booking::calendar::show).of(&MARRIAGE),
        )
        .page(
            "/marriage/bookings/{reference}/print",
            Access::Holder,
            get(appointments::bookings::booking::print::show).of(&MARRIAGE),
        )
        .page("/m/{key}", Access::Holder, get(appointments::manage_link::show).of(&pages::BOOKED[..]))
        .page("/demo/mailbox", Access::Demonstration, get(pages::demo::mailbox::show))
        .page("/marriage/check", Access::Public, get(pages::marriage::check::show).post(pages::marriage::check::submit))
        .page(
            "/marriage/book",
            Access::Anyone,
            get(appointments::book::show).post(appointments::book::submit).of(&MARRIAGE),
        )
        .page(
            "/marriage/book/phone",
            Access::Holder,
            get(appointments::book::phone::show).post(appointments::book::phone::submit).of(&MARRIAGE),
        )
        .page(
            "/marriage/book/hold",
            Access::Holder,
            get(appointments::book::hold::show).post(appointments::book::hold::submit).of(&MARRIAGE),
        )
        .page(
            "/marriage/book/details/{who}/identity",
            Access::Holder,
            get(pages::marriage::book::details::identity::show).post(pages::marriage::book::details::identity::submit),
        )
        .page(
            "/marriage/book/details/{who}/contact",
            Access::Holder,
            get(pages::marriage::book::details::contact::show).post(pages::marriage::book::details::contact::submit),
        )
        .page(
            "/marriage/book/review",
            Access::Holder,
            get(appointments::book::review::show).post(appointments::book::review::submit).of(&MARRIAGE),
        )
        .page(
            "/marriage/book/codes",
            Access::Holder,
            get(appointments::book::codes::show).post(appointments::book::codes::submit).of(&MARRIAGE),
        )
        .page("/components", Access::Demonstration, get(pages::components::show))
}

/// Who may see a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, and everybody sees the same.
    Public,
    /// Everybody; a browser that holds a time sees that too.
    Anyone,
    /// Whoever's browser holds a time or a booking; shows personal data, so no cache keeps it.
    Holder,
    /// Everybody, but only where nothing is real: in production there is no such page.
    Demonstration,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// axum's path pattern without the language prefix.
    pub path: &'static str,
    pub methods: Vec<Method>,
    pub access: Access,
}

/// The pages and the list of them.
#[derive(Default)]
#[must_use]
pub struct Site {
    listed: Vec<Listed>,
    answers: Vec<MethodRouter<App>>,
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

/// A page that only takes a form.
pub fn post<H, T>(submit: H) -> Page
where
    H: Handler<T, App>,
    T: 'static,
{
    Page { methods: vec![Method::POST], router: routing::post(submit) }
}

impl Page {
    /// A page whose handlers are told of something, such as the service whose page it is.
    pub fn of<T: Sync + ?Sized>(mut self, what: &'static T) -> Self {
        self.router = self.router.layer(Extension(what));
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
}

impl Site {
    pub fn page(mut self, path: &'static str, access: Access, page: Page) -> Self {
        self.listed.push(Listed { path, methods: page.methods, access });
        self.answers.push(page.router);
        self
    }

    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    /// All pages in both languages with their guards, and the files they use; everything else is answered with a
    /// page that says so.
    pub fn router(self, app: &App) -> Router {
        let production = app.settings().production();
        let drawn = (app.clone(), Arc::new(page_cache::Drawn::new(page_cache::MOST)));
        let rows = self.listed.iter().zip(self.answers);
        let pages = rows.fold(Router::new(), |router, (row, answers)| match row.access {
            Access::Holder => router
                .route(row.path, answers.layer(middleware::map_response(async |response| draw::no_store(response)))),
            Access::Demonstration if production => router,
            Access::Public | Access::Anyone => {
                let answers = answers.layer(middleware::from_fn_with_state(drawn.clone(), page_cache::cache_anonymous));
                let public = row.access == Access::Public;
                router.route(
                    row.path,
                    if public { answers.layer(middleware::map_request(page_cache::unknown)) } else { answers },
                )
            }
            Access::Demonstration => router.route(row.path, answers),
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
