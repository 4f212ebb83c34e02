//! The page where a place and a time are chosen, with the problem that a button of it met.

use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{App, appointments::slots, error::Error, rejection};
use shared::{appointments::SlotId, problem::Problem, say};

use super::{
    again::Lost, draft, held, held_time::Holdings, places, service::BookingPages, step::Step, times, wish::Wish,
};
use crate::{
    components::{
        back_link::BackLink,
        notice::{Notice, Tone},
    },
    draw,
    visit::{Visit, WithSession},
};

/// The page of the time that could not be held: what happened, and what is free now.
pub(super) async fn not_held(
    app: &App,
    visit: &Visit,
    wish: Wish,
    slot: SlotId,
    error: Error,
) -> Result<Response, Error> {
    let problem = error.into_problem();
    let wish = match wish.place {
        Some(_) => wish,
        None => match place_of(app, wish.pages, slot).await {
            Ok(place) => Wish { narrowed: wish.narrowed, ..place },
            Err(_) => wish,
        },
    };
    page(app, visit, wish, Some(problem)).await
}

/// The page that shows a slot among the others of its day.
async fn place_of(app: &App, pages: &'static BookingPages, slot: SlotId) -> Result<Wish, Error> {
    let placed = slots::one(app, slot, &pages.bookable.service).await?;
    Ok(Wish { place: Some(placed.place), date: Some(placed.date), ..Wish::any(pages) })
}

/// The page for a wish.
pub(super) async fn page(
    app: &App,
    visit: &Visit,
    mut wish: Wish,
    mut problem: Option<Problem>,
) -> Result<Response, Error> {
    let (now, pages) = (app.now(), wish.pages);
    let status = problem.as_ref().map_or(StatusCode::OK, rejection::status);
    if let Some(problem) = problem.take_if(|_| status.is_server_error()) {
        return Err(problem.into());
    }
    let holdings = holdings(app, visit, pages, now).await?;
    let choices = places::choices(app, pages).await?;
    let asked = wish.place.as_ref().map(|id| choices.iter().find(|choice| choice.id() == id).cloned());
    let unknown = matches!(asked, Some(None)) || wish.garbled;
    // Where there is one place, nobody is asked which.
    let only = || choices.first().filter(|_| choices.len() == 1).cloned();
    let alone = choices.len() == 1;
    let mut choice = asked.flatten().or_else(only);
    if choice.as_ref().is_some_and(|choice| !choice.suits(wish.narrowed)) {
        problem = problem.or_else(|| Some((pages.places.narrowing.as_ref()?.refusal)()));
        choice = None;
    }
    let codes = app.settings().phone_codes && choice.as_ref().is_none_or(|choice| choice.point.phone_codes);
    let offer = match choice {
        Some(choice) => {
            wish = wish.at(choice.id());
            match times::load(app, choice, wish.clone(), None, now).await {
                Ok(offer) => Some(offer),
                Err(Error::Problem(without)) => {
                    problem.get_or_insert(without);
                    None
                }
                Err(error) => return Err(error),
            }
        }
        None => None,
    };
    let candidates = match &offer {
        Some(_) => Vec::new(),
        None => places::load(app, choices, &wish, None, now).await?,
    };
    let (offered, met) = (offer.is_some(), problem.clone());
    let title = match &offer {
        Some(_) => visit.say("选择时间", "Choose a time"),
        None => pages.words.choose_place.say(visit.locale),
    };
    let page = draw::page_as(visit, status, title, || {
        let back = match &offer {
            Some(_) if !alone => (wish.anywhere().path(), another_place(visit, pages)),
            _ => (pages.root.to_owned(), pages.words.name.say(visit.locale).to_owned()),
        };
        let place = offer.as_ref().map(|offer| {
            view! { <p class="lead">{offer.place.point.place.name.say(visit.locale).to_owned()}</p> }
        });
        let body = match offer {
            Some(offer) => times::page(visit, &offer),
            None => places::list(visit, &wish, candidates, now),
        };
        view! {
            <div class="flow">
                <BackLink href=visit.url(&back.0) text=back.1 />
                {pages.steps_at(visit, Step::Time, codes)}
                {problem.map(|problem| notice(visit, &problem))}
                {unknown.then(|| not_understood(visit, pages))}
                {holdings.sections(visit, &wish, now)}
                <h1>{title}</h1>
                {place}
                {body}
            </div>
        }
    });
    let page = if holdings.is_empty() { page } else { draw::no_store(page) };
    let mut page = match &met {
        Some(problem) => rejection::with_retry_after(page, problem),
        None => page,
    };
    if offered {
        // A button pressed twice must be known as the same browser's.
        page.extensions_mut().insert(WithSession);
    }
    Ok(page)
}

async fn holdings(app: &App, visit: &Visit, pages: &BookingPages, now: DateTime<Utc>) -> Result<Holdings, Error> {
    let Some(session) = &visit.session else { return Ok(Holdings::NONE) };
    let service = &pages.bookable.service;
    let draft = draft::load(app, draft::of_a_new_booking(service, session), now);
    let (all, draft) = tokio::try_join!(held::load(app, service, session, now), draft)?;
    let held_now: Vec<_> = all.iter().map(|held| held.record.slot).collect();
    let past = Lost::of(app, pages, draft.past(&held_now, now)).await?;
    Ok(Holdings { past, kept: draft.kept(visit.locale, now), all })
}

fn another_place(visit: &Visit, pages: &BookingPages) -> String {
    let place = pages.words.place.say(visit.locale);
    say!(visit.locale, "换一个{place}", "Choose another {place}")
}

/// A problem above the page it was met on.
pub(super) fn notice(visit: &Visit, problem: &Problem) -> AnyView {
    let sentence = match problem {
        Problem::Fields(errors) => errors.iter().next().map(|error| error.reason.sentence(visit.locale)),
        _ => None,
    };
    let sentence = sentence.unwrap_or_else(|| problem.sentence(visit.locale));
    view! { <Notice tone=Tone::Warning live=true title=sentence /> }.into_any()
}

fn not_understood(visit: &Visit, pages: &BookingPages) -> AnyView {
    let place = pages.words.place.say(visit.locale);
    let title =
        say!(visit.locale, "没有找到网址里写的{place}或日期", "We could not find the {place} or day in that link");
    let text = visit.say("请在下面重新选择。", "Please choose below.");
    view! { <Notice title=title><p>{text}</p></Notice> }.into_any()
}
