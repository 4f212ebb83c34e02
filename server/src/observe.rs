//! What an operator can see: whether the process is up and ready, its figures, and a line for each request.

mod exposition;
mod health;
pub mod log;
pub mod metrics;

use std::time::Instant;

use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
    routing::get,
};

use crate::app::App;

/// `/healthz`, `/readyz` and `/metrics`.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/healthz", get(health::up))
        .route("/readyz", get(health::ready).with_state(health::Health::of(app.clone())))
        .route("/metrics", get(exposition::show))
        .with_state(app)
}

/// Writes down each answered request: a layer for routers, inside which the route is known.
///
/// Only the route's pattern is named, never its path or query, since those of a manage link open a booking; of [`QUIET`] pages
/// the part of the portal alone; and nothing of who asked.
pub async fn watch(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or(OTHER, |route| said(route.as_str()));
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    metrics::answered(method, route, status, took);
    tracing::info!(target: "huimin::request", method, route, status, microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX), "answered");
    response
}

/// Pages that would tell on whoever opens them: beside the proxy's log, which has the address of the same second, a line or a
/// figure of theirs would be a name. The first says of itself that nobody writes down who reads it; the others are for what must
/// not come out of whoever booked.
pub const QUIET: [&str; 5] =
    ["/marriage/safety", "/staff/looks", "/staff/own-data", "/staff/release", "/staff/visits/{id}/refusal"];

/// A route as it is written down: a quiet one as `nginx.conf` in docs/operating has it, by the first part of its path.
fn said(route: &str) -> &str {
    if !QUIET.contains(&route) {
        return route;
    }
    let end = route.char_indices().skip(1).find(|(_, letter)| *letter == '/').map_or(route.len(), |(at, _)| at);
    &route[..end]
}

/// What is no route of ours; a client cannot make up new ones.
const OTHER: &str = "other";

/// The method's name, from a closed list.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use axum::{body::Body, middleware::from_fn};
    use tower::ServiceExt;

    use super::*;

    /// Where the lines of the log go.
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn the_log_has_no_page_that_would_tell_on_whoever_opened_it() {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        let _guard = tracing::subscriber::set_default(log);
        let pages = QUIET.iter().fold(Router::new(), |pages, route| pages.route(route, get(async || "")));
        let pages = pages.route("/marriage/check", get(async || "")).layer(from_fn(watch));
        for path in QUIET.iter().chain(&["/marriage/check", "/marriage/safety?from=start", "/nowhere"]) {
            let path = path.replace(['{', '}'], "");
            pages.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        }
        let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert_eq!(log.lines().count(), QUIET.len() + 3, "{log}");
        for word in ["safety", "looks", "own-data", "release", "refusal", "nowhere", "start"] {
            assert!(!log.contains(word), "{word}: {log}");
        }
        assert_eq!(log.matches(r#""route":"/marriage""#).count(), 2, "{log}");
        assert_eq!(log.matches(r#""route":"/staff""#).count(), QUIET.len() - 1, "{log}");
        assert!(log.contains(r#""route":"/marriage/check""#), "all else is named by its pattern: {log}");
    }
}
