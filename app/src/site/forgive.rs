//! Addresses that a person could mean: a stop or bracket copied with a link, a slash too many, a language written
//! otherwise. Where nothing lies at such an address, it leads to the one that was meant.

use axum::{
    extract::Request,
    http::{StatusCode, Uri},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

/// Leads to the address that was meant, where there is no page at the one that was asked for.
pub(super) async fn redirect(request: Request, next: Next) -> Response {
    let meant = request.method().is_safe().then(|| meant(request.uri())).flatten();
    let response = next.run(request).await;
    match meant {
        Some(meant) if response.status() == StatusCode::NOT_FOUND => Redirect::temporary(&meant).into_response(),
        _ => response,
    }
}

/// The address that was meant; nothing where it is the one that was asked for.
fn meant(uri: &Uri) -> Option<String> {
    let path = in_our_language(without_trailing(uri.path()));
    // Two slashes at its start would lead to another host.
    let path = format!("/{}", path.trim_start_matches('/'));
    // Browsers read a slash the other way round as one, and then its start would be two again.
    if path == uri.path() || !uri.path().starts_with('/') || path.contains('\\') {
        return None;
    }
    Some(uri.query().map_or(path.clone(), |query| format!("{path}?{query}")))
}

/// What stands behind a link in a sentence, as a browser writes it into an address.
const BEHIND: [&str; 33] = [
    "/",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    ")",
    "]",
    "}",
    ">",
    "\"",
    "'",
    "%20",
    "%22",
    "%3E",
    "%5D",
    "%7D",
    "%C2%A0",
    "%E3%80%80",
    "%E3%80%81",
    "%E3%80%82",
    "%E3%80%8B",
    "%E3%80%8D",
    "%E3%80%91",
    "%E2%80%99",
    "%E2%80%9D",
    "%EF%BC%81",
    "%EF%BC%89",
    "%EF%BC%8C",
    "%EF%BC%9A",
    "%EF%BC%9B",
    "%EF%BC%9F",
];

fn without_trailing(mut path: &str) -> &str {
    while let Some(rest) = BEHIND.iter().find_map(|behind| strip_suffix_ignoring_case(path, behind)) {
        path = rest;
    }
    path
}

fn strip_suffix_ignoring_case<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(suffix.len())?;
    let end = text.get(at..)?;
    end.eq_ignore_ascii_case(suffix).then(|| &text[..at])
}

/// `/zh/marriage` and `/EN/Marriage` as this portal writes them; what stands deeper may be a key, whose capitals count.
fn in_our_language(path: &str) -> String {
    let (first, rest) = first_segment(path);
    match first.as_str() {
        "zh" | "cn" | "zh-cn" | "zh_cn" | "zh-hans" => service(rest),
        "en" | "en-us" | "en-gb" | "english" => format!("/en{}", service(rest)),
        _ => service(path),
    }
}

fn service(path: &str) -> String {
    let (first, rest) = first_segment(path);
    if first.is_empty() { rest.to_owned() } else { format!("/{first}{rest}") }
}

/// The first segment in small letters, and all behind it with its slash.
fn first_segment(path: &str) -> (String, &str) {
    let path = path.trim_start_matches('/');
    let end = path.find('/').unwrap_or(path.len());
    (path[..end].to_ascii_lowercase(), &path[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_copied_link_is_taken_off() {
        for (asked, expected) in [
            ("/m/K7MP4CRT9WXC-aB%E3%80%82", Some("/m/K7MP4CRT9WXC-aB")),
            ("/m/K7MP4CRT9WXC-aB%ef%bc%89%e3%80%82", Some("/m/K7MP4CRT9WXC-aB")),
            ("/en/m/K7MP4CRT9WXC-aB).", Some("/en/m/K7MP4CRT9WXC-aB")),
            ("/marriage/", Some("/marriage")),
            ("/marriage/book/?month=2026-05", Some("/marriage/book?month=2026-05")),
            ("/zh-CN/marriage", Some("/marriage")),
            ("/zh", Some("/")),
            ("/EN/Marriage", Some("/en/marriage")),
            ("/marriage/bookings/K7MP4CRT9WXA", None),
            ("//evil.example/", Some("/evil.example")),
            ("/zh/\\evil.example/", None),
            ("*", None),
            ("/marriage", None),
            ("/m/K7MP4CRT9WXC-aB", None),
            ("/", None),
        ] {
            assert_eq!(meant(&asked.parse().unwrap()).as_deref(), expected, "{asked}");
        }
    }
}
