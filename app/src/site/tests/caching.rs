//! What strangers share, and what nobody does.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use server::{clock::Clock, database::DatabaseError};

use super::*;

#[tokio::test]
async fn a_stranger_s_page_is_packed_and_a_known_visitor_s_is_not() {
    let house = TestSite::open(&["--demo", "--now", "2026-05-06T09:00:00+08:00"]).await;
    let router = site().router(&house.app);
    let ask = async |cookie: &str, coding: &str| {
        let request = Request::get("/marriage/book").header("cookie", cookie).header("accept-encoding", coding);
        router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    };
    let body = async |response: axum::response::Response| response.into_body().collect().await.unwrap().to_bytes();

    let plain = body(ask("", "identity").await).await;
    let packed = ask("", "gzip, br").await;
    assert_eq!(packed.headers()["content-encoding"], "br");
    assert!(packed.headers().get_all("vary").iter().any(|vary| vary == "accept-encoding"));
    assert!(body(packed).await.len() < plain.len() / 2);

    let elder = body(ask("elder=26", "identity").await).await;
    assert!(String::from_utf8_lossy(&elder).contains("data-mode=\"elder\""));
    let known = ask("session=somebody", "br").await;
    assert!(
        !known.headers().contains_key("content-encoding"),
        "nobody may guess at a known visitor’s page by its length"
    );
}

/// Counts the drawings of a page of a domain of its own.
static DRAWINGS: AtomicUsize = AtomicUsize::new(0);

const COUNTED: &[Domain] = &[Domain {
    name: "counted",
    service: None,
    pages: |site| site.page("/counted", Who::Anyone, Cache::UntilKnown, get(count)),
    changes_with: &["counted"],
    sheets: &[],
}];

async fn count() -> String {
    // Long enough for others to ask meanwhile.
    tokio::task::yield_now().await;
    DRAWINGS.fetch_add(1, Ordering::SeqCst).to_string()
}

#[tokio::test]
async fn strangers_share_a_drawing_until_its_own_domain_writes_something() {
    let clock = Arc::new(AtomicI64::new(1_778_000_000_000));
    let house = TestSite::open_with(&["--demo"], Clock::Manual(Arc::clone(&clock))).await;
    let router = Site::of(COUNTED).router(&house.app);
    let ask = async |times: usize| {
        let asked = (0..times).map(|_| {
            let request = Request::get("/counted").body(Body::empty()).unwrap();
            router.clone().oneshot(request)
        });
        futures_util::future::join_all(asked).await;
        DRAWINGS.load(Ordering::SeqCst)
    };

    assert_eq!(ask(100).await, 1, "who asks meanwhile waits for the same drawing");
    assert_eq!(ask(100).await, 1);
    house.app.generation("another").bump();
    house.app.database().write(|_| Box::pin(async { Ok::<_, DatabaseError>(()) })).await.unwrap();
    assert_eq!(ask(1).await, 1, "what others write leaves it as it was");
    house.app.generation("counted").bump();
    assert_eq!(ask(100).await, 2);
    clock.fetch_add(1000, Ordering::SeqCst);
    assert_eq!(ask(100).await, 3, "a second later it is another moment");
}

#[tokio::test]
async fn no_two_strangers_get_the_same_session() {
    let house = TestSite::open(&["--demo", "--now", "2026-05-06T09:00:00+08:00"]).await;
    let path = "/marriage/book?registry=nanshan";
    let (first, second) = (house.get(path).await, house.get(path).await);
    assert!(first.header("set-cookie").starts_with("session="));
    assert_ne!(first.header("set-cookie"), second.header("set-cookie"));
    assert_eq!(house.get("/marriage/book").await.header("set-cookie"), "");
}

#[tokio::test]
async fn a_public_page_does_not_know_who_asks() {
    let house = TestSite::open(&["--demo", "--now", "2026-05-06T09:00:00+08:00"]).await;
    let router = site().router(&house.app);
    let ask = async |cookie: &str| {
        let request = Request::get("/marriage/check").header("cookie", cookie).header("accept-encoding", "br");
        let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "br", "{cookie}");
        response.into_body().collect().await.unwrap().to_bytes()
    };
    let stranger = ask("").await;
    assert_eq!(ask("session=somebody; keys=some").await, stranger);
    assert_ne!(ask("session=somebody; elder=26").await, stranger);
}
