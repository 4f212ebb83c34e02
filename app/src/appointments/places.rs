//! Choosing the place: where each is, what sets it apart, its first free time, and what it has on a wished day.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        month,
        open_hours::{self, OpenHours},
        point::{self, ServicePoint},
    },
    error::Error,
    places::Place,
};
use shared::{
    appointments::{BookingRule, DayView, SlotView},
    directory::Dial,
    locale::Locale,
    places::PlaceId,
    say,
};

use super::{
    by_date,
    moving::{Moving, first_times_of},
    reasons,
    service::BookingPages,
    wish::Wish,
};
use crate::{
    components::{map_link::MapLink, summary::Row},
    directory::invented,
    visit::Visit,
    words,
};

/// A place of a service that can be chosen.
#[derive(Clone)]
pub struct ChoosablePlace {
    pub point: ServicePoint,
    /// Whether it serves everybody, and not only those whom no wish narrows.
    pub serves_all: bool,
}

impl ChoosablePlace {
    pub fn id(&self) -> &PlaceId {
        &self.point.place.id
    }

    /// Whether it suits a wish, narrowed or not.
    pub fn suits(&self, narrowed: bool) -> bool {
        self.serves_all || !narrowed
    }
}

/// All places of a service, in the order of their region's list.
pub(super) async fn choices(app: &App, pages: &BookingPages) -> Result<Vec<ChoosablePlace>, Error> {
    let points = point::shown(app, &pages.bookable.service, app.now()).await?;
    let serving_all = match &pages.places.narrowing {
        Some(narrowing) => Some((narrowing.places)(app).await?),
        None => None,
    };
    let choice = |point: &ServicePoint| ChoosablePlace {
        serves_all: serving_all.as_ref().is_none_or(|places| places.contains(&point.place.id)),
        point: point.clone(),
    };
    Ok(points.iter().map(choice).collect())
}

/// Whether a place serves those whom a wish narrows as well.
pub(super) async fn serves_all(app: &App, pages: &BookingPages, id: &PlaceId) -> Result<bool, Error> {
    match &pages.places.narrowing {
        Some(narrowing) => Ok((narrowing.places)(app).await?.contains(id)),
        None => Ok(true),
    }
}

/// A place, the first time that is free there, and its days.
pub(super) struct Candidate {
    pub(super) choice: ChoosablePlace,
    first: Option<SlotView>,
    /// The days that can be booked there.
    pub(super) days: Arc<[DayView]>,
    /// The day that is wished for.
    pub(super) wished: Option<DayView>,
    rule: Option<BookingRule>,
    /// When it serves people.
    hours: Arc<OpenHours>,
}

/// The places with their first times; those that suit come first, and among them those with time on the wished day.
pub(super) async fn load(
    app: &App,
    choices: Vec<ChoosablePlace>,
    wish: &Wish,
    moving: Option<&Moving>,
    now: DateTime<Utc>,
) -> Result<Vec<Candidate>, Error> {
    let mut candidates = Vec::new();
    for choice in choices {
        // A place that gives out no appointments is listed all the same, with its phone.
        candidates.push(match candidate(app, &choice, wish, moving, now).await {
            Ok(candidate) => candidate,
            Err(Error::Problem(_)) => {
                Candidate { choice, first: None, days: Arc::default(), wished: None, rule: None, hours: Arc::default() }
            }
            Err(error) => return Err(error),
        });
    }
    candidates.sort_by_key(|candidate| {
        let shut = candidate.wished.as_ref().is_some_and(|day| by_date::free(day).is_none());
        (!candidate.choice.suits(wish.narrowed), shut)
    });
    Ok(candidates)
}

async fn candidate(
    app: &App,
    choice: &ChoosablePlace,
    wish: &Wish,
    moving: Option<&Moving>,
    now: DateTime<Utc>,
) -> Result<Candidate, Error> {
    let point = &choice.point;
    let rule = point.rule(now)?;
    let first = first_times_of(app, choice, rule, moving, now).await?.first().cloned();
    let days = if by_date::is_asked(wish) {
        month::days(app, point, (rule.first_day(now), rule.last_day(now)), now).await?
    } else {
        Arc::default()
    };
    let wished = match wish.date.filter(|_| by_date::is_asked(wish)) {
        Some(date) => month::days(app, point, (date, date), now).await?.first().cloned(),
        None => None,
    };
    let hours = open_hours::of(app, point, now).await?;
    Ok(Candidate { choice: choice.clone(), first, days, wished, rule: Some(rule.clone()), hours })
}

pub(super) fn list(visit: &Visit, wish: &Wish, candidates: Vec<Candidate>, now: DateTime<Utc>) -> AnyView {
    let search = by_date::is_asked(wish).then(|| by_date::draw(visit, wish, &candidates, now));
    let cards = candidates.into_iter().map(|candidate| view! { <li>{card(visit, wish, candidate, now)}</li> });
    // What people a booking is for is known once it stands.
    let narrowing = wish.pages.places.narrowing.as_ref().filter(|_| wish.moving.is_none());
    let above = narrowing.map(|narrowing| (narrowing.above)(visit, wish.narrowed));
    view! {
        {above}
        {search}
        <ul class="offices" role="list">{cards.collect_view()}</ul>
    }
    .into_any()
}

fn card(visit: &Visit, wish: &Wish, candidate: Candidate, now: DateTime<Utc>) -> AnyView {
    let Candidate { choice, first, wished, rule, hours, .. } = candidate;
    let locale = visit.locale;
    let place = &choice.point.place;
    let name = place.name.say(locale).to_owned();
    let open = choice.suits(wish.narrowed);
    let first = match first {
        Some(slot) => words::moment(locale, slot.starts_at.to_utc()),
        None => locale.say("目前没有", "None at the moment").to_owned(),
    };
    let wished = wished.filter(|_| open).zip(rule);
    let free = wished.as_ref().is_some_and(|(day, _)| by_date::free(day).is_some());
    let wished = wished.map(|(day, rule)| {
        let left = by_date::free(&day).map(|(_, left)| by_date::places_left(visit, left));
        let left = left.map(|left| view! { <strong>{left}</strong> });
        let why = reasons::of_day(locale, wish.pages, (&rule, now), place, &day).map(|[title, _]| title);
        let state = (left, why);
        view! { <div><dt>{locale.full_date(day.date)}</dt><dd>{state}</dd></div> }
    });
    // Where the wished day can be had, nobody needs another.
    let first = (open && !free).then(|| {
        view! { <div><dt>{visit.say("最早可约", "First free time")}</dt><dd>{first}</dd></div> }
    });
    let hours = super::open_hours::line(locale, &hours);
    let hours = hours.map(|line| {
        let tag = invented::tag(locale, choice.point.demo);
        view! { <div><dt>{visit.say("办理时间", "Hours")}</dt><dd>{line} " " {tag}</dd></div> }
    });
    let unsuited = wish.pages.places.narrowing.as_ref().map(|narrowing| narrowing.unsuited.say(locale));
    let shut = unsuited.filter(|_| !open).map(|unsuited| view! { <p class="soft">{unsuited}</p> });
    let choose = open.then(|| {
        let anchor = if wish.date.is_some() { "#day" } else { "" };
        let href = format!("{}{anchor}", visit.url(&wish.at(&place.id).path()));
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
            {tag(visit, wish.pages, &choice)}
            <dl class="pairs">{wished} {first} {hours} {contact(visit, place)}</dl>
            {shut}
            {choose}
        </article>
    }
    .into_any()
}

/// What sets a place apart, where some places do not serve everybody.
pub(super) fn tag(visit: &Visit, pages: &BookingPages, place: &ChoosablePlace) -> Option<AnyView> {
    let narrowing = pages.places.narrowing.as_ref()?;
    Some(view! { <p>{(narrowing.tag)(visit, place.serves_all)}</p> }.into_any())
}

/// Address, phone and map of a place, as rows of a description list.
pub(super) fn contact(visit: &Visit, place: &Place) -> AnyView {
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
            <dd>{call(visit.locale, place)}</dd>
        </div>
        {place.directions.as_ref().map(|directions| {
            view! {
                <div>
                    <dt>{visit.say("怎么走", "How to get there")}</dt>
                    <dd>{directions.say(visit.locale).to_owned()}</dd>
                </div>
            }
        })}
    }
    .into_any()
}

/// The way to a place on a map; none to an invented one.
pub(super) fn map(visit: &Visit, place: &Place) -> Option<AnyView> {
    let (name, address) = (place.name.zh.clone(), place.address.zh.clone());
    (!place.demo).then(|| view! { <MapLink locale=visit.locale name=name address=address /> }.into_any())
}

/// A place's number to press; only words where nobody would answer.
pub fn call(locale: Locale, place: &Place) -> AnyView {
    let (said, tel) = number(locale, place);
    match tel {
        Some(tel) => view! { <a class="nowrap" href=tel>{said}</a> }.into_any(),
        None => view! { <span>{said}</span> }.into_any(),
    }
}

/// The same as a row of a summary.
pub fn phone_row(locale: Locale, key: impl Into<String>, place: &Place) -> Row {
    let (said, href) = number(locale, place);
    Row { href, ..Row::new(key, said) }
}

/// As it is read out, and the address that dials it: what is invented has none.
pub fn number(locale: Locale, place: &Place) -> (String, Option<String>) {
    let dial = Dial::parse(&place.phone).ok();
    let said = dial.as_ref().map_or_else(|| place.phone.clone(), |dial| dial.say(locale));
    if place.demo {
        return (say!(locale, "{said}（演示，打不通）", "{said} (demo, cannot be called)"), None);
    }
    (said, dial.and_then(|dial| dial.tel()).map(|digits| format!("tel:{digits}")))
}
