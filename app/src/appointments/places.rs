//! Choosing the place: where each is, what sets it apart, and its first free time.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{month, registry::Registry},
    error::Error,
};
use shared::appointments::SlotView;

use super::wish::Wish;
use crate::{components::map_link::MapLink, visit::Visit, words};

/// A place and the first time that is free there.
pub(super) struct Candidate {
    point: Registry,
    first: Option<SlotView>,
}

/// All places; those that suit come first.
pub(super) async fn load(app: &App, wish: &Wish, now: DateTime<Utc>) -> Result<Vec<Candidate>, Error> {
    let mut candidates = Vec::new();
    for point in app.registries().await?.iter() {
        // A place that gives out no appointments is listed all the same, with its phone.
        let first = match month::first_free(app, point, wish.pages.service, now).await {
            Ok(first) => first.first().cloned(),
            Err(Error::Problem(_)) => None,
            Err(error) => return Err(error),
        };
        candidates.push(Candidate { point: point.clone(), first });
    }
    candidates.sort_by_key(|candidate| !suits(&candidate.point, wish));
    Ok(candidates)
}

fn suits(point: &Registry, wish: &Wish) -> bool {
    (wish.pages.places.suits)(point, wish.narrowed)
}

pub(super) fn list(visit: &Visit, wish: &Wish, candidates: Vec<Candidate>) -> AnyView {
    let cards = candidates.into_iter().map(|candidate| view! { <li>{card(visit, wish, candidate)}</li> });
    // What people a booking is for is known once it stands.
    let above = wish.moving.is_none().then(|| (wish.pages.places.above)(visit, wish));
    view! {
        {above}
        <ul class="offices" role="list">{cards.collect_view()}</ul>
    }
    .into_any()
}

fn card(visit: &Visit, wish: &Wish, Candidate { point, first }: Candidate) -> AnyView {
    let locale = visit.locale;
    let name = point.name.say(locale).to_owned();
    let open = suits(&point, wish);
    let first = match first {
        Some(slot) => words::moment(locale, slot.starts_at.to_utc()),
        None => locale.say("目前没有", "None at the moment").to_owned(),
    };
    let first = open.then(|| {
        view! { <div><dt>{visit.say("最早可约", "First free time")}</dt><dd>{first}</dd></div> }
    });
    let shut = (!open).then(|| view! { <p class="soft">{wish.pages.words.unsuited.say(locale)}</p> });
    let choose = open.then(|| {
        let href = visit.url(&wish.at(&point.id).path());
        view! {
            <p class="office-choose">
                <a class="button button-secondary" href=href>
                    {visit.say("选择这里", "Choose this one")}
                    <span class="hidden-visually">{format!(" {name}")}</span>
                </a>
            </p>
        }
    });
    view! {
        <article class="office">
            <h2>{name.clone()}</h2>
            {(wish.pages.places.tags)(visit, &point).map(|tags| view! { <p>{tags}</p> })}
            <dl class="pairs">{first} {contact(visit, &point)}</dl>
            {shut}
            {choose}
        </article>
    }
    .into_any()
}

/// Address, phone and map of a place, as rows of a description list.
pub(super) fn contact(visit: &Visit, point: &Registry) -> AnyView {
    let dial = format!("tel:{}", point.phone);
    view! {
        <div>
            <dt>{visit.say("地址", "Address")}</dt>
            <dd>
                {point.address.say(visit.locale).to_owned()} " "
                {map(visit, point)}
            </dd>
        </div>
        <div>
            <dt>{visit.say("电话", "Phone")}</dt>
            <dd><a href=dial>{point.phone.clone()}</a></dd>
        </div>
    }
    .into_any()
}

/// The way to a place on a map; none to an invented one, whose address says what it is.
pub(super) fn map(visit: &Visit, point: &Registry) -> Option<AnyView> {
    let invented = point.demo && point.address.zh.contains("虚构");
    let place = format!("{} {}", point.name.zh, point.address.zh);
    (!invented).then(|| view! { <MapLink locale=visit.locale place=place /> }.into_any())
}

/// A place's number to press.
pub(super) fn call(point: &Registry) -> AnyView {
    view! {
        <a class="nowrap" href=format!("tel:{}", point.phone)>
            {point.phone.clone()}
        </a>
    }
    .into_any()
}
