//! `GET /stations/{id}` and its like: one place, with everything that is known of it and how sure that is.

pub(super) mod access;
mod aged;
mod around;
mod book;
pub(super) mod changes;
pub(super) mod confirmed;
pub(super) mod facts;
pub(super) mod hours;
mod linked_data;
pub mod print;
pub(super) mod services;
mod share;
pub(super) mod way;

pub(super) use self::around::row;

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};
use leptos::prelude::*;
use server::{App, Rejection};
use shared::{
    directory::{Filter, Listing},
    locale::Locale,
    say,
};

use super::{DirectoryPages, Scene, call::call, entry::standing, gone, picture};
use crate::{
    components::{back_link::BackLink, notice::Tone, tag::Tag},
    draw, notices, offline,
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
    let notices = notices::on_listing(&app, listing, app.now()).await?;
    let origin = app.settings().origin();
    let benefits = services::Benefits::read(&app);
    let publishes_wgs84 = app.settings().publish_wgs84;
    Ok(draw::page(&visit, listing.name.say(visit.locale), || {
        let page = PlacePage { scene: &scene, listing, origin: &origin, benefits: &benefits };
        view! {
            {offline::of_when(&visit, scene.now)}
            {notices::draw(&visit, &notices)}
            {page.body()}
            {linked_data::draw(&scene, listing, &origin, publishes_wgs84)}
        }
    }))
}

/// The page of one place.
struct PlacePage<'a> {
    scene: &'a Scene<'a>,
    listing: &'a Listing,
    /// Of the portal.
    origin: &'a str,
    benefits: &'a services::Benefits,
}

impl PlacePage<'_> {
    fn locale(&self) -> Locale {
        self.scene.locale()
    }

    fn body(&self) -> AnyView {
        let (scene, listing, locale) = (self.scene, self.listing, self.locale());
        let said = scene.entry(listing, &Filter::default());
        let (day, clock) = (locale.full_date(scene.now.date()), scene.now.format("%H:%M"));
        let printed = say!(
            locale,
            "{day} {clock} 的情况：“今天”“现在”都是那时候，后来可能有变。",
            "As of {day}, {clock}: “today” and “now” mean that moment, and it may have changed since."
        );
        let (back, plural) = (scene.pages.url(scene.visit, ""), scene.pages.plural.say(locale));
        view! {
            <div class="flow places">
                <BackLink href=back text=plural />
                <h1>{listing.name.say(locale).to_owned()}</h1>
                <p class="paper-only">{printed}</p>
                {confirmed::old(scene, listing)}
                {standing(locale, &said)}
                // Whoever reads that it is closed calls: in large print too, this stays on the first screen of a phone.
                <div class="place-acts">{call(locale, said.name, &said.call)} {book::draw(scene, listing)}</div>
                {aged::phone(scene, listing)}
                {self.tags()}
                {changes::draw(scene, listing)}
                <div class="beside">
                    <div class="column flow">
                        {hours::draw(scene, listing)} {services::draw(self)} {way::draw(scene, listing)}
                        {access::draw(scene, listing)} {facts::draw(scene, listing)}
                    </div>
                    <div class="flow">
                        {around::draw(scene, listing)} {picture::around(scene, listing)} {share::draw(self)}
                    </div>
                </div>
                {confirmed::draw(scene, listing)}
            </div>
        }
        .into_any()
    }

    fn tags(&self) -> Option<AnyView> {
        let locale = self.locale();
        let tier = self.scene.tier(self.listing).map(|tier| view! { <Tag text=capital(tier) /> });
        let demo = self.listing.demo.then(|| {
            view! { <Tag text=locale.say("演示数据，不是真的", "Demo data, not real") tone=Tone::Warning /> }
        });
        (tier.is_some() || demo.is_some()).then(|| view! { <p class="tags">{tier} {demo}</p> }.into_any())
    }
}
