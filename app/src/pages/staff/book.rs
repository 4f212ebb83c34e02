//! `/staff/book`: a time for somebody who calls or stands there, and another time for their booking. What it says at the end is
//! read from the database, and not from what was pressed.

mod asked;
mod choosing;
mod done;
mod form;
mod moving;

use axum::{
    Extension, Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use server::{
    App, Error, Rejection,
    appointments::{point, service_point::ServicePoint},
    counter::for_people,
    staff::authority::Staff,
};
use shared::problem::Problem;

pub use self::asked::Asked;
use crate::{
    appointments::service::BookingPages,
    pairs::{Pairs, value},
    site::{BookableServices, Signed},
    visit::Visit,
};

const PAGE: &str = "/staff/book";

/// A service at a place where this person may book people in.
#[derive(Clone)]
struct Choice {
    pages: &'static BookingPages,
    point: ServicePoint,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let asked = Asked::read(&asked);
    if let Some(id) = &asked.done {
        let one = for_people::one(&app, &staff, id, app.now()).await?;
        let point = point::one(&app, &one.row.service, &one.row.place).await?;
        return Ok(done::draw(&visit, &services, (&one, &point), asked.moved));
    }
    let moved = match &asked.moves {
        Some(id) => Some(for_people::to_move(&app, &staff, id, app.now()).await?),
        None => None,
    };
    // A booking stays of its service.
    let asked = match &moved {
        Some(one) if asked.at.is_none() => {
            Asked { at: Some((one.row.service.clone(), one.row.place.clone())), ..asked }
        }
        _ => asked,
    };
    let mut choices = choices(&app, &staff, &services).await?;
    if let Some(one) = &moved {
        choices.retain(|choice| choice.pages.bookable.service == one.row.service);
    }
    let Some(choice) = chosen(&choices, &asked) else { return Ok(choosing::what(&visit, &choices, &asked)) };
    match (asked.slot, &moved) {
        (None, _) => {
            let about = (choices.len() > 1, moved.as_ref());
            Ok(choosing::when(&app, &visit, &choice, about, &asked).await?)
        }
        (Some(slot), None) => Ok(form::show(&app, &visit, &choice, slot).await?),
        (Some(slot), Some(one)) => Ok(moving::show(&app, &visit, &choice, one, (slot, None), None).await?),
    }
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let asked = Asked::read(&asked);
    let choices = choices(&app, &staff, &services).await?;
    let choice = chosen(&choices, &asked).ok_or(Problem::NotFound)?;
    match value(&typed, "do") {
        Some("book") => form::submit(&app, &visit, &staff, &choice, &typed).await,
        Some("move") => moving::submit(&app, &visit, &staff, &choice, &asked, &typed).await,
        _ => Err(Problem::Malformed.into()),
    }
}

/// Everything that can be booked here by this person, in the order of the services.
async fn choices(app: &App, staff: &Staff, services: &BookableServices) -> Result<Vec<Choice>, Error> {
    let mut choices = Vec::new();
    for pages in services.0.iter().copied() {
        // Where hours have yet to begin there is no time to choose.
        for point in point::shown(app, &pages.bookable.service, app.now()).await? {
            match for_people::may_at(app, staff, &point.place.id).await {
                Ok(_) => choices.push(Choice { pages, point }),
                Err(Error::Problem(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(choices)
}

/// What was asked for, or the only one there is.
fn chosen(choices: &[Choice], asked: &Asked) -> Option<Choice> {
    match (&asked.at, choices) {
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
        (Some((service, place)), _) => choices
            .iter()
            .find(|choice| choice.pages.bookable.service == *service && choice.point.place.id == *place)
            .cloned(),
    }
}

/// Where the page says what became of it.
fn to_done(visit: &Visit, done: Asked) -> Response {
    Redirect::to(&visit.url(&done.path())).into_response()
}
