//! `/en` before a path names the language of the answer; it is taken off before routing.

use axum::{
    extract::Request,
    http::{Uri, uri::PathAndQuery},
};
use shared::locale::Locale;

use crate::visit::Spoken;

pub(super) async fn take_prefix<B>(mut request: Request<B>) -> Request<B> {
    let spoken = match without_prefix(request.uri(), Locale::En) {
        Some(uri) => {
            *request.uri_mut() = uri;
            Locale::En
        }
        None => Locale::Zh,
    };
    request.extensions_mut().insert(Spoken(spoken));
    request
}

fn without_prefix(uri: &Uri, locale: Locale) -> Option<Uri> {
    let rest = uri.path_and_query()?.as_str().strip_prefix(locale.prefix())?;
    let rest = match rest.chars().next() {
        Some('/') => rest.to_owned(),
        Some('?') | None => format!("/{rest}"),
        Some(_) => return None,
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(rest.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    async fn taken(uri: &str) -> (String, Locale) {
        let request = Request::builder().uri(uri).body(Body::empty()).unwrap();
        let request = take_prefix(request).await;
        let Spoken(locale) = request.extensions().get().copied().unwrap();
        (request.uri().to_string(), locale)
    }

    #[tokio::test]
    async fn only_a_whole_first_segment_is_a_language() {
        for (asked, path, locale) in [
            ("/en", "/", Locale::En),
            ("/en/", "/", Locale::En),
            ("/en?a=1", "/?a=1", Locale::En),
            ("/en/marriage?month=2026-05", "/marriage?month=2026-05", Locale::En),
            ("/enough", "/enough", Locale::Zh),
            ("/marriage/en", "/marriage/en", Locale::Zh),
            ("/", "/", Locale::Zh),
        ] {
            assert_eq!(taken(asked).await, (path.to_owned(), locale), "{asked}");
        }
    }
}
