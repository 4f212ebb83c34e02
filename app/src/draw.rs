//! From a Leptos view to an HTML answer: the one place where pages are rendered.

mod scripts;
mod whole;
mod whose;

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;

pub use scripts::{Script, needs};
pub use whose::{DRAWN_FOR, DRAWN_ON};

use self::scripts::Needed;
use crate::{
    assets,
    layout::{self, Content},
    visit::Visit,
};

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
    respond(status, rendered(body, |content| layout::resident(visit, title, None, content)))
}

/// [`page_as`] around a form that is being filled in: whatever switch of language or reading mode is pressed sends
/// this form, so that nothing typed is lost ([`layout::Switch::read`]).
pub fn page_of_form<V: IntoView + 'static>(
    visit: &Visit,
    status: StatusCode,
    title: &str,
    form: &'static str,
    body: impl FnOnce() -> V,
) -> Response {
    respond(status, rendered(body, |content| layout::resident(visit, title, Some(form), content)))
}

/// Draws a page for staff.
pub fn staff<V: IntoView + 'static>(
    visit: &Visit,
    status: StatusCode,
    title: &str,
    body: impl FnOnce() -> V,
) -> Response {
    let is_signed_in = visit.at_work.is_some();
    let body = || {
        if is_signed_in {
            needs(Script::AtWork);
        }
        body()
    };
    let html = rendered(body, |content| layout::staff(visit, title, content));
    let html = match visit.at_work.as_deref() {
        Some(person) => whose::said(&html, (person.mark.as_str(), person.today)),
        None => html,
    };
    respond(status, html)
}

/// Draws a screen of an office.
pub fn hall<V: IntoView + 'static>(
    visit: &Visit,
    status: StatusCode,
    title: &str,
    body: impl FnOnce() -> V,
) -> Response {
    respond(status, rendered(body, |content| layout::hall(visit, title, content)))
}

/// Draws a sheet of paper: no navigation, nothing to press.
pub fn sheet<V: IntoView + 'static>(visit: &Visit, title: &str, body: impl FnOnce() -> V) -> Response {
    respond(StatusCode::OK, rendered(body, |content| layout::print(visit, title, content)))
}

/// The same for those who work here, who need nobody's number for questions.
pub fn sheet_of_staff<V: IntoView + 'static>(visit: &Visit, title: &str, body: impl FnOnce() -> V) -> Response {
    respond(StatusCode::OK, rendered(body, |content| layout::print_for_staff(visit, title, content)))
}

/// Forbids every cache to keep this answer: for pages with personal data, and for pages that betray a worry.
pub fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A file for the visitor to keep.
pub fn attachment(kind: &'static str, name: &str, file: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, file).into_response()
}

/// An entry for the visitor's own calendar.
pub fn calendar_entry(name: &str, file: String) -> Response {
    attachment("text/calendar; charset=utf-8", name, file)
}

/// Renders a view as it stands in the page, outside any layout.
pub fn fragment<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

/// Draws the body, then the paper around it, with the scripts that the body turned out to need.
fn rendered<V: IntoView + 'static, L: IntoView + 'static>(
    body: impl FnOnce() -> V,
    paper: impl FnOnce(Content) -> L,
) -> String {
    let html = fragment(|| {
        let needed = Needed::listen();
        let body = body().into_any();
        paper(Content { body, scripts: needed.drawn() })
    });
    debug_assert!(
        !html.contains("<leptos-island") || html.contains("data-wasm") || assets::islands().is_none(),
        "an island needs its script"
    );
    whole::held_together(&html)
}

fn respond(status: StatusCode, html: String) -> Response {
    // A page depends on cookies, so a shared cache must not keep it; the browser may, for its Back button.
    let headers = [(header::CACHE_CONTROL, "private, no-cache"), (header::VARY, "cookie")];
    (status, headers, Html(html)).into_response()
}
