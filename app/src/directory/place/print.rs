//! `GET /stations/{id}/print`: a sheet for the wall, in large print. It hangs for long, so it has the usual week and seasons with their
//! ends, what each thing costs, what is closed for longer than a week, and where the latest is read.

mod usual;

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;
use server::{App, Rejection};
use shared::{
    directory::{Listing, said::month_day::short_date},
    say,
};

use super::{
    super::{DirectoryPages, Scene, gone, invented},
    changes, hours, services,
};
use crate::{
    components::{for_printing::ForPrinting, qr::Qr},
    draw, offline,
    visit::Visit,
    words::capital,
};

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(pages): Extension<&'static DirectoryPages>,
    Path(id): Path<String>,
) -> Result<Response, Rejection> {
    let scene = Scene::read(&app, &visit, pages).await?;
    let listing = match gone::there(&scene, &id) {
        Ok(listing) => listing,
        Err(gone) => return Ok(gone::page(&scene, gone)),
    };
    let address = format!("{}{}", app.settings().origin(), pages.url(&visit, &format!("/{id}")));
    Ok(draw::sheet(&visit, listing.name.say(visit.locale), || sheet(&scene, listing, &address)))
}

pub(in crate::directory) fn sheet(scene: &Scene<'_>, listing: &Listing, address: &str) -> AnyView {
    let locale = scene.locale();
    let phone = listing.phone.as_ref().map(|phone| {
        let number = phone.say(locale);
        let demo = listing.demo.then(|| locale.say("（演示，打不通）", " (demo, cannot be called)"));
        view! { <p class="wall-phone">{number} {demo}</p> }
    });
    let date = locale.date(scene.now.date());
    view! {
        {offline::of_when(scene.visit, scene.now)}
        <ForPrinting
            locale=locale
            href=scene.pages.url(scene.visit, &format!("/{}", listing.id))
            back=locale.say("返回这个地点", "Back to the place")
        />
        <div class="wall flow">
            <div class="sheet-head">
                <div>
                    <h1>{listing.name.say(locale).to_owned()}</h1>
                    <p>{scene.tier(listing).map(capital)}</p>
                </div>
                <Qr content=address.to_owned() label=locale.say("最新情况的网址", "Address of the latest state") />
            </div>
            {phone}
            <p class="wall-address">{listing.address.say(locale).to_owned()}</p>
            {changes::lasting(scene, listing)}
            {closes(scene, listing)}
            {offered(scene, listing)}
            {opening(scene, listing)}
            <p class="soft">
                {say!(
                    locale,
                    "{date}打印。节假日和临时的变动不在这里，扫二维码看最新的。",
                    "Printed on {date}. Holidays and what is otherwise for a while are not on it: scan the code for the latest."
                )}
            </p>
        </div>
    }
    .into_any()
}

/// What is offered, each with its price where somebody has said it.
fn offered(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    let locale = scene.locale();
    let is_off = |id: &str| changes::is_lasting_without(scene, listing, id);
    let here = scene.kind().services.iter().filter(|kind| !is_off(&kind.id));
    let here = here.filter_map(|kind| Some((kind, listing.service(&kind.id)?)));
    let all = here.map(|(kind, here)| match (kind.name.say(locale), services::price(locale, here)) {
        (name, Some(price)) => say!(locale, "{name}（{price}）", "{name} ({price})"),
        (name, None) => name.to_owned(),
    });
    let all = capital(&all.collect::<Vec<_>>().join(locale.say("、", ", ")));
    let is_priced = listing.services.iter().any(|here| here.price_fen.is_some_and(|fen| fen > 0));
    let terms = is_priced.then(|| {
        let terms = services::terms(locale);
        view! { <p class="soft">{say!(locale, "价格：{terms}。", "Prices: {terms}.")}</p> }
    });
    view! {
        <p>{all}</p>
        {terms}
    }
    .into_any()
}

/// From when on it is closed for good, where that is known.
fn closes(scene: &Scene<'_>, listing: &Listing) -> Option<AnyView> {
    let (locale, closed) = (scene.locale(), listing.closed.as_ref()?);
    let (day, reason) = (short_date(locale, closed.on, scene.now.date()), closed.reason.say(locale));
    let said = say!(locale, "{day}起不再开放。{reason}", "It closes for good on {day}. {reason}");
    Some(view! { <p>{said}</p> }.into_any())
}

/// The usual week, the place's and that of each service with hours of its own; where no rule says one, as the page has it.
fn opening(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    let locale = scene.locale();
    if listing.times.rules().is_empty() {
        return hours::draw(scene, listing);
    }
    let own = scene.with_own_hours(listing).map(|service| {
        view! {
            <h2>{hours::title_of(locale, service)}</h2>
            {usual::draw(scene, listing, Some(&service.id))}
        }
    });
    view! {
        <h2>{locale.say("什么时候开", "Opening hours")}</h2>
        {invented::tag_line(locale, listing.times.are_invented())}
        {usual::draw(scene, listing, None)}
        {own.collect_view()}
    }
    .into_any()
}
