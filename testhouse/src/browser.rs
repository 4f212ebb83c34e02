//! A browser without scripts: it keeps cookies, sends forms and follows nothing by itself.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, Uri, header},
    response::Response,
};
use tower::ServiceExt;

use super::events::{Line, whole_or_first};

#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    mark: Option<String>,
    /// The day of the page that it had last, where that says so: each of its forms sends it along.
    drawn_on: Option<String>,
}

/// The field in which the pages of staff say for whom they were drawn.
const MARK: &str = "drawn-for";
/// The field that says on which day a page was drawn.
const DRAWN_ON: &str = "drawn-on";

pub struct Page {
    pub status: StatusCode,
    pub location: String,
    pub kind: String,
    pub cache: String,
    /// After how many seconds it is left for which page.
    pub refresh: String,
    pub html: String,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), mark: None, drawn_on: None }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.ask(Request::get(path), Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Page {
        self.send(Request::post(path), form).await
    }

    /// Sends the form of a page that takes files, each with its name.
    pub async fn post_files(&mut self, path: &str, files: &[(&str, &[u8])]) -> Page {
        const BOUNDARY: &str = "----a-browser-s-own-boundary";
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = Request::post(path).header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, kind);
        self.ask(request, Body::from(body)).await
    }

    /// Sends bytes, as a script of the page would.
    pub async fn post_bytes(&mut self, path: &str, bytes: &[u8]) -> Page {
        let kind = "application/octet-stream";
        let request = Request::post(path).header("sec-fetch-site", "same-origin").header(header::CONTENT_TYPE, kind);
        self.ask(request, Body::from(bytes.to_vec())).await
    }

    /// What an address gives that is no page.
    pub async fn file(&self, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        let (parts, body) = self.answer(Request::get(path), Body::empty()).await.into_parts();
        let bytes = whole_or_first(&parts.headers, body).await;
        (parts.status, parts.headers, bytes.to_vec())
    }

    /// As a script of the page would send it.
    pub async fn post_for_json(&mut self, path: &str, form: &[(&str, &str)]) -> Page {
        self.send(Request::post(path).header(header::ACCEPT, "application/json"), form).await
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Whose pages it has open from now on: forms for staff that say of nobody that they were drawn for them say so of these.
    pub fn opens_pages_of(&mut self, mark: Option<String>) {
        self.mark = mark;
    }

    async fn send(&mut self, request: axum::http::request::Builder, form: &[(&str, &str)]) -> Page {
        let says = |field: &str| form.iter().any(|(name, _)| *name == field);
        let path = request.uri_ref().map_or("", Uri::path);
        let mark = self.mark.as_deref().filter(|_| path.contains("/staff") && !says(MARK));
        let day = self.drawn_on.as_deref().filter(|_| !says(DRAWN_ON));
        let stamped = [mark.map(|mark| (MARK, mark)), day.map(|day| (DRAWN_ON, day))];
        let pairs: Vec<_> = form
            .iter()
            .copied()
            .chain(stamped.into_iter().flatten())
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        let request = request
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(pairs.join("&"))).await
    }

    /// Opens a line of events.
    pub async fn follow(&self, path: &str) -> Line {
        Line::of(self.answer(Request::get(path), Body::empty()).await)
    }

    async fn answer(&self, request: axum::http::request::Builder, body: Body) -> Response {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(body).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let (parts, body) = self.answer(request, body).await.into_parts();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let (pair, rest) = set.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            assert!(rest.contains("HttpOnly") && rest.contains("SameSite=Lax"), "{name}: {rest}");
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.set_cookie(name, value);
            }
        }
        let text = |name| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let body = whole_or_first(&parts.headers, body).await;
        let html = unmarked(str::from_utf8(&body).unwrap());
        if let Some((_, after)) = html.rsplit_once(&format!(r#" name="{MARK}" value=""#)) {
            self.mark = after.split('"').next().map(str::to_owned);
        }
        let page = Page {
            status: parts.status,
            location: text(header::LOCATION),
            kind: text(header::CONTENT_TYPE),
            cache: text(header::CACHE_CONTROL),
            refresh: text(header::REFRESH),
            html,
        };
        if page.has(&format!("name=\"{DRAWN_ON}\"")) {
            self.drawn_on = Some(page.value(DRAWN_ON));
        }
        page
    }
}

/// A page without the elements that keep its phrases on one line: they are no part of what it says.
pub fn unmarked(html: &str) -> String {
    ["whole", "line"].iter().fold(html.to_owned(), |html, class| {
        let opened = format!("<span class=\"{class}");
        let mut parts = html.split(&opened);
        let mut page = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let inner = part.split_once('>').unwrap().1;
            let (text, after) = inner.split_once("</span>").unwrap();
            page.extend([text, after]);
        }
        page
    })
}

impl Page {
    /// The value of the first input with this name, as the browser would send it.
    pub fn value(&self, name: &str) -> String {
        let input = self.element(&format!(r#"name="{name}""#));
        attribute(input, "value")
    }

    /// The value of the first button with this name.
    pub fn button(&self, name: &str) -> String {
        let from = self.html.find(&format!(r#"<button name="{name}""#)).unwrap_or_else(|| panic!("no {name} button"));
        attribute(&self.html[from..], "value")
    }

    /// The slots of all buttons with this class that can be pressed: `offer` at the top, `time` of the chosen day.
    pub fn slots(&self, class: &str) -> Vec<String> {
        let buttons = self.html.split("<button ").skip(1).filter_map(|button| button.split('>').next());
        let class = format!(r#"class="{class}""#);
        buttons.filter(|tag| tag.contains(&class)).map(|tag| attribute(&format!(" {tag}"), "value")).collect()
    }

    pub fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    #[track_caller]
    pub fn says(&self, text: &str) {
        assert!(self.has(text), "{} does not say {text}:\n{}", self.status, self.text());
    }

    #[track_caller]
    pub fn leads_to(&self, path: &str) {
        assert_eq!((self.status, self.location.as_str()), (StatusCode::SEE_OTHER, path), "{}", self.text());
    }

    /// The words between the tags, for messages of failed tests.
    fn text(&self) -> String {
        let main = self.html.find("<main").map_or("", |from| &self.html[from..]);
        let parts = main.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text.trim()));
        parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" | ")
    }

    fn element(&self, mark: &str) -> &str {
        let at = self.html.find(mark).unwrap_or_else(|| panic!("nothing with {mark}:\n{}", self.text()));
        let from = self.html[..at].rfind('<').unwrap();
        let end = self.html[from..].find('>').unwrap();
        &self.html[from..from + end]
    }
}

fn attribute(element: &str, name: &str) -> String {
    let from = element.find(&format!(r#" {name}=""#)).map(|at| at + name.len() + 3);
    let value = from.map_or("", |from| element[from..].split('"').next().unwrap_or_default());
    [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#x27;", "'"), ("&amp;", "&")]
        .iter()
        .fold(value.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
