//! `GET /`: what can be done here, and where to begin.

use axum::{Extension, extract::State, response::Response};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{App, rejection::Rejection};

use crate::{
    appointments::first_free::{self, first_anywhere},
    components::{
        icon::{Drawing, Icon},
        sign::SignDrawing,
    },
    directory, draw, notices,
    site::{Offered, Service, Way},
    visit::Visit,
};

/// A service, and its first free time where it takes appointments.
struct OnOffer {
    service: &'static Service,
    first: Option<DateTime<Utc>>,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(Offered(services)): Extension<Offered>,
) -> Result<Response, Rejection> {
    let now = app.now();
    let mut offers = Vec::new();
    for service in services.iter().copied() {
        let first = match service.booking {
            Some(pages) => first_anywhere(&app, pages, now).await?,
            None => None,
        };
        offers.push(OnOffer { service, first });
    }
    let places = directory::ways_to_others(&app, &visit).await?;
    let notices = notices::on_home(&app, now).await?;
    let title = visit.say("民政服务", "Civil affairs services");
    Ok(draw::page(&visit, title, || {
        view! {
            {notices::draw(&visit, &notices)}
            {body(&visit, &offers, places, now)}
        }
    }))
}

fn body(visit: &Visit, offers: &[OnOffer], places: Vec<Way>, now: DateTime<Utc>) -> impl IntoView + use<> {
    let tiles = offers.iter().map(|offer| view! { <li>{tile(visit, offer, now)}</li> }).collect_view();
    // What may have happened comes first: it is what most people look for who have no errand yet.
    let mut ways_in: Vec<_> = offers.iter().map(|offer| (offer.service, (offer.service.tile.more)(visit))).collect();
    ways_in.sort_by_key(|(_, ways)| !has_signs(ways));
    let of_services =
        ways_in.into_iter().map(|(service, ways)| more(service.tile.more_title.say(visit.locale), ways)).collect_view();
    let places = (!places.is_empty()).then(|| more(visit.say("还可以找", "More places"), places));
    view! {
        <div class="welcome bleed">
            <div class="column">
                <h1>{visit.say("您想办什么事？", "What would you like to do?")}</h1>
                <p>{visit.say("不用注册，不用下载，打开就能办。", "No account and nothing to install.")}</p>
            </div>
        </div>
        <ul class="tiles" role="list">{tiles}</ul>
        <div class="beside home-below">
            <div class="column flow">{of_services} {places}</div>
            {(!visit.mode.is_elder()).then(|| ways(visit))}
        </div>
    }
}

fn tile(visit: &Visit, OnOffer { service, first }: &OnOffer, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let [zh, en] = service.name;
    let live = first.map(|first| first_free::line(visit, first, now));
    let class = if service.tile.warm { "tile tile-warm" } else { "tile" };
    view! {
        <div class=class>
            <SignDrawing sign=service.tile.sign />
            <div class="tile-body">
                <h2 class="card-title">
                    <a href=visit.url(service.start)>{locale.say(zh, en)}</a>
                </h2>
                <p class="tile-what">{service.tile.what.say(locale)}</p>
                {live}
            </div>
            <Drawing icon=Icon::Forward />
        </div>
    }
    .into_any()
}

/// The ways into a service past its first page: tiles where each has a drawing, lines where none has.
fn more(title: &'static str, ways: Vec<Way>) -> AnyView {
    let class = if has_signs(&ways) { "events" } else { "links" };
    let ways = ways.into_iter().map(|Way { sign, text, href }| {
        let drawing = sign.map(|sign| view! { <SignDrawing sign=sign /> });
        view! { <li><a href=href>{drawing}{text}</a></li> }
    });
    view! {
        <section class="flow">
            <h2>{title}</h2>
            <ul class=class role="list">{ways.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn has_signs(ways: &[Way]) -> bool {
    ways.iter().any(|way| way.sign.is_some())
}

fn ways(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <aside class="aside flow">
            <h2>{visit.say("想要大字", "Larger text")}</h2>
            <p>
                {visit.say(
                    "点页面上方的“长者版”，每一页都会变成大字。",
                    "Press “Large text” at the top; it stays on for every page.",
                )}
            </p>
            <h2>{visit.say("不太会用网？", "Need help using this site?")}</h2>
            <p>
                {visit.say("请家人帮您一起办，或者拨打 ", "Ask a family member to help you, or call ")}
                <a class="nowrap" href="tel:12345">"12345"</a>
                {visit.say(" 咨询。", ".")}
            </p>
        </aside>
    }
}
