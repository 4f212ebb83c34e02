//! What the rows say is what the router does, for every row there is.

use super::*;

const NOW: [&str; 3] = ["--demo", "--now", "2026-05-06T09:00:00+08:00"];

/// An address under a row's path; what stands in for its parameters names nothing.
fn address(row: &Row) -> String {
    row.path.replace(['{', '}'], "")
}

#[tokio::test]
async fn no_form_of_another_site_is_taken_anywhere() {
    let house = TestSite::open(&NOW).await;
    let mut forms = 0;
    for row in site().rows().iter().filter(|row| row.methods.contains(&Method::POST)) {
        let headers = [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
        let answer = house.post(&address(row), &headers, "").await;
        assert_eq!((answer.status, answer.header("set-cookie")), (StatusCode::FORBIDDEN, ""), "{}", row.path);
        forms += 1;
    }
    assert!(forms > 10, "{forms}");
}

#[tokio::test]
async fn each_page_takes_the_methods_of_its_row_and_no_other() {
    let house = TestSite::open(&NOW).await;
    for row in site().rows() {
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let request = Request::builder().method(&method).uri(address(row)).body(Body::empty()).unwrap();
            let refused = house.ask(request).await.status == StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(refused, !row.methods.contains(&method), "{method} {}", row.path);
        }
    }
}

#[tokio::test]
async fn a_page_is_there_for_whom_its_row_names() {
    let (demonstration, production) = (TestSite::open(&NOW).await, TestSite::production().await);
    for row in site().rows() {
        // A method that no page takes tells whether there is a page.
        let there = async |house: &TestSite| {
            let request = Request::builder().method(Method::TRACE).uri(address(row)).body(Body::empty()).unwrap();
            house.ask(request).await.status == StatusCode::METHOD_NOT_ALLOWED
        };
        assert!(there(&demonstration).await, "{}", row.path);
        assert_eq!(there(&production).await, row.who != Who::Demonstration, "{}", row.path);
    }
}

#[tokio::test]
async fn a_cache_may_keep_what_the_row_says() {
    let house = TestSite::open(&NOW).await;
    for row in site().rows().iter().filter(|row| row.methods.contains(&Method::GET)) {
        let ask = async |cookie: &str| {
            let request = Request::get(address(row)).header("cookie", cookie).header("accept-encoding", "br");
            let response = site().router(&house.app).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            let (parts, body) = response.into_parts();
            (parts.status, parts.headers, body.collect().await.unwrap().to_bytes())
        };
        let known = format!("session={}; manage=none", server::session::Session::new().reveal());
        let (stranger, friend) = (ask("").await, ask(&known).await);
        for (status, headers, _) in [&stranger, &friend] {
            let nothing = row.cache == Cache::Never || status.is_client_error();
            let kept = headers.get("cache-control").map_or("", |value| value.to_str().unwrap());
            assert!(!nothing || kept == "no-store", "{}: {kept}", row.path);
            let packed = headers.contains_key("content-encoding");
            assert!(!packed || row.cache != Cache::Never, "{}: the length of a packed page tells", row.path);
        }
        if row.cache == Cache::Shared {
            assert_eq!((stranger.0, &stranger.2), (friend.0, &friend.2), "{}", row.path);
        }
        if row.cache == Cache::UntilKnown {
            assert!(!friend.1.contains_key("content-encoding"), "{}", row.path);
        }
    }
}

#[test]
fn no_address_stands_twice() {
    let mut paths: Vec<_> = site().rows().iter().map(|row| row.path.to_string()).collect();
    paths.sort_unstable();
    let all = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), all);
}
