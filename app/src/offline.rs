//! What a browser keeps for the time without a network: a worker that asks the network first, and on each page that may be kept
//! the words that say of when it is. Settings can recall all of it from every browser that comes by.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
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

/// The worker, or where nothing may be kept any more the one that takes its place and goes. A browser asks at each page whether it
/// is still the same.
pub fn worker<S: Clone + Send + Sync + 'static>(settings: &Settings) -> MethodRouter<S> {
    let text = if settings.offline { written(settings) } else { include_str!("offline/recalled.js").to_owned() };
    let tag = format!("\"{:016x}\"", hash(&text));
    let text = Bytes::from(text);
    get(move |asked: HeaderMap| {
        let answer = answer(&asked, &tag, text.clone());
        async move { answer }
    })
}

fn answer(asked: &HeaderMap, tag: &str, text: Bytes) -> Response {
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
    let mut answer = match known {
        // A proxy that packs what it hands on has made it a weak one.
        Some(known) if known.trim_start_matches("W/") == tag => StatusCode::NOT_MODIFIED.into_response(),
        _ => ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response(),
    };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.extend(HeaderValue::from_str(tag).ok().map(|tag| (header::ETAG, tag)));
    answer
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
        "“今天”“现在”都是那时候。后来可能有变，去之前先打电话。预约、换字号、告诉我们哪里不对，都要等连上网。",
        "“Today” and “now” mean that moment. It may have changed since: call before you go. To book, to change the text size or to \
         tell us of a mistake you need a connection.",
    );
    kept(visit, "as-of", title, what)
}

/// The same on the page that says what can be done without a network.
pub fn not_kept(visit: &Visit) -> Option<AnyView> {
    let title = visit.say(
        "您要看的这一页没有留在这台设备上，现在连不上，打不开",
        "The page that you asked for was not kept on this device, and there is no connection now",
    );
    let what = visit.say("连上网以后再试一次就行。", "Try again once you are connected.");
    kept(visit, "as-of", title.to_owned(), what)
}

/// The same where something was sent. A page that comes in answer is sent again by loading it anew.
pub fn not_sent(visit: &Visit) -> Option<AnyView> {
    let title = visit.say(
        "现在连不上网站，您刚才填的、按的没有发出去",
        "There is no connection now, and what you filled in or pressed was not sent",
    );
    let what = visit.say(
        "请不要关这一页。连上网以后刷新这一页，浏览器问要不要重新发送的话选“是”，就会再发一次，不用重填。",
        "Please leave this page open. Once you are connected, load it anew; if your browser asks whether to send again, say yes. You \
         need not fill in anything again.",
    );
    kept(visit, "not-sent", title.to_owned(), what)
}

fn kept(visit: &Visit, class: &'static str, title: String, what: &'static str) -> Option<AnyView> {
    visit.portal.offline.then(|| {
        draw::needs(Script::Offline);
        view! {
            <div hidden class=class>
                <Notice title=title tone=Tone::Warning>
                    <p>{what}</p>
                </Notice>
            </div>
        }
        .into_any()
    })
}

/// The worker's text below what it is told.
fn written(settings: &Settings) -> String {
    let paths: Vec<&str> = kinds::all().iter().map(|kind| kind.path.as_str()).collect();
    let text = include_str!("offline/worker.js");
    let version = version(text, &paths, settings);
    format!(
        "const VERSION = \"{version:016x}\";\nconst PATHS = {paths:?};\nconst MOST = {MOST_PAGES};\nconst PATIENCE = {PATIENCE};\n\n{text}"
    )
}

/// Another one whenever anything that a kept page needs is another, or it was of another region or of a demonstration.
fn version(text: &str, paths: &[&str], settings: &Settings) -> u64 {
    let files: Vec<_> = assets::all().iter().filter(|asset| asset.hashed).map(|asset| asset.path).collect();
    hash(&(text, paths, MOST_PAGES, files, &settings.region, settings.demo))
}

fn hash(all: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use shared::directory::Kind;
    use testhouse::store::Store;
    use tower::ServiceExt;

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
        let of = |kind: &'static Kind| {
            // The demonstration has no place of this kind.
            let below = if kind.id == "children_home" { &[""][..] } else { &["", "/compare", "/{id}", "/{id}/print"] };
            below.iter().map(|below| format!("{}{below}", kind.path))
        };
        let mut expected: Vec<String> = kinds::all().iter().flat_map(of).collect();
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
    async fn a_street_begins_in_the_list_of_all_of_them_where_the_worker_looks_for_it() {
        let house = TestSite::open(&NOW).await;
        for path in ["/stations", "/en/stations"] {
            let mut pages = String::new();
            for page in 1..=3 {
                pages += &house.get(&format!("{path}?page={page}")).await.body;
            }
            assert!(pages.contains(r#" id="street-440305007""#), "{path}: {pages}");
        }
        let worker = house.get(WORKER).await.body;
        assert!(worker.contains(r#"` id="street-${street}"`"#), "{worker}");
        let of_one = house.get("/stations?street=440305007").await.body;
        assert!(!of_one.contains(r#" id="street-"#), "one street is all of its page: {of_one}");
    }

    #[tokio::test]
    async fn whoever_shares_a_device_can_have_it_forget_what_was_looked_at() {
        let house = TestSite::open(&NOW).await;
        let page = house.get("/offline").await.body;
        assert!(page.contains(r#"name="forget""#) && page.contains("谁打开这一页都看得到"), "{page}");
        assert!(house.get("/en/offline?forgotten=1").await.body.contains("are gone from this device"));
        let unkept = house.get("/offline?forget=1").await.body;
        assert!(unkept.contains("这个浏览器没有留下看过的地点"), "no worker has taken the press: {unkept}");
        let worker = house.get(WORKER).await.body;
        for words in [r#"const FORGET = "forget";"#, r#"const FORGOTTEN = "forgotten";"#] {
            assert!(worker.contains(words), "{worker}");
        }
        assert!(house.get("/privacy").await.body.contains(r#"href="/offline""#));
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

    fn settings(flags: &[&str]) -> Settings {
        testhouse::settings(&Store::sqlite(), flags)
    }

    #[tokio::test]
    async fn a_browser_that_has_the_worker_is_told_so_and_one_that_has_a_recalled_one_gets_the_other() {
        let ask = async |flags: &[&str], known: &str| {
            let request = Request::get("/").header(header::IF_NONE_MATCH, known).body(Body::empty()).unwrap();
            worker::<()>(&settings(flags)).oneshot(request).await.unwrap()
        };
        let tag = |answer: &Response| answer.headers()[header::ETAG].to_str().unwrap().to_owned();
        let first = ask(&[], "").await;
        assert_eq!(first.status(), StatusCode::OK);
        for known in [tag(&first), format!("W/{}", tag(&first))] {
            assert_eq!(ask(&[], &known).await.status(), StatusCode::NOT_MODIFIED);
        }
        let recalled = ask(&["--offline", "off"], &tag(&first)).await;
        assert_eq!(recalled.status(), StatusCode::OK);
        assert_eq!(ask(&[], &tag(&recalled)).await.status(), StatusCode::OK);
    }

    #[test]
    fn another_text_kind_or_region_is_another_version_and_so_is_a_demonstration() {
        let (paths, real) = (["/stations"], settings(&[]));
        let version = |text: &str, flags: &[&str]| version(text, &paths, &settings(flags));
        assert_eq!(version("a", &[]), version("a", &[]));
        for other in [version("b", &[]), version("a", &["--demo"]), version("a", &["--region", "440304"])] {
            assert_ne!(version("a", &[]), other);
        }
        assert_ne!(version("a", &[]), super::version("a", &["/canteens"], &real));
    }
}
