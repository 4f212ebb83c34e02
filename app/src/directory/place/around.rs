//! The place it belongs to, and those that belong to the same or to it.

use leptos::prelude::*;
use shared::{directory::Listing, say};

use super::super::{Scene, streets::named};
use crate::components::chinese::mark_chinese;

/// Most of each that are named; the rest is behind the list of the street.
const MOST: usize = 8;

pub fn draw(scene: &Scene<'_>, listing: &Listing) -> Option<AnyView> {
    let locale = scene.locale();
    let parent = listing.parent.as_ref().and_then(|id| scene.directory.get(id)).filter(|one| scene.is_shown(one));
    let shown = |one: &&Listing| one.id != listing.id && scene.is_shown(one);
    let siblings = listing.parent.as_ref().map(|id| scene.directory.below(id).filter(shown).collect::<Vec<_>>());
    let below: Vec<_> = scene.directory.below(&listing.id).filter(shown).collect();
    // Under the name of what it is: not every place above another is a centre.
    let above = parent.and_then(|one| scene.tier(one)).unwrap_or_else(|| scene.kind().name.say(locale));
    let parent = parent.map(|one| group(scene, say!(locale, "所属的{above}", "It belongs to this {above}"), &[one]));
    let below = group_of(scene, locale.say("下面的站点", "What belongs to it").to_owned(), &below);
    let siblings = siblings.and_then(|all| {
        let title = say!(locale, "同属一个{above}的", "Others of the same {above}");
        group_of(scene, title, &all)
    });
    let all: Vec<_> = parent.into_iter().chain(below).chain(siblings).collect();
    let street = listing.street.as_ref().map(|street| {
        let href = crate::pairs::address(&scene.pages.url(scene.visit, ""), [("street", street.code.as_str())]);
        let name = named(locale, street);
        let all = mark_chinese(locale, &say!(locale, "{name}的全部站点", "All in {name}"));
        view! { <p class="links"><a href=href>{all}</a></p> }
    });
    (!all.is_empty()).then(|| {
        view! {
            <section class="flow off-paper place-around">
                {all.collect_view()}
                {street}
            </section>
        }
        .into_any()
    })
}

fn group_of(scene: &Scene<'_>, title: String, all: &[&Listing]) -> Option<AnyView> {
    (!all.is_empty()).then(|| group(scene, title, all))
}

fn group(scene: &Scene<'_>, title: String, all: &[&Listing]) -> AnyView {
    let rows = all.iter().take(MOST).map(|one| row(scene, one));
    view! {
        <h2>{title}</h2>
        <ul class="days" role="list">{rows.collect_view()}</ul>
    }
    .into_any()
}

/// A place as a row that leads to it.
pub fn row(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    use crate::components::row_link::RowLink;

    let locale = scene.locale();
    let about = scene.state(listing, None).text(locale);
    let href = scene.pages.url(scene.visit, &format!("/{}", listing.id));
    view! { <li><RowLink href=href title=listing.name.say(locale) about=about /></li> }.into_any()
}
