//! What a browser keeps for the time without a network: a worker that asks the network first, and on each page that may be kept
//! the words that say of when it is. Settings can recall all of it from every browser that comes by.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::{
    body::Bytes,
    http::header,
    routing::{MethodRouter, get},
};
use chrono::NaiveDateTime;
use leptos::prelude::*;
use server::{directory::kinds, settings::Settings};
use shared::say;

use crate::{
    assets,
    components::notice::{Notice, Tone},
    draw::{self, Script},
    visit::Visit,
};

/// Where the worker lies: at the top, so that it sees every page.
pub const WORKER: &str = "/sw.js";
/// Pages of places that a browser keeps; of more the one that was looked at longest ago goes.
pub const MOST_PAGES: u32 = 80;

/// Milliseconds that the network has before a kept page is shown.
const PATIENCE: u32 = 3_000;

/// The worker, or where nothing may be kept any more the one that takes its place and goes. A browser asks for it at each page, and
/// never keeps it.
pub fn worker<S: Clone + Send + Sync + 'static>(settings: &Settings) -> MethodRouter<S> {
    let text = if settings.offline { written() } else { include_str!("offline/recalled.js").to_owned() };
    let text = Bytes::from(text);
    get(move || {
        let headers = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
        let text = text.clone();
        async move { (headers, text) }
    })
}

/// What stands first on a page that a browser may keep: hidden, until a browser without a network shows what it kept. Asks for the
/// worker; nothing where nothing may be kept. `now` is the moment that the page shows.
pub fn of_when(visit: &Visit, now: NaiveDateTime) -> Option<AnyView> {
    let locale = visit.locale;
    let (date, time) = (locale.date(now.date()), now.format("%H:%M"));
    let title = say!(
        locale,
        "现在连不上网站，下面是 {date} {time} 看到的",
        "There is no connection now. Below is what stood here on {date}, {time}"
    );
    let what = locale.say(
        "“今天”“现在”都是那时候。后来可能有变，去之前先打电话。",
        "“Today” and “now” mean that moment. It may have changed since: call before you go.",
    );
    kept(visit, title, what)
}

/// The same on the page that says what can be done without a network.
pub fn not_kept(visit: &Visit) -> Option<AnyView> {
    let title = visit.say(
        "您要看的这一页没有留在这台设备上，现在连不上，打不开",
        "The page that you asked for was not kept on this device, and there is no connection now",
    );
    let what = visit.say("连上网以后再试一次就行。", "Try again once you are connected.");
    kept(visit, title.to_owned(), what)
}

fn kept(visit: &Visit, title: String, what: &'static str) -> Option<AnyView> {
    visit.portal.offline.then(|| {
        draw::needs(Script::Offline);
        view! {
            <div hidden class="as-of">
                <Notice title=title tone=Tone::Warning>
                    <p>{what}</p>
                </Notice>
            </div>
        }
        .into_any()
    })
}

/// The worker's text below what it is told.
fn written() -> String {
    let paths: Vec<&str> = kinds::all().iter().map(|kind| kind.path.as_str()).collect();
    let text = include_str!("offline/worker.js");
    let version = version(text, &paths);
    format!(
        "const VERSION = \"{version:016x}\";\nconst PATHS = {paths:?};\nconst MOST = {MOST_PAGES};\nconst PATIENCE = {PATIENCE};\n\n{text}"
    )
}

/// Another one whenever anything that a kept page needs is another.
fn version(text: &str, paths: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (text, paths, MOST_PAGES).hash(&mut hasher);
    assets::all().iter().filter(|asset| asset.hashed).for_each(|asset| asset.path.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;
    use crate::{
        domains::site,
        site::{Cache, Who, tests::TestSite},
    };

    const NOW: [&str; 3] = ["--demo", "--now", "2026-05-13T10:00:00+08:00"];
    const OFF: [&str; 5] = ["--demo", "--now", "2026-05-13T10:00:00+08:00", "--offline", "off"];
    /// What the worker looks for.
    const MARK: &str = r#"<div hidden class="as-of">"#;

    /// An address of a row, of a place that is there where it names one.
    fn address(path: &str) -> String {
        let id = if path.starts_with("/marriage") { "nanshan" } else { "es-440305007" };
        match path.strip_suffix("/compare") {
            Some(list) if list.starts_with("/marriage") => format!("{path}?id=nanshan&id=demo-bay"),
            Some(_) => format!("{path}?id=es-440305007&id=es-440305001"),
            None => path.replace("{id}", id).replace(['{', '}'], ""),
        }
    }

    #[tokio::test]
    async fn a_browser_may_keep_pages_of_places_and_none_that_is_somebody_s() {
        let house = TestSite::open(&NOW).await;
        let mut kept = Vec::new();
        for row in site().rows().iter().filter(|row| row.path != "/offline") {
            let answer = house.get(&address(&row.path)).await;
            if answer.body.contains(MARK) {
                assert_eq!(
                    (row.who, row.cache, answer.status),
                    (Who::Anyone, Cache::Shared, StatusCode::OK),
                    "{}",
                    row.path
                );
                assert_eq!(answer.header("set-cookie"), "", "{}", row.path);
                assert!(answer.body.contains("/assets/offline-"), "{}", row.path);
                kept.push(row.path.to_string());
            } else {
                assert!(
                    !answer.body.contains("/assets/offline-"),
                    "whoever looks for no place gets no worker: {}",
                    row.path
                );
            }
        }
        kept.sort();
        let of = |path: &str| ["", "/compare", "/{id}", "/{id}/print"].map(|below| format!("{path}{below}"));
        let mut expected: Vec<String> = kinds::all().iter().flat_map(|kind| of(&kind.path)).collect();
        expected.sort();
        assert_eq!(kept, expected);
    }

    #[tokio::test]
    async fn a_page_that_a_browser_may_keep_says_of_when_it_is_in_both_languages() {
        let house = TestSite::open(&NOW).await;
        for (path, words) in
            [("/stations", "下面是 2026年5月13日 10:00 看到的"), ("/en/stations", "stood here on 13 May 2026, 10:00")]
        {
            let body = house.get(path).await.body;
            assert!(body.contains(words), "{body}");
        }
    }

    #[tokio::test]
    async fn the_worker_is_asked_for_anew_at_each_page_and_knows_where_places_are() {
        let answer = TestSite::open(&NOW).await.get(WORKER).await;
        assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-cache"));
        assert!(
            answer.header("content-type").starts_with("text/javascript")
                && !answer.header("content-security-policy").is_empty()
        );
        for kind in kinds::all() {
            assert!(answer.body.contains(&format!("{:?}", kind.path)), "{}", answer.body);
        }
        assert!(answer.body.contains(MARK) && answer.body.contains(r#"<div class="seen" hidden></div>"#));
    }

    #[tokio::test]
    async fn where_keeping_is_recalled_the_worker_goes_and_no_page_asks_for_one() {
        let house = TestSite::open(&OFF).await;
        let answer = house.get(WORKER).await;
        assert!(
            answer.body.contains("registration.unregister()") && !answer.body.contains("respondWith"),
            "{}",
            answer.body
        );
        assert_eq!(answer.header("cache-control"), "no-cache");
        for path in ["/stations", "/stations/es-440305007", "/benefits/check"] {
            let body = house.get(path).await.body;
            assert!(
                !body.contains(MARK) && !body.contains("/assets/offline-") && !body.contains("data-keeps"),
                "{path}"
            );
        }
        assert_eq!(house.get("/offline").await.status, StatusCode::NOT_FOUND);
        assert!(!house.get("/privacy").await.body.contains("断网时也能看"));
    }

    #[test]
    fn another_text_or_another_kind_is_another_version() {
        let paths = ["/stations"];
        assert_eq!(version("a", &paths), version("a", &paths));
        assert_ne!(version("a", &paths), version("b", &paths));
        assert_ne!(version("a", &paths), version("a", &["/canteens"]));
    }
}
