//! What the operator sees, and what nobody else does.

use std::{
    cell::RefCell,
    io::{self, Write},
    net::SocketAddr,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt;
use serde_json::Value;
use server::{App, api, observe};
use shared::invented;
use tower::ServiceExt;
use tracing_subscriber::EnvFilter;

use crate::support::{Setup, http::Api, test_apps};

async fn ask(app: &App, path: &str, peer: &str, forwarded: Option<&str>) -> (StatusCode, String) {
    let router: Router = api::router(app.clone()).merge(observe::router(app.clone()));
    let mut request = Request::get(path).body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
    if let Some(forwarded) = forwarded {
        request.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
    }
    let response = router.oneshot(request).await.unwrap();
    let status = response.status();
    (status, String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().into()).unwrap())
}

#[tokio::test]
async fn an_office_is_ready_until_its_database_is_gone() {
    for test in test_apps(Setup::default()).await {
        let here = "127.0.0.1:5000";
        assert_eq!(ask(&test.app, "/healthz", here, None).await.0, StatusCode::OK);
        assert_eq!(ask(&test.app, "/readyz", here, None).await.0, StatusCode::OK);
        test.app.database().close().await;
        assert_eq!(ask(&test.app, "/healthz", here, None).await.0, StatusCode::OK);
        assert_eq!(ask(&test.app, "/readyz", here, None).await.0, StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[tokio::test]
async fn the_figures_are_shown_to_this_machine_alone() {
    for test in test_apps(Setup::default()).await {
        let app = &test.app;
        assert_eq!(ask(app, "/metrics", "203.0.113.9:5000", None).await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(app, "/metrics", "127.0.0.1:5000", Some("203.0.113.9")).await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(app, "/metrics", "127.0.0.1:5000", None).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn the_figures_name_routes_and_problems_and_no_secrets() {
    observe::metrics::start();
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let made = api.booking(&test, 1, "2026-05-14").await;
        let (reference, token) = (made["reference"].as_str().unwrap(), made["manage_token"].as_str().unwrap());
        let path = format!("/api/v1/bookings/{reference}");
        api.with_token(axum::http::Method::GET, &path, token, Value::Null).await;
        api.post("/api/v1/holds", serde_json::json!({ "slot_id": 0 })).await;

        let (_, figures) = ask(&test.app, "/metrics", "[::1]:5000", None).await;
        for line in [
            r#"huimin_requests_total{method="GET",route="/api/v1/bookings/{reference}",status="200"}"#,
            r#"huimin_request_seconds_bucket{method="POST",route="/api/v1/bookings",le="0.25"}"#,
            r#"huimin_problems_total{code="not_found"}"#,
            "huimin_holds_total",
            "huimin_bookings_total",
            "huimin_outbox_waiting 4",
        ] {
            assert!(figures.contains(line), "{line} is not in:\n{figures}");
        }
        assert!(!figures.contains(reference) && !figures.contains(token));
    }
}

thread_local! {
    /// Everything logged on this thread. Each test has one to itself.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_has_a_line_for_each_request_and_nothing_of_who_asked() {
    // For the whole program: what one thread alone listens to, tracing may leave out while others run.
    let filter = EnvFilter::new("info,server=trace,sqlx=warn");
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(|| Log).init();
    for test in test_apps(Setup::default()).await {
        let api = Api::of(&test.app);
        let made = api.booking(&test, 1, "2026-05-14").await;
        let (reference, token) = (made["reference"].as_str().unwrap(), made["manage_token"].as_str().unwrap());
        let path = format!("/api/v1/bookings/{reference}?secret=query");
        api.with_token(axum::http::Method::GET, &path, token, Value::Null).await;
        api.get(&format!("/api/v1/nothing/{token}")).await;
        // Where somebody is, whether it can be meant or not.
        for near in ["22.531234,113.931234&datum=gcj02", "22.531234,113.931234&datum=mars", "22.531234"] {
            api.get(&format!("/api/v1/places?kind=elderly_station&near={near}")).await;
        }

        let lines = String::from_utf8(LOG.take()).unwrap();
        let fields = |line: &str| serde_json::from_str::<Value>(line).unwrap()["fields"].clone();
        let shown = lines.lines().map(fields).find(|fields| fields["route"] == "/api/v1/bookings/{reference}").unwrap();
        assert_eq!((&shown["method"], &shown["status"]), (&"GET".into(), &200.into()));
        assert!(shown["microseconds"].is_u64());
        let mut secrets = vec![
            reference.to_owned(),
            token.to_owned(),
            "secret=query".to_owned(),
            "22.531".to_owned(),
            "113.931".to_owned(),
        ];
        secrets.extend(invented::couple(1).into_iter().flat_map(|party| [party.name, party.id_number, party.phone]));
        for secret in secrets {
            assert!(!lines.contains(&secret), "{secret} is in:\n{lines}");
        }
    }
}
