//! Choosing the day before the place: what each place has on a day, and the nearest day where none has anything.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use shared::{calendar::shanghai_date, say};

pub(super) use super::instead::{free, places_left};
use super::{instead::to_day, places::Candidate, wish::Wish};
use crate::{
    components::{
        button::{Button, Weight},
        notice::Notice,
    },
    visit::Visit,
};

/// Id of the list of days.
const DAY: &str = "wished-day";

/// Whether the day may be chosen first: a booking that moves begins at its own place.
pub(super) fn is_asked(wish: &Wish) -> bool {
    wish.moving.is_none()
}

/// The list of days on which some place has free times, and what to do where none has any on the wished one.
pub(super) fn draw(visit: &Visit, wish: &Wish, candidates: &[Candidate], now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let suiting = candidates.iter().filter(|candidate| candidate.choice.suits(wish.narrowed));
    let days = added_up(suiting.flat_map(|candidate| candidate.days.iter().filter_map(free)));
    let none = wish.date.filter(|date| !days.contains_key(date)).map(|date| nowhere(visit, wish, &days, date, now));
    if days.is_empty() {
        return none.into_any();
    }
    let today = shanghai_date(now);
    let options = days.iter().map(|(day, left)| {
        let text = format!("{}{}{}", locale.near_day(*day, today), locale.say("，", ", "), places_left(visit, *left));
        view! { <option value=day.to_string() selected=wish.date == Some(*day)>{text}</option> }
    });
    let narrowed = wish.pages.narrowed_by().filter(|_| wish.narrowed);
    let narrowed = narrowed.map(|name| view! { <input type="hidden" name=name value="1" /> });
    view! {
        <form class="by-date" method="get" action=visit.url(&wish.pages.path("book"))>
            <label class="label" for=DAY>{locale.say("想哪天办？", "Which day suits you?")}</label>
            <div class="by-date-choice">
                <select class="input" id=DAY name="date">
                    <option value="">{locale.say("哪天都可以", "Any day")}</option>
                    {options.collect_view()}
                </select>
                {narrowed}
                <Button text=locale.say("看这一天", "Show this day") weight=Weight::Secondary />
            </div>
        </form>
        {none}
    }
    .into_any()
}

/// Nobody has anything on that day: the next one on which somebody has, or else the last one before.
fn nowhere(
    visit: &Visit,
    wish: &Wish,
    days: &BTreeMap<NaiveDate, u32>,
    date: NaiveDate,
    now: DateTime<Utc>,
) -> AnyView {
    let (locale, place) = (visit.locale, wish.pages.words.place.say(visit.locale));
    let day = locale.full_date(date);
    let title = say!(locale, "{day}，没有{place}能约", "No {place} has a free time on {day}");
    let nearest = days.range(date..).next().or_else(|| days.range(..date).next_back());
    let nearest = nearest.map(|(day, left)| {
        view! {
            <ul class="days" role="list">
                <li>{to_day(visit, &wish.on(*day), (*day, *left), now)}</li>
            </ul>
        }
    });
    let text = nearest.is_some().then(|| locale.say("最近能约的日子：", "The nearest day with free times:"));
    view! {
        <Notice title=title>{text.map(|text| view! { <p>{text}</p> })}</Notice>
        {nearest}
    }
    .into_any()
}

/// What is left on each day, over all places.
fn added_up(free: impl Iterator<Item = (NaiveDate, u32)>) -> BTreeMap<NaiveDate, u32> {
    free.fold(BTreeMap::new(), |mut days, (day, left)| {
        *days.entry(day).or_default() += left;
        days
    })
}
