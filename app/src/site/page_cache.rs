//! A page looks the same to every stranger, so it is drawn and packed once for all who ask within the same second
//! while its domain writes nothing. Whoever asks while it is being drawn waits for that drawing.
//!
//! Only answers to browsers that are known by nothing are remembered. Others are drawn for them alone, and left
//! unpacked: the length of a packed page would betray what is in it (BREACH).

use std::{io::Read, sync::Arc};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use moka::{
    future::Cache,
    ops::compute::{CompResult, Op},
};
use server::{
    App,
    client::{cookies, takes_brotli},
    generation::Generation,
    stamped::Stamp,
};
use shared::locale::Locale;

use super::Domain;
use crate::{
    cookies::ELDER,
    visit::{Mode, Visit},
};

/// The pages lately drawn for strangers; cheap to clone.
#[derive(Clone)]
pub(super) struct PageCache {
    app: App,
    pages: Cache<PageAsked, Arc<Drawn>>,
}

/// The cache as the pages of one domain use it.
#[derive(Clone)]
pub(super) struct DomainCache {
    cache: PageCache,
    generations: Arc<[Generation]>,
}

/// Bytes of pages remembered at a time; a packed page is some 6 kB, a plain one 20.
const MOST: u64 = 4 * 1024 * 1024;

/// All that a stranger's page depends on, except the moment.
#[derive(PartialEq, Eq, Hash)]
struct PageAsked {
    page: String,
    locale: Locale,
    mode: Mode,
    packed: bool,
}

/// A page, and the moment that it shows.
struct Drawn {
    stamp: Stamp,
    page: Response<Bytes>,
}

impl PageCache {
    pub fn new(app: &App) -> Self {
        let pages = Cache::builder().max_capacity(MOST).weigher(weight);
        Self { app: app.clone(), pages: pages.build() }
    }

    pub fn of(&self, domain: &Domain) -> DomainCache {
        let generations = domain.changes_with.iter().map(|name| self.app.generation(name)).collect();
        DomainCache { cache: self.clone(), generations }
    }
}

impl DomainCache {
    fn stamp(&self) -> Stamp {
        // Each only grows, so their sum stays the same only if they do.
        let generation = self.generations.iter().map(Generation::now).sum();
        Stamp { second: self.cache.app.now().timestamp(), generation }
    }
}

impl Drawn {
    fn respond(&self) -> Response {
        self.page.clone().map(Body::from)
    }
}

/// Answers a stranger with the page as it was drawn for another.
pub(super) async fn cache_anonymous(State(domain): State<DomainCache>, request: Request, next: Next) -> Response {
    let asked = (request.method() == Method::GET).then(|| asked(&request)).flatten();
    let Some(asked) = asked else { return next.run(request).await };
    let pages = &domain.cache.pages;
    if let Some(drawn) = pages.get(&asked).await
        && drawn.stamp == domain.stamp()
    {
        return drawn.respond();
    }
    let packed = asked.packed;
    let drawing = pages.entry(asked).and_try_compute_with(async |known| {
        // Read before the page is drawn, so that a write meanwhile makes it old.
        let stamp = domain.stamp();
        if known.is_some_and(|known| known.value().stamp == stamp) {
            return Ok(Op::Nop);
        }
        draw(request, next, packed).await.map(|page| Op::Put(Arc::new(Drawn { stamp, page })))
    });
    match drawing.await {
        Ok(
            CompResult::Inserted(drawn)
            | CompResult::ReplacedWith(drawn)
            | CompResult::Unchanged(drawn)
            | CompResult::Removed(drawn),
        ) => drawn.value().respond(),
        Ok(CompResult::StillNone(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Err(unfit) => unfit.map(Body::from),
    }
}

/// What a stranger asks for; nothing where the browser is known.
fn asked(request: &Request) -> Option<PageAsked> {
    let visit = request.extensions().get::<Visit>()?;
    is_stranger(request.headers(), visit.portal.production).then(|| PageAsked {
        page: request.uri().to_string(),
        locale: visit.locale,
        mode: visit.mode,
        packed: takes_brotli(request.headers()),
    })
}

/// Draws a page for strangers.
///
/// # Errors
/// The answer itself, where it is none to remember.
async fn draw(request: Request, next: Next, packed: bool) -> Result<Response<Bytes>, Response<Bytes>> {
    let (mut parts, body) = next.run(request).await.into_parts();
    let Ok(page) = to_bytes(body, usize::MAX).await else {
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        return Err(Response::from_parts(parts, Bytes::new()));
    };
    if parts.status != StatusCode::OK {
        return Err(Response::from_parts(parts, page));
    }
    parts.headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !packed {
        return Ok(Response::from_parts(parts, page));
    }
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    Ok(Response::from_parts(parts, pack(&page)))
}

fn weight(asked: &PageAsked, drawn: &Arc<Drawn>) -> u32 {
    /// Its headers, and what the cache keeps beside it.
    const BESIDE: usize = 1024;
    u32::try_from(asked.page.len() + drawn.page.body().len() + BESIDE).unwrap_or(u32::MAX)
}

/// Known by no cookie but the reading mode.
fn is_stranger(headers: &HeaderMap, production: bool) -> bool {
    cookies(headers).all(|(name, _)| name == ELDER.under(production))
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
        is_stranger(&headers, false)
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
