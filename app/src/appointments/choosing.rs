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
        heading::StepHeading,
        notice::{Notice, Tone},
    },
    draw, notices,
    visit::{Visit, asks_with_session},
    words,
};

/// The page of the time that could not be held: which, what happened, and what is free now, that day's times first.
pub(super) async fn not_held(
    app: &App,
    visit: &Visit,
    mut wish: Wish,
    slot: SlotId,
    error: Error,
) -> Result<Response, Error> {
    let problem = error.into_problem();
    let placed = slots::one(app, slot, &wish.pages.bookable.service).await.ok();
    let placed = placed.filter(|placed| wish.place.as_ref().is_none_or(|place| *place == placed.place));
    if let Some(placed) = &placed {
        wish = wish.at(&placed.place).on(placed.date);
    }
    let starts_at = placed.map(|placed| placed.slot.starts_at);
    page_with(app, visit, wish, Some(Met { problem, starts_at })).await
}

/// What a button of the page met.
#[derive(Clone)]
struct Met {
    problem: Problem,
    /// Of the time that the button was for, where there is one.
    starts_at: Option<DateTime<Utc>>,
}

/// The page for a wish.
pub(super) async fn page(app: &App, visit: &Visit, wish: Wish, problem: Option<Problem>) -> Result<Response, Error> {
    page_with(app, visit, wish, problem.map(|problem| Met { problem, starts_at: None })).await
}

async fn page_with(app: &App, visit: &Visit, mut wish: Wish, met: Option<Met>) -> Result<Response, Error> {
    let starts_at = met.as_ref().and_then(|met| met.starts_at);
    let mut problem = met.map(|met| met.problem);
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
                Ok(mut offer) => {
                    offer.times_first = starts_at.is_some();
                    Some(offer)
                }
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
    let notices = match &offer {
        Some(offer) => notices::on_place(app, pages.root, &offer.place.point.place, now).await?,
        None => notices::on_service(app, pages.root, now).await?,
    };
    let (offered, met) = (offer.is_some(), problem.clone());
    let met_here = problem.is_some();
    // Beside a time that is or was held, it is said there.
    let kept = holdings.kept.clone().filter(|_| holdings.is_empty());
    let title = pages.first_title(visit.locale, offer.is_some());
    let page = draw::page_as(visit, status, &title, || {
        let back = match &offer {
            Some(_) if !alone => (wish.anywhere().path(), another_place(visit, pages)),
            _ => (pages.root.to_owned(), pages.words.name.say(visit.locale).to_owned()),
        };
        let place = offer.as_ref().map(|offer| {
            view! { <p class="lead">{offer.place.point.place.name.say(visit.locale).to_owned()}</p> }
        });
        let heading = match (&offer, met_here) {
            (Some(_), false) => view! { <StepHeading title=title.clone() /> }.into_any(),
            _ => view! { <h1>{title.clone()}</h1> }.into_any(),
        };
        let body = match offer {
            Some(offer) => times::page(visit, &offer),
            None => places::list(visit, &wish, candidates, now),
        };
        view! {
            <div class="flow">
                <BackLink href=visit.url(&back.0) text=back.1 />
                {pages.steps_at(visit, Step::Time, codes)}
                {problem.map(|problem| met_at(visit, &problem, starts_at))}
                {unknown.then(|| not_understood(visit, pages))}
                {kept.map(|kept| still_kept(visit, kept))}
                {holdings.sections(visit, &wish, now)}
                {notices::draw(visit, &notices)}
                {heading}
                {place}
                {body}
            </div>
        }
    });
    let page = if holdings.is_empty() { page } else { draw::no_store(page) };
    let page = match &met {
        Some(problem) => rejection::with_retry_after(page, problem),
        None => page,
    };
    Ok(if offered { asks_with_session(page) } else { page })
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

/// Details that were filled in before there was a time.
fn still_kept(visit: &Visit, kept: String) -> AnyView {
    let text =
        visit.say("选好时间就接着办，不用再填一遍。", "Choose a time to go on: you do not need to fill them in again.");
    view! { <Notice tone=Tone::Success title=kept live=true><p>{text}</p></Notice> }.into_any()
}

/// A problem with a time, named where it is known; the page opens at it.
fn met_at(visit: &Visit, problem: &Problem, starts_at: Option<DateTime<Utc>>) -> AnyView {
    let notice = match (starts_at, problem) {
        (Some(starts_at), _) => {
            let when = words::short_moment(visit.locale, starts_at);
            let title = say!(visit.locale, "没有保留上：{when}", "Not held: {when}");
            let sentence = problem.sentence(visit.locale);
            view! { <Notice tone=Tone::Warning live=true title=title><p>{sentence}</p></Notice> }.into_any()
        }
        // The address that nothing was found at is a time's.
        (None, Problem::NotFound) => {
            let title = visit.say("没有找到这个时间", "We could not find that time");
            let text = visit.say("请在下面重新选择。", "Please choose again below.");
            view! { <Notice tone=Tone::Warning live=true title=title><p>{text}</p></Notice> }.into_any()
        }
        _ => notice(visit, problem),
    };
    view! {
        <div class="met" tabindex="-1" autofocus="">
            {notice}
        </div>
    }
    .into_any()
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
