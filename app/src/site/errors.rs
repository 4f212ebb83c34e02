//! Pages for what went wrong: each says what happened in the problem's own words and what to do next, none says what
//! happened inside.

mod hall;
mod words;

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{StatusCode, header},
    middleware::Next,
    response::Response,
};
use leptos::prelude::*;
use server::{Rejection, rejection::retry_after};
use shared::{counter::Refusal, problem::Problem, staff::Right};

use self::words::{Asked, words};
use super::{Domain, Service};
use crate::{
    components::button::{LinkButton, Weight},
    draw,
    visit::{Area, AtWork, Visit},
};

/// Draws a page in place of every problem of the pages, of the router and of axum's extractors.
pub(super) async fn draw_errors(mut visit: Visit, request: Request, next: Next) -> Response {
    let opening = request.method().is_safe();
    let mut bare = next.run(request).await;
    let rejection = bare.extensions_mut().remove::<Rejection>();
    let Some(rejection) = rejection.or_else(|| undrawn(&bare)) else { return bare };
    visit.at_work = bare.extensions().get::<Arc<AtWork>>().cloned();
    let domain = bare.extensions().get::<&'static Domain>();
    let problem = rejection.problem();
    let service = domain.and_then(|domain| domain.service.as_ref());
    let mut response = page(&visit, bare.status(), (problem, opening), service);
    let headers = response.headers_mut();
    if let Some(allow) = bare.headers_mut().remove(header::ALLOW) {
        headers.insert(header::ALLOW, allow);
    }
    // A session that goes on under a new token goes on, whatever came of the request.
    for cookie in bare.headers().get_all(header::SET_COOKIE) {
        headers.append(header::SET_COOKIE, cookie.clone());
    }
    if let Some(seconds) = retry_after(problem) {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// What an error means that nobody has drawn.
fn undrawn(response: &Response) -> Option<Rejection> {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    plain.then(|| Rejection::bare(response.status())).flatten()
}

/// The page for a problem, with the way back to where the service begins.
fn page(
    visit: &Visit,
    status: StatusCode,
    (problem, opening): (&Problem, bool),
    service: Option<&Service>,
) -> Response {
    if let Some(page) = hall::page(visit, status, (problem, opening)) {
        return draw::no_store(page);
    }
    let staff = visit.area() == Area::Staff;
    let administers = visit.at_work.as_deref().is_some_and(|person| person.rights.contains(&Right::ManageAccounts));
    let words = words(problem, Asked { opening, staff, administers }, visit.locale);
    let fields = match problem {
        Problem::Fields(errors) => errors.messages(visit.locale),
        _ => Vec::new(),
    };
    let (home, to_home) = if staff {
        ("/staff", visit.say("回到我的工作台", "Back to my own work"))
    } else {
        ("/", visit.say("回到首页", "Go to the home page"))
    };
    let body = || {
        let start = service.map(|service| {
            let [zh, en] = service.name;
            view! { <LinkButton href=visit.url(service.start) text=visit.say(zh, en) weight=Weight::Secondary /> }
        });
        // A page about a day that is over leads back to its sheet, which asks for the day in the same words.
        let is_over = staff && matches!(problem.refusal(), Some(Refusal::DayClosed { .. }));
        let day = is_over.then(|| {
            let sheet = format!("/staff/day?{}", visit.query.as_deref().unwrap_or_default());
            view! { <LinkButton href=visit.url(&sheet) text=visit.say("回到这一天的名单", "Back to the sheet of that day") /> }
        });
        // Whoever has only to wait goes back to where they were, and not to the beginning.
        let again = matches!(problem, Problem::RateLimited { .. } | Problem::Busy | Problem::Unavailable).then(|| {
            let text = if opening {
                visit.say("再打开一次", "Open it again")
            } else {
                visit.say("回到刚才那一页，再试一次", "Go back to the page and try again")
            };
            view! { <LinkButton href=visit.here_in(visit.locale) text=text /> }
        });
        // Whatever is opened on a screen in a hall leads to no other page of the portal.
        let home = (visit.area() != Area::Hall).then(|| {
            view! { <LinkButton href=visit.url(home) text=to_home weight=Weight::Secondary /> }
        });
        let fields = (!fields.is_empty()).then(|| {
            let fields = fields.into_iter().map(|field| view! { <li>{field.message}</li> });
            view! { <ul>{fields.collect_view()}</ul> }
        });
        view! {
            <div class="column flow">
                <h1>{words.title.clone()}</h1>
                <p>{words.what}</p>
                {fields}
                {words.next.map(|next| view! { <p>{next}</p> })}
                <p class="actions">
                    {day}
                    {again}
                    {start}
                    {home}
                </p>
            </div>
        }
    };
    let page = match visit.area() {
        Area::Residents => draw::page_as(visit, status, &words.title, body),
        Area::Staff => draw::staff(visit, status, &words.title, body),
        Area::Hall => draw::hall(visit, status, &words.title, body),
    };
    draw::no_store(page)
}
