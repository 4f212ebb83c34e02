//! The page that a service without pages of its own begins at, and the ways into it from the home page.

use axum::{Extension, response::Response};
use leptos::prelude::*;
use server::rejection::Rejection;
use shared::problem::Problem;

use super::service::{BookingPages, ServicePages, Start};
use crate::{
    components::{
        back_link::BackLink,
        button::{LinkButton, Weight},
        notice::Notice,
    },
    draw,
    site::Way,
    visit::Visit,
};

pub async fn show(visit: Visit, Extension(pages): ServicePages) -> Result<Response, Rejection> {
    let start = pages.start.as_ref().ok_or(Problem::NotFound)?;
    Ok(draw::page(&visit, pages.words.name.say(visit.locale), || body(&visit, pages, start)))
}

fn body(visit: &Visit, pages: &BookingPages, start: &Start) -> impl IntoView + use<> {
    let locale = visit.locale;
    let facts = start.facts.iter().map(|fact| view! { <li>{fact.say(locale)}</li> });
    let demo = visit.portal.demo.then(|| {
        let title = locale.say("这是演示", "This is a demonstration");
        let text = locale.say(
            "地点、时间和名额都是虚构的，约了也不会真的办理。",
            "The place, the times and the numbers of places are invented; a booking leads to nothing real.",
        );
        view! { <Notice title=title><p>{text}</p></Notice> }
    });
    view! {
        <div class="column flow">
            <BackLink href=visit.url("/") text=locale.say("首页", "Home") />
            <h1>{pages.words.name.say(locale)}</h1>
            <p class="lead">{start.lead.say(locale)}</p>
            {actions(visit, pages)}
            {demo}
            <h2>{locale.say("先知道这几件事", "Good to know")}</h2>
            <ul>{facts.collect_view()}</ul>
        </div>
    }
}

/// The ways into a service that its tile on the home page leaves out.
pub fn ways(visit: &Visit, pages: &BookingPages) -> Vec<Way> {
    let text = visit.say("查看、改期或取消预约", "See, move or cancel a booking").to_owned();
    vec![Way { sign: None, text, href: visit.url(&pages.path("bookings")) }]
}

fn actions(visit: &Visit, pages: &BookingPages) -> impl IntoView + use<> {
    view! {
        <p class="actions">
            <LinkButton href=visit.url(&pages.path("book")) text=visit.say("选择时间", "Choose a time") />
            <LinkButton
                href=visit.url(&pages.path("bookings"))
                text=visit.say("查看、改期或取消预约", "See, move or cancel a booking")
                weight=Weight::Secondary
            />
        </p>
    }
}
