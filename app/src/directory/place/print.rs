//! `GET /stations/{id}/print`: a sheet for the wall, in large print. It hangs for long, so it names the days of the week and no
//! dates, what each thing costs, and where the latest is read.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;
use server::{App, Rejection};
use shared::{
    calendar::DayKind,
    directory::{Listing, said::month_day::short_date},
    locale::Locale,
    say,
};

use super::{
    super::{DirectoryPages, Scene, gone},
    hours, services,
};
use crate::{components::qr::Qr, draw, offline, visit::Visit};

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

fn sheet(scene: &Scene<'_>, listing: &Listing, address: &str) -> AnyView {
    let (locale, today) = (scene.locale(), scene.now.date());
    let phone = listing.phone.as_ref().map(|phone| {
        let number = phone.say(locale);
        let demo = listing.demo.then(|| locale.say("（演示，打不通）", " (demo, cannot be called)"));
        view! { <p class="wall-phone">{number} {demo}</p> }
    });
    let date = short_date(locale, today, today);
    view! {
        {offline::of_when(scene.visit, scene.now)}
        <div class="wall flow">
            <div class="sheet-head">
                <div>
                    <h1>{listing.name.say(locale).to_owned()}</h1>
                    <p>{scene.tier(listing)}</p>
                </div>
                <Qr content=address.to_owned() label=locale.say("最新情况的网址", "Address of the latest state") />
            </div>
            {phone}
            <p class="wall-address">{listing.address.say(locale).to_owned()}</p>
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
    let here = scene.kind().services.iter().filter_map(|kind| Some((kind, listing.service(&kind.id)?)));
    let all = here.map(|(kind, here)| match (kind.name.say(locale), services::price(locale, here)) {
        (name, Some(price)) => say!(locale, "{name}（{price}）", "{name} ({price})"),
        (name, None) => name.to_owned(),
    });
    let all = all.collect::<Vec<_>>().join(locale.say("、", ", "));
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

/// The usual week, the place's and that of each service with hours of its own; where no rule says one, as the page has it.
fn opening(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    let locale = scene.locale();
    if listing.times.rules().is_empty() {
        return hours::draw(scene, listing);
    }
    let own = scene
        .kind()
        .services
        .iter()
        .filter(|service| listing.service(&service.id).is_some() && listing.times.has_own(&service.id));
    let own = own.map(|service| {
        view! {
            <h2>{say!(locale, "{}的时间", "Hours of {}", service.name.say(locale))}</h2>
            {week(scene, listing, Some(&service.id))}
        }
    });
    view! {
        <h2>{locale.say("什么时候开", "Opening hours")}</h2>
        {week(scene, listing, None)}
        {own.collect_view()}
    }
    .into_any()
}

/// Days of the week that follow each other and are alike stand in one row.
fn week(scene: &Scene<'_>, listing: &Listing, service: Option<&str>) -> AnyView {
    let locale = scene.locale();
    let all = (0..7_u32).map(|day| {
        let hours = listing.times.day(usual(scene, listing, day), service, scene.calendar);
        (day as usize, hours::said(locale, &hours))
    });
    let all: Vec<(usize, String)> = all.collect();
    let rows = all.chunk_by(|(_, one), (_, other)| one == other).map(|alike| {
        let names = locale.weekdays();
        let (first, last) = (names[alike[0].0], names[alike[alike.len() - 1].0]);
        let days = if first == last { first.to_owned() } else { through(locale, first, last) };
        view! { <tr><th scope="row">{days}</th><td>{alike[0].1.clone()}</td></tr> }
    });
    view! { <table class="week"><tbody>{rows.collect_view()}</tbody></table> }.into_any()
}

fn through(locale: Locale, first: &str, last: &str) -> String {
    say!(locale, "{first}至{last}", "{first} to {last}")
}

/// Days ahead among which an ordinary one is looked for.
const AHEAD: usize = 70;

/// The next such day of the week that is no holiday, is not made up for one, and has nothing otherwise for a while.
fn usual(scene: &Scene<'_>, listing: &Listing, day: u32) -> NaiveDate {
    let today = scene.now.date();
    let same = || today.iter_days().take(AHEAD).filter(|date| date.weekday().num_days_from_monday() == day);
    let is_usual = |date: &NaiveDate| {
        let is_ordinary = matches!(scene.calendar.day(*date).kind, DayKind::Workday | DayKind::Weekend);
        let mut changes = listing.times.ahead(scene.now);
        is_ordinary && !changes.any(|change| change.from.date() <= *date && *date <= change.to.date())
    };
    same().find(is_usual).or_else(|| same().next()).unwrap_or(today)
}
