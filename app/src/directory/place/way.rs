//! Where it is and how to get there; maps open only when they are pressed, and it is said what leaves the phone then.

use leptos::prelude::*;
use shared::{
    directory::{Area, Listing, Section, map_link::Map, said::sure},
    locale::Locale,
    say,
};

use super::{
    super::{Scene, entry::sure_class, streets::named},
    confirmed,
};
use crate::components::chinese::mark_chinese;

pub fn draw(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    let locale = scene.locale();
    let mut areas: Vec<&Area> = [&listing.street, &listing.community].into_iter().flatten().collect();
    if locale == Locale::En {
        areas.reverse();
    }
    let areas = areas.iter().map(|area| named(locale, area)).collect::<Vec<_>>().join(locale.say(" ", ", "));
    let directions = listing.directions.as_ref().map(|way| view! { <p>{way.say(locale).to_owned()}</p> });
    let sure = sure(locale, listing.confirmed_on(Section::Location), scene.kind().ages, scene.now.date());
    let class = sure_class(&sure);
    view! {
        <section class="flow">
            <h2>{locale.say("怎么去", "How to get there")}</h2>
            <p class="place-address">{listing.address.say(locale).to_owned()}</p>
            <p class="soft">{mark_chinese(locale, &areas)}</p>
            {directions}
            {maps(scene, listing)}
            <p class=class>{sure.said.text(locale)}</p>
            {confirmed::only_read(scene, listing, Section::Location)}
        </section>
    }
    .into_any()
}

fn maps(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    let locale = scene.locale();
    if listing.demo {
        let text = locale.say("这是演示地址，地图上没有。", "This address is invented, so no map shows it.");
        return view! { <p class="soft">{text}</p> }.into_any();
    }
    let links = Map::ALL.iter().filter_map(|map| {
        let (href, name) = (map.link(listing)?, map.name(locale));
        let text = say!(locale, "用{name}看", "See it in {name}");
        Some(view! { <li><a href=href rel="noreferrer">{text}</a></li> })
    });
    let links: Vec<_> = links.collect();
    if links.is_empty() {
        return ().into_any();
    }
    // Nobody knows the position of some places, and then no map is told it.
    let told = if listing.spot.is_some() {
        locale.say("名称、地址和位置", "name, address and position")
    } else {
        locale.say("名称和地址", "name and address")
    };
    view! {
        <ul class="links off-paper" role="list">{links.collect_view()}</ul>
        <p class="soft off-paper">
            {say!(
                locale,
                "点了才会打开地图。本站只把这个地点的{told}告诉它，不告诉它您是谁、在哪里。和打开别的网站一样，它能看到您上网的地址（IP）；\
                 地图自己收集什么，看它的规则。",
                "The map opens only when you press. We tell it the {told} of this place, and nothing of you. Like any site that you \
                 open, it sees the network address you come from (IP); what the map collects by itself is in its own rules.",
            )}
        </p>
    }
    .into_any()
}
