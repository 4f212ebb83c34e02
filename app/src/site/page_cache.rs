//! A page looks the same to every stranger, so it is drawn and packed once for all who ask within the same second
//! while nothing is written. A public page takes everybody for a stranger.
//!
//! Only answers to browsers that are known by nothing are remembered. Others are drawn for them alone, and left
//! unpacked: the length of a packed page would betray what is in it (BREACH).

use std::{io::Read, sync::Arc};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use server::{
    App,
    app::Moment,
    client::{cookie, cookies, takes_brotli},
    remembered::Remembered,
};
use shared::locale::Locale;

use crate::visit::{ELDER_COOKIE, House, Mode, Visit};

/// What strangers' pages were drawn lately.
pub(super) type Drawn = Remembered<Asked, Response<Bytes>>;

/// Pages remembered at a time; some 20 kB each.
pub(super) const MOST: usize = 100;

/// All that a stranger's page depends on.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    page: String,
    locale: Locale,
    mode: Mode,
    packed: bool,
    moment: Moment,
}

pub(super) async fn cache_anonymous(
    State((app, drawn)): State<(App, Arc<Drawn>)>,
    request: Request,
    next: Next,
) -> Response {
    if request.method() != Method::GET || !is_stranger(request.headers()) {
        return next.run(request).await;
    }
    let visit = Visit::read(request.uri(), request.headers(), request.extensions(), House::default());
    let asked = Asked {
        page: request.uri().to_string(),
        locale: visit.locale,
        mode: visit.mode,
        packed: takes_brotli(request.headers()),
        moment: app.moment(app.now()),
    };
    if let Some(page) = drawn.get(&asked) {
        return page.map(Body::from);
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(mut page) = to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    parts.headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if asked.packed {
        page = pack(&page);
        parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    let page = Response::from_parts(parts, page);
    drawn.put(asked, page.clone());
    page.map(Body::from)
}

/// Takes off what a browser may be known by, so that a page cannot depend on it.
pub(super) async fn unknown(mut request: Request) -> Request {
    if request.method() == Method::GET {
        let headers = request.headers_mut();
        let elder = cookie(headers, ELDER_COOKIE).and_then(|mode| format!("{ELDER_COOKIE}={mode}").parse().ok());
        headers.remove(header::COOKIE);
        headers.extend(elder.map(|elder| (header::COOKIE, elder)));
    }
    request
}

/// Known by no cookie but the reading mode.
fn is_stranger(headers: &HeaderMap) -> bool {
    cookies(headers).all(|(name, _)| name == ELDER_COOKIE)
}

fn pack(page: &[u8]) -> Bytes {
    let mut packed = Vec::with_capacity(page.len() / 3);
    let read = brotli::CompressorReader::new(page, 4096, QUALITY, WINDOW).read_to_end(&mut packed);
    debug_assert!(read.is_ok(), "reading from memory cannot fail");
    packed.into()
}

/// Near the best, at a fraction of its time.
const QUALITY: u32 = 5;
const WINDOW: u32 = 18;

#[cfg(test)]
mod tests {
    use super::*;

    fn stranger(cookies: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(header::COOKIE, cookie.parse().unwrap());
        }
        is_stranger(&headers)
    }

    #[test]
    fn only_the_reading_mode_leaves_a_stranger_a_stranger() {
        assert!(stranger(&[]) && stranger(&[""]) && stranger(&["elder=26"]) && stranger(&["elder=1; elder=2"]));
        for known in [&["session=x"][..], &["elder=26; session=x"], &["elder=26", "keys=y"], &["elders=1"], &["x"]] {
            assert!(!stranger(known), "{known:?}");
        }
    }

    #[test]
    fn a_packed_page_is_the_same_page() {
        let page = "结婚登记预约 ".repeat(1000);
        let packed = pack(page.as_bytes());
        assert!(packed.len() < page.len() / 10);
        let mut read = String::new();
        brotli::Decompressor::new(&packed[..], 4096).read_to_string(&mut read).unwrap();
        assert_eq!(read, page);
    }
}
