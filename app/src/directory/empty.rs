//! Nothing fits: what would, and what there is for whoever cannot wait or cannot go.

use leptos::prelude::*;
use shared::{
    directory::{Filter, Found, Listing, When, said::month_day::moment},
    say,
};

use super::{Scene, invented, streets::to};
use crate::{
    components::{chinese::mark_chinese, empty::Empty},
    words::capital,
};

/// Draws it in place of a list.
pub fn empty(scene: &Scene<'_>, filter: &Filter) -> AnyView {
    let locale = scene.locale();
    let title = if filter.is_empty() {
        locale.say("名单还没有录入", "Nothing is listed yet").to_owned()
    } else {
        locale.say("没有完全符合的", "Nothing fits all of this").to_owned()
    };
    let without = without_one(scene, filter);
    let near = (!without.is_empty()).then(|| {
        view! {
            <p>{locale.say("去掉一个条件就有：", "Without one of the conditions there are some:")}</p>
            <ul class="links" role="list">{without}</ul>
        }
    });
    let first = opens_first(scene, filter);
    view! {
        <Empty title=title>{first} {near}</Empty>
        {otherwise(scene, filter)}
    }
    .into_any()
}

/// Of those that are closed now which open first, and the way to all that are open then.
fn opens_first(scene: &Scene<'_>, filter: &Filter) -> Option<AnyView> {
    let locale = scene.locale();
    filter.open_at.filter(|when| *when == When::Now)?;
    let found = scene.find(&Filter { open_at: None, ..filter.clone() });
    let listing = |one: &Found| &scene.listings()[one.index];
    let opens = |one: &&Found| scene.now_at(listing(one), filter.service.as_deref()).next;
    let at = found.iter().filter_map(|one| opens(&one)).min()?;
    let then = Filter { open_at: Some(When::At(at)), ..filter.clone() };
    let count = scene.find(&then).len();
    let clock = moment(locale, at, scene.now);
    let clock = if at.date() == scene.now.date() { say!(locale, "今天 {clock}", "today, {clock}") } else { clock };
    let first = found.iter().filter(|one| opens(one) == Some(at)).take(NAMED).map(|one| {
        let one = listing(one);
        let name = invented::mark_invented(locale, one.times.are_invented(), one.name.say(locale).to_owned());
        view! { <li><a href=scene.way_to(one)>{name}</a></li> }
    });
    let first = first.collect_view();
    let all = (count > NAMED).then(|| {
        let text = say!(locale, "那时候开着的一共 {count} 个", "All {count} that are open then");
        view! { <li><a href=to(scene, &then)>{text}</a></li> }
    });
    Some(
        view! {
            <p>{say!(locale, "现在都关着，{clock} 最先开的有：", "All are closed now. First to open, {clock}:")}</p>
            <ul class="links" role="list">{first} {all}</ul>
        }
        .into_any(),
    )
}

/// Of those that open first so many are named.
const NAMED: usize = 3;

/// What each part of a filter keeps away, where leaving it out gives something.
fn without_one(scene: &Scene<'_>, filter: &Filter) -> Vec<AnyView> {
    let locale = scene.locale();
    let area = Filter { street: None, community: None, ..filter.clone() };
    let all = [
        Filter { q: String::new(), ..filter.clone() },
        Filter { open_at: None, ..filter.clone() },
        Filter { step_free: false, ..filter.clone() },
        Filter { free_of_charge: false, ..filter.clone() },
        Filter { most_yuan: None, ..filter.clone() },
        Filter { service: None, ..filter.clone() },
        Filter { tier: None, ..filter.clone() },
        Filter { community: None, ..filter.clone() },
        area,
    ];
    let mut seen: Vec<Filter> = Vec::new();
    let mut links = Vec::new();
    for other in all {
        let count = if other == *filter || seen.contains(&other) { 0 } else { scene.find(&other).len() };
        if count > 0 {
            let words = super::heading::title(scene, &other);
            let text = say!(locale, "{words}（{count} 个）", "{words} ({count})");
            links.push(view! { <li><a href=to(scene, &other)>{mark_chinese(locale, &text)}</a></li> }.into_any());
            seen.push(other);
        }
    }
    links
}

/// What comes to people's homes, and whom to call.
pub fn otherwise(scene: &Scene<'_>, filter: &Filter) -> AnyView {
    let locale = scene.locale();
    let home = scene.kind().services.iter().filter(|service| service.comes_home).filter_map(|service| {
        let other = Filter { service: Some(service.id.clone()), ..Filter::default() };
        let offers = |one: &&Listing| scene.is_shown(one) && scene.has_now(one, &service.id);
        let count = scene.listings().iter().filter(offers).count();
        let name = capital(service.name.say(locale));
        let text = say!(locale, "{name}：{count} 个能送到、做到家里", "{name}: {count} come to your home");
        let is_other = filter.service.as_ref() != Some(&service.id);
        (count > 0 && is_other).then(|| view! { <li><a href=to(scene, &other)>{text}</a></li> })
    });
    let home: Vec<_> = home.collect();
    let home = (!home.is_empty()).then(|| {
        view! {
            <p>{locale.say("走不开、走不动的，可以请人上门：", "If you cannot go out, somebody can come to you:")}</p>
            <ul class="links" role="list">{home.collect_view()}</ul>
        }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("还可以这样", "What else you can do")}</h2>
            {home}
            <p>
                {locale.say("拿不准去哪里，打电话问：", "Not sure where to go? Ask by phone:")}
            </p>
            <p><a class="button place-call" href="tel:12345"><span>{locale.say("打电话", "Call")}</span> <span class="nowrap">"12345"</span></a></p>
        </section>
    }
    .into_any()
}
