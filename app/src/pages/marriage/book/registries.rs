//! Choosing the registry: where each is, what it may register, and its first free time.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{month, registry::Registry},
    error::Error,
};
use shared::appointments::{Service, SlotView};

use super::wish::Wish;
use crate::{
    components::{
        map_link::MapLink,
        notice::{Notice, Tone},
        tag::Tag,
    },
    visit::Visit,
    words,
};

/// A registry and the first time that is free there.
pub(in crate::pages::marriage) struct Choice {
    registry: Registry,
    first: Option<SlotView>,
}

/// All registries; for a couple from outside the mainland those that may register them come first.
pub(in crate::pages::marriage) async fn load(app: &App, wish: &Wish, now: DateTime<Utc>) -> Result<Vec<Choice>, Error> {
    let mut choices = Vec::new();
    for registry in app.registries().await?.iter() {
        // A registry that gives out no appointments is listed all the same, with its phone.
        let first = match month::first_free(app, registry, Service::MarriageRegistration, now).await {
            Ok(first) => first.first().cloned(),
            Err(Error::Problem(_)) => None,
            Err(error) => return Err(error),
        };
        choices.push(Choice { registry: registry.clone(), first });
    }
    choices.sort_by_key(|choice| !may_register(&choice.registry, wish));
    Ok(choices)
}

pub(in crate::pages::marriage) fn may_register(registry: &Registry, wish: &Wish) -> bool {
    registry.foreign_related || !wish.foreign
}

pub(in crate::pages::marriage) fn list(visit: &Visit, wish: &Wish, choices: Vec<Choice>) -> AnyView {
    let cards = choices.into_iter().map(|choice| view! { <li>{card(visit, wish, choice)}</li> });
    view! {
        {couple(visit, wish)}
        <ul class="registries" role="list">{cards.collect_view()}</ul>
    }
    .into_any()
}

/// Which couples the list is for, and the way to the other list.
fn couple(visit: &Visit, wish: &Wish) -> AnyView {
    // The couple of a booking is known.
    if wish.moving.is_some() {
        return ().into_any();
    }
    if !wish.foreign {
        let other = Wish { foreign: true, ..wish.anywhere() };
        return view! {
            <p>
                {visit.say("双方都是内地居民的，下面哪个都可以。", "Two mainland residents may go to any of these.")}
            </p>
            <p class="way-on">
                <a href=visit.url(&other.path())>
                    {visit.say(
                        "有一方是港澳台居民、华侨或外国人",
                        "One of us is from Hong Kong, Macao or Taiwan, an overseas Chinese or a foreigner",
                    )}
                </a>
            </p>
        }
        .into_any();
    }
    let locale = visit.locale;
    let title = locale.say(
        "有一方不是内地居民：要到有这项权限的登记处",
        "One of you is not a mainland resident: only some registries may register you",
    );
    let both = visit.url("/marriage/book");
    view! {
        <Notice title=title>
            <p>
                <a href=both>{locale.say("我们双方都是内地居民", "We are both mainland residents")}</a>
            </p>
        </Notice>
    }
    .into_any()
}

fn card(visit: &Visit, wish: &Wish, Choice { registry, first }: Choice) -> AnyView {
    let locale = visit.locale;
    let name = registry.name.say(locale).to_owned();
    let open = may_register(&registry, wish);
    let first = match first {
        Some(slot) => words::moment(locale, slot.starts_at.to_utc()),
        None => locale.say("目前没有", "None at the moment").to_owned(),
    };
    let first = open.then(|| {
        view! { <div><dt>{visit.say("最早可约", "First free time")}</dt><dd>{first}</dd></div> }
    });
    let shut = (!open).then(|| {
        view! { <p class="soft">{visit.say("这里不能为您二位登记。", "It cannot register the two of you.")}</p> }
    });
    let choose = open.then(|| {
        let href = visit.url(&wish.at(&registry.id).path());
        view! {
            <p class="registry-choose">
                <a class="button button-secondary" href=href>
                    {visit.say("选择这里", "Choose this one")}
                    <span class="hidden-visually">{format!(" {name}")}</span>
                </a>
            </p>
        }
    });
    view! {
        <article class="registry">
            <h2>{name.clone()}</h2>
            <p>{authority(visit, &registry)}</p>
            <dl class="pairs">{first} {contact(visit, &registry)}</dl>
            {shut}
            {choose}
        </article>
    }
    .into_any()
}

/// Address, phone and map of a registry, as rows of a description list.
pub(super) fn contact(visit: &Visit, registry: &Registry) -> AnyView {
    let dial = format!("tel:{}", registry.phone);
    view! {
        <div>
            <dt>{visit.say("地址", "Address")}</dt>
            <dd>
                {registry.address.say(visit.locale).to_owned()} " "
                {map(visit, registry)}
            </dd>
        </div>
        <div>
            <dt>{visit.say("电话", "Phone")}</dt>
            <dd><a href=dial>{registry.phone.clone()}</a></dd>
        </div>
    }
    .into_any()
}

/// The way to a registry on a map; none to an invented one, whose address says what it is.
pub(in crate::pages::marriage) fn map(visit: &Visit, registry: &Registry) -> Option<AnyView> {
    let invented = registry.demo && registry.address.zh.contains("虚构");
    let place = format!("{} {}", registry.name.zh, registry.address.zh);
    (!invented).then(|| view! { <MapLink locale=visit.locale place=place /> }.into_any())
}

/// What a registry may register (婚姻登记条例, Order 804, Art 2).
pub(super) fn authority(visit: &Visit, registry: &Registry) -> AnyView {
    let (text, tone) = if registry.foreign_related {
        (visit.say("也办涉外、涉港澳台、华侨登记", "Foreign-related couples too"), Tone::Success)
    } else {
        (visit.say("只办双方是内地居民的登记", "Mainland couples only"), Tone::Info)
    };
    view! { <Tag text=text tone=tone /> }.into_any()
}
