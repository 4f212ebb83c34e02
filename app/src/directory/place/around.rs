//! The place it belongs to, and those that belong to the same or to it.

use leptos::prelude::*;
use shared::directory::Listing;

use super::super::Scene;

/// Most of each that are named; the rest is behind the list of the street.
const MOST: usize = 8;

pub fn draw(scene: &Scene<'_>, listing: &Listing) -> Option<AnyView> {
    let locale = scene.locale();
    let parent = listing.parent.as_ref().and_then(|id| scene.directory.get(id)).filter(|one| scene.is_shown(one));
    let shown = |one: &&Listing| one.id != listing.id && scene.is_shown(one);
    let siblings = listing.parent.as_ref().map(|id| scene.directory.below(id).filter(shown).collect::<Vec<_>>());
    let below: Vec<_> = scene.directory.below(&listing.id).filter(shown).collect();
    let parent = parent.map(|one| group(scene, locale.say("上级中心", "It belongs to"), &[one]));
    let below = group_of(scene, locale.say("下面的站点", "What belongs to it"), &below);
    let siblings =
        siblings.and_then(|all| group_of(scene, locale.say("同属一个中心的", "Others of the same centre"), &all));
    let all: Vec<_> = parent.into_iter().chain(below).chain(siblings).collect();
    let street = listing.street.as_ref().map(|street| {
        let href = crate::pairs::address(&scene.pages.url(scene.visit, ""), [("street", street.code.as_str())]);
        view! { <p class="links"><a href=href>{street.name.clone()} {locale.say("的全部站点", ": all of them")}</a></p> }
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

fn group_of(scene: &Scene<'_>, title: &'static str, all: &[&Listing]) -> Option<AnyView> {
    (!all.is_empty()).then(|| group(scene, title, all))
}

fn group(scene: &Scene<'_>, title: &'static str, all: &[&Listing]) -> AnyView {
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
