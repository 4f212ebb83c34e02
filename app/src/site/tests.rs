//! The pages as a browser meets them.

mod caching;
mod forgiving;
mod problems;
mod rows;
mod services;
mod staff;

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
    response::Response,
};
use http_body_util::BodyExt;
use server::{App, clock::Clock, open::OpenError, settings::Settings};
use testhouse::{browser::unmarked, store::Store};
use tower::ServiceExt;

use super::*;
use crate::domains::site;

/// A server with an empty database of its own.
pub(crate) struct TestSite {
    pub(crate) app: App,
    _store: Store,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl TestSite {
    pub(crate) async fn open(flags: &[&str]) -> Self {
        Self::with(flags, App::open).await
    }

    async fn open_with(flags: &[&str], clock: Clock) -> Self {
        Self::with(flags, |settings| App::open_with_clock(settings, clock)).await
    }

    async fn with<F: Future<Output = Result<App, OpenError>>>(
        flags: &[&str],
        open: impl FnOnce(Settings) -> F,
    ) -> Self {
        let store = Store::sqlite();
        let settings = testhouse::settings(&store, flags);
        Self { app: open(settings).await.unwrap(), _store: store }
    }

    async fn production() -> Self {
        let flags = ["--public-url", "https://huimin.example", "--messages", "https://sms.example/send"];
        Self::open(&flags).await
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        answer(site(), &self.app, request).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], form: &str) -> Answer {
        let request = headers.iter().fold(Request::post(path), |request, (name, value)| request.header(*name, *value));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form.to_owned())).unwrap()).await
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn answer(site: Site, app: &App, request: Request<Body>) -> Answer {
    let response = site.router(app).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: unmarked(&String::from_utf8_lossy(&body)) }
}

/// Pages that anybody can open without having done anything before.
const OPEN: [&str; 6] = ["/", "/privacy", "/accessibility", "/marriage", "/marriage/safety", "/components"];

#[tokio::test]
async fn open_pages_are_whole_in_both_languages() {
    let house = TestSite::open(&["--demo", "on"]).await;
    for path in OPEN {
        for (address, language) in [(path.to_owned(), "zh-CN"), (format!("/en{}", path.trim_end_matches('/')), "en")] {
            let Answer { status, body, .. } = house.get(&address).await;
            assert_eq!(status, StatusCode::OK, "{address}");
            assert!(body.starts_with(&format!("<!DOCTYPE html><html lang=\"{language}\"")), "{address}");
            assert!(body.contains("<h1>") && body.contains("id=\"main\""), "{address}");
            assert!(!body.contains(" style=") && !body.contains("<style"), "{address}");
        }
    }
}

#[tokio::test]
async fn english_pages_link_to_english_pages() {
    let house = TestSite::open(&[]).await;
    for path in OPEN {
        let body = house.get(&format!("/en{}", path.trim_end_matches('/'))).await.body;
        let files = ["/assets/", "/favicon", "/apple-touch", "/manifest"];
        let strayed: Vec<_> = body
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|href| href.starts_with('/') && !href.starts_with("/en"))
            .filter(|href| !files.iter().any(|file| href.starts_with(file)))
            .collect();
        assert_eq!(strayed, [path], "only the switch to Chinese leaves English");
    }
}

#[tokio::test]
async fn only_pages_that_need_a_script_load_one() {
    let house = TestSite::open(&[]).await;
    for path in ["/", "/privacy", "/accessibility"] {
        assert!(!house.get(path).await.body.contains("<script"), "{path}");
    }
    assert!(house.get("/marriage/safety").await.body.contains("<script src=\"/assets/replace-history-"));
}

#[tokio::test]
async fn the_page_for_those_in_danger_is_not_kept_and_its_tab_says_nothing() {
    let answer = TestSite::open(&[]).await.get("/marriage/safety").await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(answer.body.contains("<title>惠民</title>"), "{}", answer.body);
}

#[test]
fn what_the_log_keeps_quiet_of_are_pages_of_the_portal() {
    for quiet in server::observe::QUIET {
        assert!(site().rows().iter().any(|row| row.path == quiet), "{quiet}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let house = TestSite::open(&[]).await;
    for path in ["/", "/nowhere", "/favicon.svg", crate::assets::stylesheet()] {
        let answer = house.get(path).await;
        assert!(
            answer.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"),
            "{path}"
        );
        assert!(!answer.header("content-security-policy").contains("unsafe-inline"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}: http knows no such promise");
    }
    let answer = TestSite::production().await.get("/").await;
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn only_lists_of_places_may_ask_a_phone_where_it_is() {
    let house = TestSite::open(&["--demo", "on"]).await;
    for (path, asks) in [("/stations", true), ("/en/marriage/registries", true), ("/", false), ("/nowhere", false)] {
        let answer = house.get(path).await;
        let allowed = if asks { "geolocation=(self)" } else { "geolocation=()" };
        assert!(answer.header("permissions-policy").contains(allowed), "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
    }
}

#[tokio::test]
async fn demonstration_pages_do_not_exist_in_production() {
    let house = TestSite::production().await;
    for row in site().rows().iter().filter(|row| row.who == Who::Demonstration) {
        let path = row.path.replace(['{', '}'], "");
        assert_eq!(house.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_unknown_page_says_so_in_the_language_asked() {
    let house = TestSite::open(&[]).await;
    let zh = house.get("/nowhere").await;
    assert_eq!((zh.status, zh.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"));
    assert!(zh.body.contains("没有找到这个页面"));
    assert!(house.get("/en/nowhere").await.body.contains("We can’t find this page"));
}

#[tokio::test]
async fn a_wrong_method_names_the_right_ones() {
    let answer = TestSite::open(&[]).await.post("/privacy", &[], "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.header("allow").contains("GET") && answer.body.contains("这个页面不能这样打开"));
}

#[tokio::test]
async fn a_form_from_another_site_changes_nothing() {
    let house = TestSite::open(&[]).await;
    let headers = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    let answer = house.post("/preferences", &headers, "elder=22&back=/").await;
    assert_eq!((answer.status, answer.header("set-cookie")), (StatusCode::FORBIDDEN, ""));
    assert!(answer.body.contains("为了您的安全"));
}

#[tokio::test]
async fn the_elder_mode_is_kept_on_every_page_and_leads_back() {
    let house = TestSite::open(&[]).await;
    let answer = house.post("/en/preferences", &[], "elder=26&back=%2Fen%2Fmarriage%3Fa%3D1").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/en/marriage?a=1"));
    assert_eq!(answer.header("set-cookie"), "elder=26; HttpOnly; SameSite=Lax; Path=/; Max-Age=31536000");
    for path in OPEN {
        let page = house.ask(Request::get(path).header("cookie", "elder=26").body(Body::empty()).unwrap()).await;
        assert!(page.body.contains(r#"data-mode="elder" data-size="26""#), "{path}");
        assert!(page.body.contains("标准版"), "{path}");
    }
}

#[tokio::test]
async fn nobody_is_sent_back_to_another_site() {
    let house = TestSite::open(&[]).await;
    let answer = house.post("/preferences", &[], "elder=standard&back=%2F%2Fevil.example").await;
    assert_eq!(answer.header("location"), "/");
    assert!(answer.header("set-cookie").starts_with("elder=;") && answer.header("set-cookie").ends_with("; Max-Age=0"));
}

#[tokio::test]
async fn a_form_that_is_too_long_is_told_so() {
    let house = TestSite::open(&[]).await;
    let long = format!("elder={}", "x".repeat(limit::BODY));
    let answer = house.post("/preferences", &[], &long).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("填写的内容太长了"));
    let length = long.len().to_string();
    let answer = house.post("/preferences", &[("content-length", &length)], &long).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_answered_with_a_page() {
    let answer = TestSite::open(&[]).await.post("/preferences", &[], "back=/").await;
    assert!(answer.status.is_client_error());
    assert!(answer.body.contains("没有看懂这次提交的内容") && !answer.body.contains("elder`"), "{}", answer.body);
}

#[tokio::test]
async fn a_fault_inside_says_nothing_of_the_inside() {
    async fn error() -> StatusCode {
        panic!("the secret path is /var/secret")
    }
    let house = TestSite::open(&[]).await;
    let site = Site::of(&[]).page("/error", Who::Anyone, Cache::UntilKnown, get(error));
    let answer = answer(site, &house.app, Request::get("/error").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.body.contains("出了点问题，是我们这边的") && !answer.body.contains("secret"));
}

#[tokio::test]
async fn pages_of_a_holder_are_kept_by_no_cache() {
    let house = TestSite::open(&[]).await;
    let site = Site::of(&[]).page("/mine", Who::Anyone, Cache::Never, get(async || "mine"));
    let answer = answer(site, &house.app, Request::get("/mine").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn demo_data_is_marked_on_every_page() {
    let house = TestSite::open(&["--demo"]).await;
    for path in OPEN {
        assert!(house.get(path).await.body.contains("演示数据 Demo"), "{path}");
    }
    assert!(!TestSite::open(&[]).await.get("/").await.body.contains("演示数据"));
}
