//! The page that a service without pages of its own begins at, and the ways into it from the home page.

use axum::{Extension, extract::State, response::Response};
use leptos::prelude::*;
use server::{
    App,
    appointments::point::{self, ServicePoint},
    rejection::Rejection,
};
use shared::problem::Problem;

use super::{
    first_free::{self, first_anywhere},
    places::contact,
    service::{BookingPages, ServicePages, Start},
};
use crate::{
    components::{
        back_link::BackLink,
        button::{LinkButton, Weight},
        notice::Notice,
    },
    draw, notices,
    site::Way,
    visit::Visit,
};

pub async fn show(State(app): State<App>, visit: Visit, Extension(pages): ServicePages) -> Result<Response, Rejection> {
    let start = pages.start.as_ref().ok_or(Problem::NotFound)?;
    let now = app.now();
    let first = first_anywhere(&app, pages, now).await?;
    let points = point::shown(&app, &pages.bookable.service, now).await?;
    let notices = notices::on_service(&app, pages.root, now).await?;
    Ok(draw::page(&visit, pages.words.name.say(visit.locale), || {
        let first = first.map(|first| first_free::line(&visit, first, now));
        view! {
            {notices::draw(&visit, &notices)}
            {body(&visit, pages, start, (first, places(&visit, pages, &points)))}
        }
    }))
}

/// Where it is, each place with its address and phone.
fn places(visit: &Visit, pages: &BookingPages, points: &[ServicePoint]) -> AnyView {
    let places = points.iter().map(|point| {
        view! {
            <dl class="pairs">
                <div>
                    <dt>{pages.place_label(visit.locale)}</dt>
                    <dd>{point.place.name.say(visit.locale).to_owned()}</dd>
                </div>
                {contact(visit, &point.place)}
            </dl>
        }
    });
    view! {
        <h2>{visit.say("在哪里办", "Where to come")}</h2>
        {places.collect_view()}
    }
    .into_any()
}

fn body(
    visit: &Visit,
    pages: &BookingPages,
    start: &Start,
    (first, places): (Option<AnyView>, AnyView),
) -> impl IntoView + use<> {
    let locale = visit.locale;
    let facts = start.facts.iter().map(|fact| view! { <li>{fact.say(locale)}</li> });
    let demo = visit.portal.demo.then(|| {
        let title = locale.say("这是演示", "This is a demonstration");
        let text = locale.say(
            "地点、时间和名额都是虚构的，约了也不会真的办理。",
            "The place, times and availability are invented. No booking made here is real.",
        );
        view! { <Notice title=title><p>{text}</p></Notice> }
    });
    view! {
        <div class="column flow">
            <BackLink href=visit.url("/") text=locale.say("首页", "Home") />
            <h1>{pages.words.name.say(locale)}</h1>
            <p class="lead">{start.lead.say(locale)}</p>
            {first}
            {actions(visit, pages)}
            {demo}
            <h2>{locale.say("先知道这几件事", "Good to know")}</h2>
            <ul>{facts.collect_view()}</ul>
            {places}
        </div>
    }
}

/// The ways into a service that its tile on the home page leaves out.
pub fn ways(visit: &Visit, pages: &BookingPages) -> Vec<Way> {
    let text = visit.say("查看、改期或取消预约", "View, move or cancel a booking").to_owned();
    vec![Way { sign: None, text, href: visit.url(&pages.path("bookings")) }]
}

fn actions(visit: &Visit, pages: &BookingPages) -> impl IntoView + use<> {
    view! {
        <p class="actions">
            <LinkButton href=visit.url(&pages.path("book")) text=visit.say("选择时间", "Choose a time") />
            <LinkButton
                href=visit.url(&pages.path("bookings"))
                text=visit.say("查看、改期或取消预约", "View, move or cancel a booking")
                weight=Weight::Secondary
            />
        </p>
    }
}
