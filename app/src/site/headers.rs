//! Headers that every answer of the house carries.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use server::App;

/// Adds the security headers; meant as a layer over everything the server answers.
pub async fn secure(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    add(response.headers_mut(), app.settings().production());
    response
}

/// Lets a page ask a phone where it is, which then asks its owner.
pub fn may_ask_where(mut response: Response) -> Response {
    response.headers_mut().insert(PERMISSIONS, WHERE_ALLOWED);
    response
}

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
const NOTHING_ALLOWED: HeaderValue =
    HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()");
const WHERE_ALLOWED: HeaderValue =
    HeaderValue::from_static("camera=(), geolocation=(self), microphone=(), payment=(), usb=()");

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // `no-referrer` would blank the Origin of our own forms.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

fn add(headers: &mut HeaderMap, production: bool) {
    for (name, value) in ALWAYS {
        // What a file of an application says of itself is stricter.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(PERMISSIONS).or_insert(NOTHING_ALLOWED);
    if production {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandbox_of_a_file_that_was_handed_in_stays_and_every_other_answer_has_the_house_s_policy() {
        let mut file = HeaderMap::new();
        file.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox"));
        add(&mut file, false);
        assert_eq!(file["content-security-policy"], "sandbox");
        assert_eq!(file["x-content-type-options"], "nosniff");
        let mut page = HeaderMap::new();
        add(&mut page, false);
        assert_eq!(page["content-security-policy"], CONTENT_SECURITY_POLICY);
    }
}
