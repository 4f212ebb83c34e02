//! `/staff/day`: the day of an office as those at its counters see it. Everything works without scripts; with them the page
//! says that something is new, and changes nothing by itself.

pub(super) mod act;
mod aside;
pub(super) mod asked;
mod beside;
mod closing;
pub(super) mod current;
pub(super) mod doing;
pub(super) mod elsewhere;
pub(super) mod ends;
pub mod events;
pub(super) mod first;
mod found;
mod head;
mod how;
pub(super) mod mine;
pub(super) mod missing;
pub mod paper;
pub mod print;
mod row_acts;
mod rows;
mod said;
pub mod seen;
pub(super) mod standing_out;
pub(super) mod stands;
mod undo;

use axum::{
    Extension, Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    counter::{search::search, waiting},
    rejection::with_retry_after,
    staff::authority::Staff,
};
use shared::{calendar::shanghai_date, counter::Refusal, problem::Problem, staff::Refusal as Denied};

pub use self::{asked::ticket, stands::spans};

use self::{
    act::Pressed,
    asked::{Asked, Number},
    doing::Done,
    found::Found,
    seen::Seen,
};
use super::day_lists::{self, List};
use crate::{
    draw::{self, Script, needs},
    pages::left_open,
    pairs::{Pairs, value},
    site::{BookableServices, Signed},
    visit::Visit,
};

/// What the page says of the last press.
#[derive(Default)]
struct Told {
    /// Why the last press did nothing.
    problem: Option<Problem>,
    /// What was typed to look for somebody.
    typed: String,
    /// Why the day was to end, where that was not taken.
    why: String,
    /// The reference that was typed to check somebody in.
    reference: String,
    /// Who was found by it.
    found: Option<Found>,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    let asked = Asked::of(&visit);
    Ok(draw(&app, &visit, &services, &staff, &asked, Told::default()).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let mut asked = Asked::of(&visit).afresh();
    let Some(pressed) = value(&typed, "do").and_then(Pressed::read) else { return Err(Problem::Malformed.into()) };
    if pressed == Pressed::Search {
        return Ok(look_for(&app, &visit, &services, &staff, &asked, &typed).await?);
    }
    // A ticket's number is another visit's on another day.
    let is_of_this_day = !pressed.is_of_today() || left_open::drawn_today(&typed, app.now()).is_ok();
    if pressed == Pressed::Aside && is_of_this_day {
        return Ok(aside::open(&app, &visit, &services, &staff, &asked, &typed).await?);
    }
    // A ticket is of whoever was checked in before: they are shown.
    if pressed == Pressed::CheckIn
        && is_of_this_day
        && let Some(number @ Number::Ticket(_)) = value(&typed, "reference").and_then(Number::read)
    {
        let next = Asked { q: Some(number), ..asked };
        return Ok(Redirect::to(&visit.url(&next.path())).into_response());
    }
    // Whoever was dealt with from a page that was left open is shown on the day of that page.
    if asked.date.is_none() && !pressed.is_of_today() {
        asked.date = left_open::drawn_on(&typed).filter(|day| *day != shanghai_date(app.now()));
    }
    match doing::take(&app, &staff, &asked, &pressed, &typed).await {
        Ok(Done { did, said, row, meant }) => {
            let next = Asked { did, said, row, meant, ..asked };
            Ok(Redirect::to(&visit.url(&next.path())).into_response())
        }
        Err(error) => {
            let problem = error.into_problem();
            if !doing::can_be_told_here(&problem) {
                return Err(problem.into());
            }
            let is_check_in = pressed == Pressed::CheckIn;
            let is_closing = matches!(pressed, Pressed::CloseDay { .. });
            // The visit in question stays in view, as it is now.
            let did = match pressed {
                Pressed::Visit { visit, .. } | Pressed::Apart { visit, .. } => Some(visit),
                _ => None,
            };
            let reference = value(&typed, "reference").filter(|_| is_check_in).unwrap_or_default().trim().to_owned();
            let why = value(&typed, "reason").filter(|_| is_closing);
            let asked = Asked { did, ..asked };
            let why = why.unwrap_or_default().to_owned();
            let told = Told { problem: Some(problem), why, reference, ..Told::default() };
            Ok(draw(&app, &visit, &services, &staff, &asked, told).await?)
        }
    }
}

/// A ticket or a reference is looked for in the address; a number of somebody's own in this answer alone.
async fn look_for(
    app: &App,
    visit: &Visit,
    services: &BookableServices,
    staff: &Staff,
    asked: &Asked,
    typed: &Pairs,
) -> Result<Response, Error> {
    let text = value(typed, "q").unwrap_or_default().trim();
    let number = Number::read(text);
    if text.is_empty() || number.is_some() {
        let next = Asked { q: number, ..asked.clone() };
        return Ok(Redirect::to(&visit.url(&next.path())).into_response());
    }
    let seen = Seen::load(app, visit, asked, staff, services).await?;
    let typed = text.to_owned();
    let told = match search(app, staff, &seen.office.id, text, app.now()).await {
        Ok(found) => Told { typed, found: Some(Found::of(found)), ..Told::default() },
        Err(error) => {
            let problem = error.into_problem();
            if !doing::can_be_told_here(&problem) {
                return Err(problem.into());
            }
            Told { typed, problem: Some(problem), ..Told::default() }
        }
    };
    draw(app, visit, services, staff, asked, told).await
}

async fn draw(
    app: &App,
    visit: &Visit,
    services: &BookableServices,
    staff: &Staff,
    asked: &Asked,
    told: Told,
) -> Result<Response, Error> {
    let mut seen = Seen::load(app, visit, asked, staff, services).await?;
    let locale = visit.locale;
    let problem = told.problem.map(|problem| on_a_day_that_is_over(&seen, problem));
    if let Some(Problem::Fields(errors)) = &problem {
        seen.wrong = errors.messages(locale);
    }
    seen.reference = told.reference;
    let beside = beside::load(app, &seen).await?;
    let line = waiting::line(app, (&seen.office.id, seen.date), seen.mine().map(|mine| mine.id), seen.now).await?;
    let day = locale.near_day(seen.date, shanghai_date(seen.now));
    let title = format!("{} {day}", seen.office.name.say(locale));
    let status = problem.as_ref().map_or(StatusCode::OK, server::rejection::status);
    let found = match (told.found, &asked.q) {
        (None, Some(number)) => Some(Found::named(app, &seen, number).await?),
        (found, _) => found,
    };
    let typed = told.typed;
    let response = draw::staff(visit, status, &title, || {
        needs(Script::Desk);
        view! {
            <div class="desk">
                {act::form(&seen)}
                {head::draw(&seen)}
                {how::draw(&seen)}
                {said::problem(&seen, problem.as_ref())}
                {said::check_in(&seen)}
                {said::instead(&seen)}
                <div class="desk-body">
                    {mine::draw(&seen, &line, beside)}
                    <div class="desk-hall">
                        {head::tools(&seen, &typed)}
                        {head::states(&seen, found.is_some())}
                        <div class="desk-lists">
                            {mine::counters(&seen)}
                            {rows::lists(&seen, &line, found.as_ref())}
                            {papers(&seen)}
                            {aside::draw(&seen)}
                            {closing::draw(&seen, &told.why)}
                        </div>
                    </div>
                </div>
                {head::keys(&seen)}
            </div>
        }
    });
    Ok(match &problem {
        Some(problem) => with_retry_after(response, problem),
        None => response,
    })
}

/// Whoever works there has every right but to change a day that is over: that, and no account, is what stands in their way.
fn on_a_day_that_is_over(seen: &Seen<'_>, problem: Problem) -> Problem {
    let is_over = seen.sheet.counts_as_closed && seen.may.work && !seen.may.correct;
    if is_over && problem.refusal() == Some(Denied::NotAllowed) {
        return Refusal::DayClosed { date: seen.date }.into();
    }
    problem
}

/// Paper for when the network is down, and the way back from it.
fn papers(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    let at = |page| seen.visit.url(&seen.asked.afresh().at(page));
    let noted = (!seen.is_today() && !seen.sheet.visits.is_empty()).then(|| {
        view! {
            <p class="soft">
                {locale.say(
                    "看的是别的日子的名单，已经记下（每人每天每份一次），大厅负责人和审计员看得到。",
                    "This is the list of another day: that you read it is on record, once a day, for the office manager and the \
                     auditor.",
                )}
            </p>
        }
    });
    let readers = seen.may.manage.then(|| {
        let to = |list| seen.visit.url(&day_lists::of_office(&seen.office.id, list));
        view! {
            <p>
                <a href=to(List::Readers)>{locale.say("谁看过别的日子的名单", "Who read the lists of other days")}</a>
                " · "
                <a href=to(List::Clerks)>{locale.say("按人计数", "Counts by person")}</a>
            </p>
        }
    });
    let can_enter = if seen.sheet.counts_as_closed { seen.may.correct } else { seen.may.work };
    let enter = (can_enter && seen.date <= shanghai_date(seen.now)).then(|| {
        view! {
            " · "
            <a href=at(paper::PAGE)>{locale.say("恢复以后，补录纸上写的", "Enter what was written on paper")}</a>
        }
    });
    view! {
        <p>
            <a href=at(print::PAGE)>
                {locale.say("打印这一天的名单，停电断网时用", "Print this day for when the network is down")}
            </a>
            {enter}
        </p>
        {noted}
        {readers}
    }
    .into_any()
}
