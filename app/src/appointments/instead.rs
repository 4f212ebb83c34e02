//! What is nearest to a day that cannot be had: another day at the same place, and the same day elsewhere.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::{App, appointments::month, error::Error, places::Place};
use shared::{
    appointments::{BookingRule, DayAvailability, DayView},
    say,
};

use super::{
    places::{self, ChoosablePlace},
    wish::Wish,
};
use crate::{components::row_link::RowLink, visit::Visit};

pub(super) struct Instead {
    /// The next day with free times at this place, or else the last one before, and how many are left.
    here: Option<(NaiveDate, u32)>,
    /// The places that have free times on that day.
    elsewhere: Vec<(Place, u32)>,
}

/// Looks for what could be had instead of `date` at a place, but not before `from`.
pub(super) async fn load(
    app: &App,
    (place, rule): (&ChoosablePlace, &BookingRule),
    wish: &Wish,
    (date, from): (NaiveDate, Option<NaiveDate>),
    now: DateTime<Utc>,
) -> Result<Instead, Error> {
    let open = (rule.first_day(now), rule.last_day(now));
    let days = month::days(app, &place.point, open, now).await?;
    let here = nearest(&days[days.partition_point(|day| from.is_some_and(|from| day.date < from))..], date);
    let mut elsewhere = Vec::new();
    let others = places::choices(app, wish.pages).await?;
    for other in others.into_iter().filter(|other| other.id() != place.id() && other.suits(wish.narrowed)) {
        let days = match month::days(app, &other.point, (date, date), now).await {
            Ok(days) => days,
            // A place that gives out no appointments has none on that day either.
            Err(Error::Problem(_)) => continue,
            Err(error) => return Err(error),
        };
        elsewhere.extend(days.first().and_then(free).map(|(_, left)| (other.point.place, left)));
    }
    Ok(Instead { here, elsewhere })
}

/// The first day after `date` with something free, or else the last one before.
pub(super) fn nearest(days: &[DayView], date: NaiveDate) -> Option<(NaiveDate, u32)> {
    let mut after = days.iter().filter(|day| day.date > date).filter_map(free);
    let before = days.iter().rev().filter(|day| day.date < date).filter_map(free);
    after.next().or_else(|| before.into_iter().next())
}

/// A day with free times, and how many places are left in them.
pub(super) fn free(day: &DayView) -> Option<(NaiveDate, u32)> {
    match day.availability {
        DayAvailability::Free { remaining } => Some((day.date, remaining)),
        _ => None,
    }
}

/// Below the reason why a day cannot be had.
pub(super) fn draw(visit: &Visit, wish: &Wish, instead: &Instead, date: NaiveDate, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let place = wish.pages.words.place.say(locale);
    let here = instead.here.map(|(day, left)| {
        let title = if day > date {
            locale.say("这里下一个能约的日子", "Next free day here")
        } else {
            locale.say("这里最近能约的日子", "Nearest free day here")
        };
        view! {
            <h3>{title}</h3>
            <ul class="days" role="list">
                <li>{to_day(visit, &wish.on(day), (day, left), now)}</li>
            </ul>
        }
    });
    let elsewhere = (!instead.elsewhere.is_empty()).then(|| {
        let rows = instead.elsewhere.iter().map(|(place, left)| {
            let href = format!("{}#day", visit.url(&wish.at(&place.id).on(date).path()));
            view! { <li><RowLink href=href title=place.name.say(locale) about=places_left(visit, *left) /></li> }
        });
        let title = say!(locale, "同一天，别的{place}还能约", "The same day at another {place}");
        view! {
            <h3>{title}</h3>
            <ul class="days" role="list">{rows.collect_view()}</ul>
        }
    });
    let none = (instead.here.is_none() && instead.elsewhere.is_empty()).then(|| {
        let none = say!(
            locale,
            "已经放出的日子，这里都约满了；这一天，别的{place}也没有。",
            "Every day open for booking here is full, and no other {place} has a free time on this day."
        );
        view! { <p>{none}</p> }
    });
    view! {
        {here}
        {elsewhere}
        {none}
    }
    .into_any()
}

/// A row that leads to a day.
pub(super) fn to_day(
    visit: &Visit,
    wish: &Wish,
    (day, left): (NaiveDate, u32),
    now: DateTime<Utc>,
) -> impl IntoView + use<> {
    let title = visit.locale.near_day(day, shared::calendar::shanghai_date(now));
    let anchor = if wish.place.is_some() { "#day" } else { "" };
    let href = format!("{}{anchor}", visit.url(&wish.path()));
    view! { <RowLink href=href title=title about=places_left(visit, left) /> }
}

/// `剩 12 个名额`, `1 place left`.
pub(super) fn places_left(visit: &Visit, left: u32) -> String {
    let places = if left == 1 { "place" } else { "places" };
    say!(visit.locale, "剩 {left} 个名额", "{left} {places} left")
}

#[cfg(test)]
mod tests {
    use shared::calendar::DayKind;

    use super::*;

    fn day(day: u32, availability: DayAvailability) -> DayView {
        let date = NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
        DayView { date, kind: DayKind::Workday, provisional: false, hot: None, availability }
    }

    #[test]
    fn the_nearest_day_is_the_next_free_one_or_else_the_last_before() {
        let free = |left| DayAvailability::Free { remaining: left };
        let days = [day(18, free(5)), day(19, free(2)), day(20, DayAvailability::Full), day(21, free(1))];
        let on = |day| NaiveDate::from_ymd_opt(2026, 5, day).unwrap();
        assert_eq!(nearest(&days, on(20)), Some((on(21), 1)));
        assert_eq!(nearest(&days[..3], on(20)), Some((on(19), 2)));
        assert_eq!(nearest(&days, on(29)), Some((on(21), 1)));
        assert_eq!(nearest(&days, on(13)), Some((on(18), 5)));
        assert_eq!(nearest(&days[2..3], on(20)), None);
    }
}
