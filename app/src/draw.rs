//! From a Leptos view to an HTML answer: the one place where pages are rendered.

use std::sync::{Arc, LazyLock};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use crate::{assets, layout, visit::Visit};

/// Draws a page for residents.
pub fn page<V: IntoView + 'static>(visit: &Visit, title: &str, body: impl FnOnce() -> V) -> Response {
    page_as(visit, StatusCode::OK, title, body)
}

/// Draws a page for residents that answers with another status, such as 422 for a form with errors.
pub fn page_as<V: IntoView + 'static>(
    visit: &Visit,
    status: StatusCode,
    title: &str,
    body: impl FnOnce() -> V,
) -> Response {
    respond(status, rendered(|| layout::resident(visit, title, body().into_any())))
}

/// Draws a sheet of paper: no navigation, nothing to press.
pub fn sheet<V: IntoView + 'static>(visit: &Visit, title: &str, body: impl FnOnce() -> V) -> Response {
    respond(StatusCode::OK, rendered(|| layout::print(visit, title, body().into_any())))
}

/// Forbids every cache to keep this answer: for pages with personal data, and for pages that betray a worry.
pub fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Renders a view as it stands in the page, outside any layout.
pub fn fragment<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

fn rendered<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    let mut html = fragment(view);
    for (mark, script) in SCRIPTS.iter() {
        if html.contains(mark)
            && let Some(end) = html.rfind("</body>")
        {
            html.insert_str(end, script);
        }
    }
    html
}

/// The only scripts there are, each with the mark in a page that calls for it; other pages load none.
static SCRIPTS: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let module = |loader: &str, files: assets::Module| {
        let assets::Module { script, wasm } = files;
        format!(r#"<script type="module" src="{loader}" data-module="{script}" data-wasm="{wasm}"></script>"#)
    };
    let islands = assets::islands().map(|files| module(assets::loader(), files));
    let check = assets::check().map(|files| module(assets::check_loader(), files));
    let replace = assets::all().iter().find(|asset| asset.path.starts_with("/assets/replace-history-"));
    let replace = replace.map(|asset| format!(r#"<script src="{}" defer></script>"#, asset.path));
    [("<leptos-island", islands), (" data-policy", check), (" data-replace", replace)]
        .into_iter()
        .filter_map(|(mark, script)| Some((mark, script?)))
        .collect()
});

fn respond(status: StatusCode, html: String) -> Response {
    // A page depends on cookies, so a shared cache must not keep it; the browser may, for its Back button.
    let headers = [(header::CACHE_CONTROL, "private, no-cache"), (header::VARY, "cookie")];
    (status, headers, Html(html)).into_response()
}
