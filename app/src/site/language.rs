//! `/en` before a path names the language of the answer; it is taken off before routing.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{Uri, uri::PathAndQuery},
};
use shared::locale::Locale;

use crate::visit::{PortalFacts, Visit};

/// Reads the visit, for everything below.
pub(super) async fn arrive(State(portal): State<Arc<PortalFacts>>, mut request: Request) -> Request {
    let locale = take_prefix(&mut request);
    let visit = Visit::read(locale, request.uri(), request.headers(), portal);
    request.extensions_mut().insert(visit);
    request
}

fn take_prefix<B>(request: &mut axum::http::Request<B>) -> Locale {
    if let Some(uri) = of_this_house(request.uri()) {
        *request.uri_mut() = uri;
    }
    match without_prefix(request.uri(), Locale::En) {
        Some(uri) => {
            *request.uri_mut() = uri;
            Locale::En
        }
        None => Locale::Zh,
    }
}

/// Two slashes at the start would make a link to another host of what is repeated on the page.
fn of_this_house(uri: &Uri) -> Option<Uri> {
    let (prefix, rest) = match uri.path_and_query()?.as_str() {
        whole if whole.starts_with("//") => ("", whole),
        whole => (Locale::En.prefix(), whole.strip_prefix(Locale::En.prefix()).filter(|rest| rest.starts_with("//"))?),
    };
    at(uri, &format!("{prefix}/{}", rest.trim_start_matches('/')))
}

fn without_prefix(uri: &Uri, locale: Locale) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(locale.prefix())?;
    let rest = match rest.chars().next() {
        Some('/') => rest.to_owned(),
        Some('?') | None => format!("/{rest}"),
        Some(_) => return None,
    };
    at(uri, &rest)
}

fn at(uri: &Uri, path_and_query: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path_and_query.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(uri: &str) -> (String, Locale) {
        let mut request = axum::http::Request::builder().uri(uri).body(()).unwrap();
        let locale = take_prefix(&mut request);
        (request.uri().to_string(), locale)
    }

    #[test]
    fn only_a_whole_first_segment_is_a_language() {
        for (asked, path, locale) in [
            ("/en", "/", Locale::En),
            ("/en/", "/", Locale::En),
            ("/en?a=1", "/?a=1", Locale::En),
            ("/en/marriage?month=2026-05", "/marriage?month=2026-05", Locale::En),
            ("/enough", "/enough", Locale::Zh),
            ("/marriage/en", "/marriage/en", Locale::Zh),
            ("/", "/", Locale::Zh),
            ("//evil.example/x", "/evil.example/x", Locale::Zh),
            ("/en//evil.example/x?a=//b", "/evil.example/x?a=//b", Locale::En),
            ("/en///", "/", Locale::En),
        ] {
            assert_eq!(taken(asked), (path.to_owned(), locale), "{asked}");
        }
    }
}
