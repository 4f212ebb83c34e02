//! `/staff/release`: somebody says that a booking with their number is not theirs. Found by the document that lies on the
//! desk, ended by a second press; of whoever else it names nothing is shown.

mod form;
mod found;

use axum::{
    Extension, Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    counter::disowned::{self, Found},
    rejection::with_retry_after,
    staff::authority::Staff,
};
use shared::{appointments::Refusal as NotBooked, counter::Refusal, field::FieldMessage, problem::Problem};

use self::{form::Typed, found::Ending};
use super::refused::refused;
use crate::{
    components::{
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
    },
    draw,
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
};

const PAGE: &str = "/staff/release";
/// The query of this page when a booking was just ended.
const DONE: &str = "done";

/// What stands on the page.
#[derive(Default)]
struct Page {
    typed: Typed,
    /// What was found, where somebody has looked.
    found: Option<Vec<Found>>,
    ending: Ending,
    messages: Vec<FieldMessage>,
    problem: Option<Problem>,
    done: bool,
}

pub async fn show(visit: Visit) -> Response {
    let done = visit.query.as_deref() == Some(DONE);
    draw(&visit, StatusCode::OK, Page { done, ..Page::default() })
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    match value(&typed, "do") {
        Some("find") => find(&app, &visit, &staff, &typed).await,
        Some("release") => release(&app, &visit, &staff, &typed).await,
        _ => Err(Problem::Malformed.into()),
    }
}

async fn find(app: &App, visit: &Visit, staff: &Staff, typed: &Pairs) -> Result<Response, Rejection> {
    let typed = Typed::of(typed);
    let (document, born) = match typed.read(visit.locale, app.now()) {
        Ok(read) => read,
        Err(errors) => {
            let messages = errors.messages(visit.locale);
            return Ok(draw(visit, StatusCode::UNPROCESSABLE_ENTITY, Page { typed, messages, ..Page::default() }));
        }
    };
    match disowned::find(app, staff, (&document, born), app.now()).await {
        Ok(found) => Ok(draw(visit, StatusCode::OK, Page { typed, found: Some(found), ..Page::default() })),
        Err(error) => {
            let problem = error.into_problem();
            let told_here =
                matches!(problem.refusal(), Some(Refusal::TooManyLookups { .. })) || problem == Problem::Busy;
            if !told_here {
                return Err(problem.into());
            }
            let status = server::rejection::status(&problem);
            let page = draw(visit, status, Page { typed, problem: Some(problem.clone()), ..Page::default() });
            Ok(with_retry_after(page, &problem))
        }
    }
}

async fn release(app: &App, visit: &Visit, staff: &Staff, typed: &Pairs) -> Result<Response, Rejection> {
    let ending = Ending::of(typed);
    let (reason, telling) = match ending.read() {
        Ok(read) => read,
        Err(errors) => {
            let messages = errors.messages(visit.locale);
            return Ok(draw(visit, StatusCode::UNPROCESSABLE_ENTITY, Page { ending, messages, ..Page::default() }));
        }
    };
    match disowned::release(app, staff, &ending.claim, (reason, telling), app.now()).await {
        Ok(()) => Ok(Redirect::to(&visit.url(&format!("{PAGE}?{DONE}"))).into_response()),
        Err(error) => {
            let problem = error.into_problem();
            let told_here = matches!(problem.refusal(), Some(Refusal::LookAgain | Refusal::ServedAlready))
                || problem.refusal() == Some(NotBooked::BookingEnded)
                || problem == Problem::Busy;
            if !told_here {
                return Err(problem.into());
            }
            let status = server::rejection::status(&problem);
            Ok(draw(visit, status, Page { problem: Some(problem), ..Page::default() }))
        }
    }
}

fn draw(visit: &Visit, status: StatusCode, page: Page) -> Response {
    let locale = visit.locale;
    let title = locale.say("不是本人的预约", "A booking that is not theirs");
    let Page { typed, found, ending, messages, problem, done } = page;
    let action = visit.url(PAGE);
    let done = done.then(|| {
        view! {
            <Notice tone=Tone::Success title=locale.say("预约已经撤销", "The booking is released") live=true>
                <p>{locale.say("本人现在就可以重新预约。", "The person can book at once.")}</p>
            </Notice>
        }
    });
    let (is_ending, found) =
        (!ending.claim.is_empty(), found.map(|found| found::draw(locale, &action, &found, &messages)));
    let again = is_ending.then(|| ending.draw(locale, &action, &messages));
    let look = (!is_ending).then(|| form::draw(locale, &action, &typed, &messages));
    draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                {done}
                {problem.map(|problem| refused(locale, &problem, None))}
                {found}
                {again}
                {look}
            </div>
        }
    }))
}
