//! Choosing the place: where each is, what sets it apart, and its first free time.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{App, appointments::month, error::Error, places::Place};
use shared::appointments::SlotView;

use super::{service::Point, wish::Wish};
use crate::{components::map_link::MapLink, visit::Visit, words};

/// A place and the first time that is free there.
pub(super) struct Candidate {
    point: Point,
    first: Option<SlotView>,
}

/// All places; those that suit come first.
pub(super) async fn load(
    app: &App,
    wish: &Wish,
    points: Vec<Point>,
    now: DateTime<Utc>,
) -> Result<Vec<Candidate>, Error> {
    let mut candidates = Vec::new();
    for point in points {
        // A place that gives out no appointments is listed all the same, with its phone.
        let first = match month::first_free(app, &point.at, now).await {
            Ok(first) => first.first().cloned(),
            Err(Error::Problem(_)) => None,
            Err(error) => return Err(error),
        };
        candidates.push(Candidate { point, first });
    }
    candidates.sort_by_key(|candidate| !wish.suits(&candidate.point));
    Ok(candidates)
}

/// What sets a place apart, where anything does.
pub(super) fn tag(visit: &Visit, wish: &Wish, point: &Point) -> Option<AnyView> {
    let narrowing = wish.pages.places.narrowing.as_ref()?;
    Some(view! { <p>{(narrowing.tag)(visit, point.suits)}</p> }.into_any())
}

pub(super) fn list(visit: &Visit, wish: &Wish, candidates: Vec<Candidate>) -> AnyView {
    let cards = candidates.into_iter().map(|candidate| view! { <li>{card(visit, wish, candidate)}</li> });
    // What people a booking is for is known once it stands.
    let narrowing = wish.pages.places.narrowing.as_ref().filter(|_| wish.moving.is_none());
    let above = narrowing.map(|narrowing| (narrowing.above)(visit, wish));
    view! {
        {above}
        <ul class="offices" role="list">{cards.collect_view()}</ul>
    }
    .into_any()
}

fn card(visit: &Visit, wish: &Wish, Candidate { point, first }: Candidate) -> AnyView {
    let locale = visit.locale;
    let name = point.at.place.name.say(locale).to_owned();
    let open = wish.suits(&point);
    let first = match first {
        Some(slot) => words::moment(locale, slot.starts_at.to_utc()),
        None => locale.say("目前没有", "None at the moment").to_owned(),
    };
    let first = open.then(|| {
        view! { <div><dt>{visit.say("最早可约", "First free time")}</dt><dd>{first}</dd></div> }
    });
    let unsuited = wish.pages.places.narrowing.as_ref().filter(|_| !open).map(|narrowing| narrowing.unsuited);
    let shut = unsuited.map(|text| view! { <p class="soft">{text.say(locale)}</p> });
    let choose = open.then(|| {
        let href = visit.url(&wish.at(&point.at.place.id).path());
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
            {tag(visit, wish, &point)}
            <dl class="pairs">{first} {contact(visit, &point.at.place)}</dl>
            {shut}
            {choose}
        </article>
    }
    .into_any()
}

/// Address, phone and map of a place, as rows of a description list.
pub(super) fn contact(visit: &Visit, place: &Place) -> AnyView {
    let dial = format!("tel:{}", place.phone);
    view! {
        <div>
            <dt>{visit.say("地址", "Address")}</dt>
            <dd>
                {place.address.say(visit.locale).to_owned()} " "
                {map(visit, place)}
            </dd>
        </div>
        <div>
            <dt>{visit.say("电话", "Phone")}</dt>
            <dd><a href=dial>{place.phone.clone()}</a></dd>
        </div>
    }
    .into_any()
}

/// The way to a place on a map; none to an invented one.
pub(super) fn map(visit: &Visit, place: &Place) -> Option<AnyView> {
    let search = format!("{} {}", place.name.zh, place.address.zh);
    (!place.demo).then(|| view! { <MapLink locale=visit.locale place=search /> }.into_any())
}

/// A place's number to press.
pub(super) fn call(place: &Place) -> AnyView {
    view! {
        <a class="nowrap" href=format!("tel:{}", place.phone)>
            {place.phone.clone()}
        </a>
    }
    .into_any()
}
