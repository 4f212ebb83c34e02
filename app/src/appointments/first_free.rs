//! The first time that is free at any place of a service.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{month, point},
    error::Error,
};
use shared::calendar::{shanghai, shanghai_date};

use super::service::BookingPages;
use crate::visit::Visit;

/// The first time that is free anywhere.
pub async fn first_anywhere(
    app: &App,
    pages: &BookingPages,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Error> {
    let mut earliest = None;
    for point in point::all(app, &pages.bookable.service).await?.iter() {
        match month::first_free(app, point, now).await {
            Ok(free) => {
                let first = free.first().map(|slot| slot.starts_at.to_utc());
                earliest = earliest.into_iter().chain(first).min();
            }
            Err(Error::Problem(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(earliest)
}

/// `最早可约 明天 5月14日 星期四 上午 9:00`.
pub fn line(visit: &Visit, first: DateTime<Utc>, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let day = locale.near_day(shanghai_date(first), shanghai_date(now));
    let day = format!("{day}{}", locale.say("", ","));
    view! {
        <p class="tile-live">
            {locale.say("最早可约 ", "First free time: ")}
            <strong>
                <span>{day}</span>
                " "
                <span>{locale.time(shanghai(first).time())}</span>
            </strong>
        </p>
    }
    .into_any()
}
