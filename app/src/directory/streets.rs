//! Choosing a street, and within it a community, by pressing: nobody has to type.

use std::collections::BTreeMap;

use leptos::prelude::*;
use server::directory::english;
use shared::{
    directory::{Area, Filter, Listing},
    locale::Locale,
    say,
};

use super::Scene;
use crate::{components::chinese::mark_chinese, pairs::address};

/// Streets, or the communities of the chosen one; nothing where there is no choice.
pub fn choose(scene: &Scene<'_>, filter: &Filter) -> Option<AnyView> {
    let locale = scene.locale();
    let Some(street) = &filter.street else {
        let areas = counted(scene, filter, |listing| listing.street.as_ref());
        return drawn(scene, filter, locale.say("按街道选", "Choose a street"), &areas, |filter, code| Filter {
            street: Some(code),
            community: None,
            ..filter
        });
    };
    let in_street = |listing: &Listing| listing.street.as_ref().is_some_and(|one| one.code == *street);
    let areas = counted(scene, filter, |listing| listing.community.as_ref().filter(|_| in_street(listing)));
    let communities =
        drawn(scene, filter, locale.say("按社区选", "Choose a community"), &areas, |filter, code| Filter {
            community: Some(code),
            ..filter
        })?;
    Some(
        view! { <details class="fold off-paper" open=filter.community.is_some()>
            <summary>{locale.say("按社区选，或者换一个街道", "By community, or another street")}</summary>
            {communities}
            <p class="links"><a href=other_street(scene, filter)>{locale.say("换一个街道", "Another street")}</a></p>
        </details> }
        .into_any(),
    )
}

fn other_street(scene: &Scene<'_>, filter: &Filter) -> String {
    to(scene, &Filter { street: None, community: None, ..filter.clone() })
}

/// What an area is called: on an English page as its list has it where nobody has written down an English name.
pub fn named(locale: Locale, area: &Area) -> &str {
    match locale {
        Locale::Zh => &area.name,
        Locale::En => english::area(&area.code).unwrap_or(&area.name),
    }
}

/// The address of a list.
pub fn to(scene: &Scene<'_>, filter: &Filter) -> String {
    let pairs = filter.pairs();
    address(&scene.pages.url(scene.visit, ""), pairs.iter().map(|(name, value)| (*name, value.as_str())))
}

/// Areas where places lie, each with how many of them fit what else is looked for.
fn counted<'l>(
    scene: &'l Scene<'_>,
    filter: &Filter,
    area: impl Fn(&'l Listing) -> Option<&'l Area>,
) -> BTreeMap<&'l Area, usize> {
    let shown = scene.listings().iter().filter(|listing| scene.is_shown(listing));
    let mut all: BTreeMap<_, _> = shown.filter_map(&area).map(|area| (area, 0)).collect();
    let anywhere = Filter { street: None, community: None, ..filter.clone() };
    for area in scene.find(&anywhere).iter().filter_map(|found| area(&scene.listings()[found.index])) {
        *all.entry(area).or_default() += 1;
    }
    all
}

fn drawn(
    scene: &Scene<'_>,
    filter: &Filter,
    title: &'static str,
    areas: &BTreeMap<&Area, usize>,
    choose: impl Fn(Filter, String) -> Filter,
) -> Option<AnyView> {
    let locale = scene.locale();
    let links = areas.iter().map(|(area, count)| {
        let name = mark_chinese(locale, named(locale, area));
        if *count == 0 {
            // Whoever looks for their own street finds that nothing there fits.
            let none = locale.say("没有", "none");
            return view! {
                <li>
                    <p class="area area-none">
                        <span>{name}</span>
                        " "
                        <span class="area-count">{none}</span>
                    </p>
                </li>
            }
            .into_any();
        }
        let chosen = filter.community.as_ref() == Some(&area.code);
        let href = to(scene, &choose(filter.clone(), area.code.clone()));
        let count = say!(locale, "{count} 个", "{count}");
        view! {
            <li>
                <a class="area" href=href aria-current=chosen.then_some("true")>
                    <span>{name}</span>
                    " "
                    <span class="area-count">{count}</span>
                </a>
            </li>
        }
        .into_any()
    });
    let links = links.collect_view();
    (areas.len() > 1).then(|| {
        view! {
            <nav class="areas off-paper" aria-label=title>
                <p class="label">{title}</p>
                <ul role="list">{links}</ul>
            </nav>
        }
        .into_any()
    })
}
