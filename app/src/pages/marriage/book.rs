//! `/marriage/book`: choose a registry, a day and a time. Pressing a time holds it for both at once, before
//! anything has to be filled in.

pub mod booking_form;
pub mod codes;
mod confirming;
pub mod details;
mod held;
pub mod hold;
pub mod phone;
mod reasons;
pub(in crate::pages::marriage) mod registries;
pub mod review;
mod rules;
pub mod step;
pub(in crate::pages::marriage) mod times;
pub(in crate::pages::marriage) mod wish;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        hold::{Asking, Hold, take},
        slots,
    },
    client::Client,
    error::Error,
    marriage::draft,
    session::Session,
};
use shared::{
    appointments::{Refusal, Service, SlotId},
    calendar::shanghai_date,
    problem::Problem,
};

use self::{
    step::{Step, Who, steps},
    wish::Wish,
};
use crate::{
    components::{
        back_link::BackLink,
        notice::{Notice, Tone},
    },
    draw,
    site::{error_page, refused},
    visit::{Visit, WithSession, keep_session},
};

/// The pairs of a query or a form, in order, each name as often as it was sent.
pub(in crate::pages::marriage) type Pairs = Vec<(String, String)>;

pub async fn show(State(app): State<App>, visit: Visit, Query(pairs): Query<Pairs>) -> Response {
    answer(&app, &visit, Wish::read(&pairs), None).await
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Query(pairs): Query<Pairs>,
    Form(form): Form<Pairs>,
) -> Response {
    let wish = Wish::read(&pairs);
    let Some(slot) = slot_in(&form) else { return answer(&app, &visit, wish, Some(Problem::NotFound)).await };
    let (session, new) = visit.session_or_new();
    let asking = Asking { session: Some(&session), phone: None, locale: visit.locale };
    match hold(&app, &client, &wish, slot, asking).await {
        Ok(hold) => held_response(&app, &visit, &session, new, &hold).await,
        Err(error) if error.refusal() == Some(Refusal::PhoneNeeded) => {
            Redirect::to(&visit.url(&phone::path(slot, &wish))).into_response()
        }
        Err(error) => not_held(&app, &visit, wish, slot, error).await,
    }
}

/// Holds a time of a registry that may register the couple.
async fn hold(app: &App, client: &Client, wish: &Wish, slot: SlotId, asking: Asking<'_>) -> Result<Hold, Error> {
    app.limits().hold(client)?;
    if wish.foreign {
        let placed = slots::one(app, slot, Service::MarriageRegistration).await?;
        if !app.registry(&placed.registry).await?.foreign_related {
            return Err(shared::marriage::Refusal::NoForeignAuthority.into());
        }
    }
    take(app, slot, asking, app.now()).await
}

/// On to the couple's details; what they typed before stays as long as the hold.
async fn held_response(app: &App, visit: &Visit, session: &Session, new: bool, hold: &Hold) -> Response {
    if let Err(error) = draft::keep(app, session, hold.expires_at).await {
        return refused(visit, error);
    }
    let response = Redirect::to(&visit.url(Step::Identity(Who::First).path())).into_response();
    if new { keep_session(response, session, visit.house.production) } else { response }
}

/// The page of the time that could not be held: what happened, and what is free now.
async fn not_held(app: &App, visit: &Visit, wish: Wish, slot: SlotId, error: Error) -> Response {
    let problem = error.into_problem();
    let wish = match wish.registry {
        Some(_) => wish,
        None => match place_of(app, slot).await {
            Ok(place) => Wish { foreign: wish.foreign, ..place },
            Err(_) => wish,
        },
    };
    answer(app, visit, wish, Some(problem)).await
}

/// The page that shows a slot among the others of its day.
async fn place_of(app: &App, slot: SlotId) -> Result<Wish, Error> {
    let placed = slots::one(app, slot, Service::MarriageRegistration).await?;
    Ok(Wish { registry: Some(placed.registry), date: Some(placed.date), ..Wish::default() })
}

/// The page for a wish, with the problem that a button of it met.
async fn answer(app: &App, visit: &Visit, wish: Wish, problem: Option<Problem>) -> Response {
    let now = app.now();
    let status = problem.as_ref().map_or(StatusCode::OK, status_of);
    if status.is_server_error() {
        return error_page(visit, status);
    }
    match draw(app, visit, wish, problem, status, now).await {
        Ok(response) => response,
        Err(error) => refused(visit, error),
    }
}

async fn draw(
    app: &App,
    visit: &Visit,
    wish: Wish,
    mut problem: Option<Problem>,
    status: StatusCode,
    now: DateTime<Utc>,
) -> Result<Response, Error> {
    let holds = held::load(app, visit.session.as_ref(), now).await?;
    let registries = app.registries().await?;
    let asked = wish.registry.as_ref().map(|id| registries.iter().find(|registry| registry.id == *id).cloned());
    let unknown = matches!(asked, Some(None)) || wish.garbled;
    let mut registry = asked.flatten();
    if registry.as_ref().is_some_and(|registry| !registries::may_register(registry, &wish)) {
        problem.get_or_insert_with(|| shared::marriage::Refusal::NoForeignAuthority.into());
        registry = None;
    }
    let codes = app.settings().phone_codes && registry.as_ref().is_none_or(|registry| registry.phone_codes);
    let offer = match registry {
        Some(registry) => match times::load(app, registry, wish.clone(), now).await {
            Ok(offer) => Some(offer),
            Err(Error::Problem(without)) => {
                problem.get_or_insert(without);
                None
            }
            Err(error) => return Err(error),
        },
        None => None,
    };
    let choices = match &offer {
        Some(_) => Vec::new(),
        None => registries::load(app, &wish, now).await?,
    };
    let offered = offer.is_some();
    let title = match &offer {
        Some(_) => visit.say("选择时间", "Choose a time"),
        None => visit.say("选择婚姻登记处", "Choose a registry"),
    };
    let page = draw::page_as(visit, status, title, || {
        let back = match &offer {
            Some(_) => (wish.anywhere().path(), visit.say("换一个登记处", "Another registry")),
            None => ("/marriage".to_owned(), visit.say("结婚登记", "Marriage registration")),
        };
        let place = offer.as_ref().map(|offer| {
            view! { <p class="lead">{offer.registry.name.say(visit.locale).to_owned()}</p> }
        });
        let body = match offer {
            Some(offer) => times::page(visit, &offer),
            None => registries::list(visit, &wish, choices),
        };
        view! {
            <div class="flow">
                <BackLink href=visit.url(&back.0) text=back.1 />
                {steps(visit, Step::Time, codes)}
                {problem.map(|problem| told(visit, &problem))}
                {unknown.then(|| not_understood(visit))}
                {held::sections(visit, &holds, now)}
                <h1>{title}</h1>
                {place}
                {body}
            </div>
        }
    });
    let mut page = if holds.is_empty() { page } else { draw::no_store(page) };
    if offered {
        // A button pressed twice must be known as the same browser's.
        page.extensions_mut().insert(WithSession);
    }
    Ok(page)
}

pub(in crate::pages::marriage) fn told(visit: &Visit, problem: &Problem) -> AnyView {
    let sentence = problem.sentence(visit.locale);
    view! { <Notice tone=Tone::Warning live=true title=sentence /> }.into_any()
}

fn not_understood(visit: &Visit) -> AnyView {
    let title = visit.say("没有找到网址里写的登记处或日期", "The registry or day in the address was not found");
    let text = visit.say("请在下面重新选择。", "Please choose below.");
    view! { <Notice title=title><p>{text}</p></Notice> }.into_any()
}

fn status_of(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The time whose button was pressed.
pub(in crate::pages::marriage) fn slot_in(pairs: &Pairs) -> Option<SlotId> {
    value(pairs, "slot")?.parse().ok().map(SlotId)
}

/// The last value of a name.
pub(super) fn value<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    pairs.iter().rfind(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The page that shows a held time among the others of its day.
fn page_of(record: &server::appointments::record::Record) -> Wish {
    let date = Some(shanghai_date(record.starts_at));
    Wish { registry: Some(record.registry.clone()), date, ..Wish::default() }
}
