//! Rows of the API: each address with who may use it and what a cache may keep of its answer.

use axum::{
    extract::{DefaultBodyLimit, Request},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{from_fn_with_state, map_request, map_response},
    response::Response,
    routing::MethodRouter,
};
use shared::procedures::file::LONGEST_PART;
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::{OpenApi, PathItem};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::for_staff;
use crate::app::App;
use crate::in_time;
use crate::route::{Cache, Who};
use crate::staff::guard;

/// One row: an address and what is said of it.
#[derive(Clone, Debug)]
pub struct Row {
    /// As in the document, such as `/api/v1/holds/{id}`.
    pub path: String,
    pub methods: Vec<Method>,
    pub who: Who,
    pub cache: Cache,
    /// The name of the domain whose row it is.
    pub domain: &'static str,
    pub brings: Brings,
}

/// What the bodies of an address are at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brings {
    /// What somebody types.
    Words,
    /// A part of a file.
    Part,
}

/// Largest body of words in bytes; the longest honest one is a tenth of it.
const LARGEST_BODY: usize = 64 * 1024;

/// The rows, each with its handlers and their description.
#[must_use]
pub struct Api {
    rows: Vec<(Row, UtoipaMethodRouter<App>)>,
    domain: &'static str,
}

impl Api {
    /// No rows.
    pub(super) fn new() -> Self {
        Self { rows: Vec::new(), domain: "" }
    }

    /// What is added from here on belongs to this domain.
    pub(super) fn of(self, domain: &'static str) -> Self {
        Self { domain, ..self }
    }

    /// Adds the handlers of one path, as `routes!` describes them.
    pub(super) fn route(self, who: Who, cache: Cache, route: UtoipaMethodRouter<App>) -> Self {
        self.add((who, cache, Brings::Words), route)
    }

    /// The same for one that takes parts of files.
    pub(super) fn route_for_parts(self, who: Who, cache: Cache, route: UtoipaMethodRouter<App>) -> Self {
        self.add((who, cache, Brings::Part), route)
    }

    fn add(mut self, (who, cache, brings): (Who, Cache, Brings), mut route: UtoipaMethodRouter<App>) -> Self {
        let Some((path, item)) = route.1.paths.iter_mut().next() else { return self };
        for_staff::describe(item, who);
        let (path, methods) = (path.clone(), methods(item));
        self.rows.push((Row { path, methods, who, cache, domain: self.domain, brings }, route));
        self
    }

    /// What is there under the settings of a server, each row for those it is for, and no larger or longer than is meant.
    pub(super) fn under(self, app: &App) -> Self {
        let there = self.rows.into_iter().filter(|(row, _)| row.who.exists(app.settings()));
        let guarded = there.map(|(row, (schemas, paths, handlers))| {
            let guard = from_fn_with_state((app.clone(), row.who), guard::admit);
            let handlers = if row.who.wants_session() { handlers.route_layer(guard) } else { handlers };
            let handlers = limited(handlers, row.brings, app);
            (row, (schemas, paths, handlers))
        });
        Self { rows: guarded.collect(), ..self }
    }

    pub(super) fn into_rows(self) -> Vec<Row> {
        self.rows.into_iter().map(|(row, _)| row).collect()
    }

    /// The router that does what the rows say, with its description.
    pub(super) fn router(self, head: OpenApi) -> OpenApiRouter<App> {
        self.rows.into_iter().fold(OpenApiRouter::with_openapi(head), |router, (row, (schemas, paths, handlers))| {
            let handlers = match row.cache {
                Cache::Shared => handlers.layer(map_request(unknown)).layer(map_response(keep_shortly)),
                Cache::UntilKnown | Cache::Never => handlers.layer(map_response(keep_nothing)),
            };
            router.routes((schemas, paths, handlers))
        })
    }
}

/// Reads no more than is meant, and answers in time.
fn limited(handlers: MethodRouter<App>, brings: Brings, app: &App) -> MethodRouter<App> {
    let unavailable = StatusCode::SERVICE_UNAVAILABLE;
    match brings {
        Brings::Words => {
            let handlers: MethodRouter<App> = handlers.layer(DefaultBodyLimit::max(LARGEST_BODY));
            let in_time = from_fn_with_state(app.clone(), in_time::answer::<LARGEST_BODY>);
            let handlers: MethodRouter<App> = handlers.layer(in_time);
            handlers.layer(TimeoutLayer::with_status_code(unavailable, crate::LONGEST_REQUEST))
        }
        Brings::Part => {
            let handlers: MethodRouter<App> = handlers.layer(DefaultBodyLimit::max(LONGEST_PART));
            let in_time = from_fn_with_state(app.clone(), in_time::answer_file::<LONGEST_PART>);
            let handlers: MethodRouter<App> = handlers.layer(in_time);
            handlers.layer(TimeoutLayer::with_status_code(unavailable, crate::LONGEST_UPLOAD))
        }
    }
}

/// Takes off what a browser may be known by, so that an answer for everybody cannot depend on it.
async fn unknown(mut request: Request) -> Request {
    request.headers_mut().remove(header::COOKIE);
    request
}

/// For a minute, unless the handler knows better: such answers change rarely.
async fn keep_shortly(mut response: Response) -> Response {
    if !(response.status().is_client_error() || response.status().is_server_error()) {
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(SHORTLY);
    }
    response
}

async fn keep_nothing(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// How long an answer for everybody is kept.
pub(super) const SHORTLY: HeaderValue = HeaderValue::from_static("public, max-age=60");

fn methods(item: &PathItem) -> Vec<Method> {
    let all = [
        (Method::GET, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
    ];
    all.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method).collect()
}
