//! `GET /stations/{id}/print`: a sheet for the wall, in large print.

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
    super::{DirectoryPages, Scene, gone},
    hours,
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
    let services = scene.kind().services_of(listing).map(|service| service.name.say(locale));
    let services = services.collect::<Vec<_>>().join(locale.say("、", ", "));
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
            <p>{services}</p>
            {hours::draw(scene, listing)}
            <p class="soft">
                {say!(locale, "{date}打印。时间可能会变，扫二维码看最新的。", "Printed on {date}. Hours may change: scan the code for the latest.")}
            </p>
        </div>
    }
    .into_any()
}
