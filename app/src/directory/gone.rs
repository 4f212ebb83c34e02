//! A place that is not shown: never heard of, not confirmed for years, or closed for good. Each says so, and what there is.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use shared::{
    directory::{Listing, Refusal, said::month_day::short_date},
    problem::Problem,
    say,
};

use super::{Scene, place::row};
use crate::{
    components::{back_link::BackLink, button::LinkButton},
    draw,
};

/// Why there is no page of a place.
pub enum Gone<'l> {
    /// No place of this kind was ever called so.
    Unknown,
    /// Nobody has confirmed anything of it for years.
    Hidden(&'l Listing),
    Closed(&'l Listing),
}

/// The place of an address, where it is shown.
pub fn there<'l>(scene: &'l Scene<'_>, id: &str) -> Result<&'l Listing, Gone<'l>> {
    let (listing, today) = (scene.get(id).ok_or(Gone::Unknown)?, scene.now.date());
    if !listing.is_open_for_good(today) {
        return Err(Gone::Closed(listing));
    }
    if scene.freshness(listing).is_hidden() {
        return Err(Gone::Hidden(listing));
    }
    Ok(listing)
}

/// A page that says why, and names what there is instead: in the same street, where it had one.
pub fn page(scene: &Scene<'_>, gone: Gone<'_>) -> Response {
    let (visit, locale) = (scene.visit, scene.locale());
    let plural = scene.pages.plural.say(locale);
    let (status, title, what, listing) = match gone {
        Gone::Unknown => (
            StatusCode::NOT_FOUND,
            locale.say("这里没有这个地点", "There is no such place here").to_owned(),
            locale
                .say(
                    "网址可能少抄了几个字符，也可能是别的地方的。请从名单里找。",
                    "The address may be incomplete, or of another portal. Please look in the list.",
                )
                .to_owned(),
            None,
        ),
        Gone::Hidden(listing) => {
            let problem = Problem::from(Refusal::Unconfirmed);
            (StatusCode::GONE, name(scene, listing, &problem.title(locale)), problem.sentence(locale), Some(listing))
        }
        Gone::Closed(listing) => {
            (StatusCode::GONE, closed_title(scene, listing), reason(scene, listing), Some(listing))
        }
    };
    let others = listing.map(|listing| instead(scene, listing));
    draw::page_as(visit, status, &title, || {
        view! {
            <div class="column flow">
                <BackLink href=scene.pages.url(visit, "") text=plural />
                <h1>{title.clone()}</h1>
                <p>{what}</p>
                {others}
                <p class="actions">
                    <LinkButton href=scene.pages.url(visit, "") text=say!(locale, "看全部{plural}", "See the whole list") />
                </p>
            </div>
        }
    })
}

fn name(scene: &Scene<'_>, listing: &Listing, what: &str) -> String {
    let (locale, name) = (scene.locale(), listing.name.say(scene.locale()));
    say!(locale, "{name}：{what}", "{name}: {what}")
}

fn closed_title(scene: &Scene<'_>, listing: &Listing) -> String {
    name(scene, listing, scene.locale().say("已经关闭", "closed for good"))
}

fn reason(scene: &Scene<'_>, listing: &Listing) -> String {
    let locale = scene.locale();
    let Some(closed) = &listing.closed else { return String::new() };
    let (day, reason) = (short_date(locale, closed.on, scene.now.date()), closed.reason.say(locale));
    say!(locale, "从 {day}起不再开放。{reason}", "It has been closed since {day}. {reason}")
}

/// Most others that are named.
const MOST: usize = 6;

fn instead(scene: &Scene<'_>, gone: &Listing) -> Option<AnyView> {
    let locale = scene.locale();
    let same = |one: &&Listing| {
        one.id != gone.id && scene.is_shown(one) && (gone.street.is_none() || one.street == gone.street)
    };
    let rows: Vec<_> = scene.listings().iter().filter(same).take(MOST).map(|one| row(scene, one)).collect();
    let title = if gone.street.is_some() {
        locale.say("同一条街道还有这些", "What else there is in the same street")
    } else {
        locale.say("还有这些", "What else there is")
    };
    (!rows.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{title}</h2>
                <ul class="days" role="list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
