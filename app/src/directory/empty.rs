//! Nothing fits: what would, and what there is for whoever cannot wait or cannot go.

use leptos::prelude::*;
use shared::{
    directory::{Filter, Listing},
    say,
};

use super::{Scene, streets::to};
use crate::components::empty::Empty;

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
    view! {
        <Empty title=title>{near}</Empty>
        {otherwise(scene, filter)}
    }
    .into_any()
}

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
            links.push(view! { <li><a href=to(scene, &other)>{text}</a></li> }.into_any());
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
        let name = service.name.say(locale);
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
