//! One place in a list: its name, where it is, whether it is open, what it offers, and its phone.

use leptos::prelude::*;
use shared::{
    directory::{Filter, Listing},
    say,
};

use super::{Scene, call::call, month_day::moment, state, sure};

/// How many services are named before the rest is only counted.
const SERVICES: usize = 6;

/// Draws one, as it stands for what is looked for.
pub fn entry(scene: &Scene<'_>, listing: &Listing, filter: &Filter) -> AnyView {
    let locale = scene.locale();
    let href = scene.pages.url(scene.visit, &format!("/{}", listing.id));
    view! {
        <li class="place">
            <h3 class="place-name"><a href=href>{listing.name.say(locale).to_owned()}</a></h3>
            <p class="place-where">{where_is(scene, listing)}</p>
            {standing(scene, listing, filter)}
            {offers(scene, listing)}
            {call(locale, listing)}
        </li>
    }
    .into_any()
}

/// Its community and address.
pub fn where_is(scene: &Scene<'_>, listing: &Listing) -> String {
    let (locale, address) = (scene.locale(), listing.address.say(scene.locale()));
    match &listing.community {
        Some(community) if !address.contains(&community.name) => {
            let community = &community.name;
            say!(locale, "{community} · {address}", "{address} · {community}")
        }
        _ => address.to_owned(),
    }
}

/// Whether it is open, and how sure that is: the service that is looked for where it keeps hours of its own, and at the time
/// that is looked for.
pub fn standing(scene: &Scene<'_>, listing: &Listing, filter: &Filter) -> AnyView {
    let locale = scene.locale();
    let service = filter.service.as_deref().filter(|service| listing.times.has_own(service));
    let at = filter.open_at.map_or(scene.now, |when| when.instant(scene.now));
    let now = listing.now(at, service, scene.calendar);
    let name = service.and_then(|id| scene.kind().service(id)).map(|service| service.name.say(locale).to_owned());
    let time = (at != scene.now).then(|| moment(locale, at, scene.now));
    let of: Vec<String> = name.into_iter().chain(time).collect();
    let of = of.join(locale.say("，", ", "));
    let of = (!of.is_empty()).then(|| view! { <span class="place-of">{say!(locale, "{of}：", "{of}: ")}</span> });
    let state = state::say(locale, scene.pages.open, &now, at).draw(locale);
    let sure = sure::hours(scene, listing, &now).map(|sure| {
        let class = if sure.weak { "place-sure place-unsure" } else { "place-sure" };
        view! { <span class=class>{sure.text}</span> }
    });
    view! { <p class="place-now">{of} {state} " " {sure}</p> }.into_any()
}

fn offers(scene: &Scene<'_>, listing: &Listing) -> Option<AnyView> {
    let locale = scene.locale();
    let names: Vec<&str> = named(scene, listing).collect();
    let (first, more) = names.split_at(names.len().min(SERVICES));
    let mut text = first.join(locale.say("、", ", "));
    if !more.is_empty() {
        text += &say!(
            locale,
            " 等 {} 项",
            " and {} more",
            if locale == shared::locale::Locale::Zh { names.len() } else { more.len() }
        );
    }
    (!text.is_empty()).then(|| view! { <p class="place-what">{text}</p> }.into_any())
}

/// The names of its services, in the order of the kind.
pub fn named<'l>(scene: &'l Scene<'_>, listing: &'l Listing) -> impl Iterator<Item = &'l str> {
    let here = scene.kind().services.iter().filter(|service| listing.service(&service.id).is_some());
    here.map(|service| service.name.say(scene.locale()))
}
