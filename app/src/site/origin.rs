//! A form is only taken from a page of this portal: the guard against forged requests.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use server::Office;

/// Answers 403 to a state-changing request that another site made a browser send.
///
/// Browsers say where a request comes from in `Sec-Fetch-Site` or `Origin`; what says neither is no
/// browser, carries no cookie that was not given to it, and is let through.
pub(super) async fn refuse_foreign(State(office): State<Office>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let settings = office.settings();
    let own = settings.public_url.as_ref().map(|_| settings.origin());
    if safe || from_here(request.headers(), own.as_deref()) {
        return next.run(request).await;
    }
    StatusCode::FORBIDDEN.into_response()
}

/// Whether the headers name this portal, or nobody, as the origin; without a configured origin it is the host asked.
fn from_here(headers: &HeaderMap, own: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => true,
        Some(_) => false,
        None => match text(header::ORIGIN.as_str()) {
            None => true,
            Some(origin) => match own {
                Some(own) => origin == own,
                None => origin.split_once("://").map(|(_, host)| host) == text(header::HOST.as_str()),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(headers: &[(&'static str, &'static str)], own: Option<&str>) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        from_here(&headers.collect(), own)
    }

    #[test]
    fn a_form_of_this_portal_is_taken() {
        let own = Some("https://huimin.example");
        assert!(allowed(&[("sec-fetch-site", "same-origin")], own));
        assert!(allowed(&[("origin", "https://huimin.example")], own));
        assert!(allowed(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")], None));
        assert!(allowed(&[], own));
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let own = Some("https://huimin.example");
        for headers in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site"), ("origin", "https://huimin.example")],
            &[("origin", "https://evil.example")],
            &[("origin", "https://huimin.example.evil.example")],
            &[("origin", "http://huimin.example")],
            &[("origin", "null")],
            &[("origin", "")],
        ] {
            assert!(!allowed(headers, own), "{headers:?}");
        }
        assert!(!allowed(&[("origin", "null"), ("host", "127.0.0.1:3000")], None));
        assert!(!allowed(&[("origin", "http://evil.example"), ("host", "127.0.0.1:3000")], None));
    }
}
