//! Files the binary carries: the style sheet, the browser half and everything in `public/`,
//! collected and compressed by `build.rs`.

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use server::client::takes_brotli;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One file, ready to send.
pub struct Asset {
    /// URL path, such as `/assets/huimin-1a2b3c4d.css`.
    pub path: &'static str,
    pub content_type: &'static str,
    /// First 16 hex digits of the body's SHA-256.
    pub digest: &'static str,
    pub body: &'static [u8],
    /// The body in brotli, where that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// Whether the path changes with the content, so that it may be kept for ever.
    pub hashed: bool,
}

/// URL paths of a module of the browser half.
#[derive(Clone, Copy)]
pub struct Module {
    pub script: &'static str,
    pub wasm: &'static str,
}

/// Every file, sorted by path.
pub fn all() -> &'static [Asset] {
    ASSETS
}

/// URL path of the style sheet.
pub fn stylesheet() -> &'static str {
    STYLESHEET
}

/// URL path of the style sheet that the pages of staff and the screens in the hall have beside it.
pub fn staff_stylesheet() -> &'static str {
    STAFF_STYLESHEET
}

/// URL path of the script that wakes the islands of a page.
pub fn loader() -> &'static str {
    LOADER
}

/// The islands, unless this server was built without them.
pub fn islands() -> Option<Module> {
    ISLANDS
}

/// URL path of the script that begins the benefit check.
pub fn check_loader() -> &'static str {
    CHECK_LOADER
}

/// The benefit check, unless this server was built without it.
pub fn check() -> Option<Module> {
    CHECK
}

/// URL path of the script that finds the nearest places.
pub fn near_loader() -> &'static str {
    NEAR_LOADER
}

/// URL paths of what it finds them with, and of what finds what is typed too, unless this server was built without them.
pub fn near() -> Option<[&'static str; 2]> {
    NEAR.zip(TYPED).map(<[_; 2]>::from)
}

/// One route a file.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    ASSETS.iter().fold(Router::new(), |router, asset| router.route(asset.path, get(serve)))
}

/// Answers with the file at this path, in brotli where the browser takes it, or 304 when it has the file already.
pub async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let Ok(at) = ASSETS.binary_search_by(|asset| asset.path.cmp(uri.path())) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asset = &ASSETS[at];
    let brotli = asset.brotli.filter(|_| takes_brotli(&headers));
    let tag = if brotli.is_some() { format!("\"{}-br\"", asset.digest) } else { format!("\"{}\"", asset.digest) };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let fresh = known.is_some_and(|tags| tags.split(',').any(|known| known.trim().trim_start_matches("W/") == tag));

    let mut response = if fresh {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(brotli.unwrap_or(asset.body)))
    };
    let out = response.headers_mut();
    let keep = if asset.hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    if !fresh {
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
        if brotli.is_some() {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::http::{Method, Request};
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    async fn ask(method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        routes::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    fn value<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
        response.headers().get(name).map(|value| value.to_str().unwrap())
    }

    #[tokio::test]
    async fn the_style_sheet_is_kept_for_ever_and_sent_in_brotli() {
        let response = ask(Method::GET, stylesheet(), &[("accept-encoding", "gzip, deflate, br")]).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(value(&response, "content-type"), Some("text/css; charset=utf-8"));
        assert_eq!(value(&response, "content-encoding"), Some("br"));
        assert_eq!(value(&response, "cache-control"), Some("public, max-age=31536000, immutable"));
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let mut css = Vec::new();
        std::io::copy(&mut brotli::Decompressor::new(&body[..], 4096), &mut css).unwrap();
        let plain = ask(Method::GET, stylesheet(), &[]).await.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(css, plain);
    }

    #[tokio::test]
    async fn a_browser_that_refuses_brotli_gets_the_plain_file() {
        for refusal in ["gzip", "br;q=0", "identity"] {
            let response = ask(Method::GET, loader(), &[("accept-encoding", refusal)]).await;
            assert_eq!(value(&response, "content-encoding"), None, "{refusal}");
        }
    }

    #[tokio::test]
    async fn a_file_the_browser_has_is_not_sent_again() {
        let first = ask(Method::GET, "/favicon.svg", &[]).await;
        let tag = value(&first, "etag").unwrap().to_owned();
        let again = ask(Method::GET, "/favicon.svg", &[("if-none-match", &tag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let packed = ask(Method::GET, "/favicon.svg", &[("if-none-match", &tag), ("accept-encoding", "br")]).await;
        assert_eq!(packed.status(), StatusCode::OK, "the tag of one coding must not answer for the other");
    }

    #[tokio::test]
    async fn files_with_a_fixed_name_are_asked_for_again_after_an_hour() {
        let response = ask(Method::GET, "/robots.txt", &[]).await;
        assert_eq!(value(&response, "cache-control"), Some("public, max-age=3600"));
    }

    #[tokio::test]
    async fn head_answers_without_a_body() {
        let response = ask(Method::HEAD, stylesheet(), &[]).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert!(response.into_body().collect().await.unwrap().to_bytes().is_empty());
    }

    #[tokio::test]
    async fn an_unknown_file_is_not_found() {
        let response = ask(Method::GET, "/assets/huimin-00000000.css", &[]).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }

    /// Bytes that are sent for a file, by its path or what that begins with.
    fn sent(path: &str) -> usize {
        let file = all().iter().find(|asset| asset.path.starts_with(path));
        file.map_or(0, |asset| asset.brotli.unwrap_or(asset.body).len())
    }

    #[test]
    fn what_keeps_and_sends_an_application_while_it_is_filled_in_is_small() {
        for script in ["/assets/draft-", "/assets/parts-"] {
            let bytes = sent(script);
            assert!((1..=3_000).contains(&bytes), "{bytes} bytes of {script}");
        }
    }

    #[test]
    fn what_finds_the_nearest_place_is_small() {
        // A server that was built without the browser half has only the script.
        let (script, module) = (sent(near_loader()), near().map_or(0, |[near, _]| sent(near)));
        assert!(script > 0 && script + module <= 25_000, "{script} bytes of script, {module} of the module");
    }

    #[test]
    fn every_file_that_is_compressed_is_smaller_for_it() {
        for asset in all() {
            assert!(asset.brotli.is_none_or(|small| small.len() < asset.body.len()), "{}", asset.path);
        }
    }
}
