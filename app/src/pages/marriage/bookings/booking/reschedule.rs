//! `…/reschedule`: another time for the same couple. Pressing one holds it; the booking itself moves only when
//! that is confirmed on the next page.

pub mod confirm;

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App,
    appointments::{registry::Registry, slots},
    client::Client,
    error::Error,
    marriage::reschedule,
};
use shared::{
    appointments::{Service, SlotId},
    calendar::shanghai_date,
    field::FieldErrors,
    marriage::PartyKind,
    problem::Problem,
};

use super::{Opened, facts};
use crate::{
    components::{
        back_link::BackLink,
        notice::{Notice, Tone},
    },
    draw,
    pages::marriage::book::{Pairs, registries, slot_in, times, wish::Wish},
    site,
    visit::Visit,
    words,
};

pub async fn show(State(app): State<App>, visit: Visit, opened: Opened, Query(pairs): Query<Pairs>) -> Response {
    answer(&app, &visit, &opened, &pairs, None).await
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    opened: Opened,
    Query(pairs): Query<Pairs>,
    Form(form): Form<Pairs>,
) -> Response {
    match take(&app, &client, &opened, slot_in(&form)).await {
        Ok(()) => Redirect::to(&opened.address(&visit, "reschedule/confirm")).into_response(),
        Err(error) => answer(&app, &visit, &opened, &pairs, Some(error.into_problem())).await,
    }
}

async fn take(app: &App, client: &Client, opened: &Opened, slot: Option<SlotId>) -> Result<(), Error> {
    let slot = slot.ok_or(Problem::NotFound)?;
    app.limits().hold(client)?;
    let placed = slots::one(app, slot, Service::MarriageRegistration).await?;
    let booking = &opened.booking;
    if placed.slot.starts_at == booking.starts_at && placed.registry == booking.registry.id {
        // It is their time already: nothing to hold and nothing to refuse.
        return Err(FieldErrors::new().into());
    }
    reschedule::hold(app, &opened.holder, slot, opened.now).await?;
    Ok(())
}

async fn answer(app: &App, visit: &Visit, opened: &Opened, pairs: &Pairs, problem: Option<Problem>) -> Response {
    if !opened.can_move() {
        return too_late(visit, opened);
    }
    let offered = match offer(app, opened, pairs).await {
        Ok(offered) => offered,
        Err(error) => return site::refused(visit, error),
    };
    let status = problem.as_ref().map_or(StatusCode::OK, |problem| {
        StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    });
    if status.is_server_error() {
        return site::error_page(visit, status);
    }
    draw(visit, opened, status, problem, offered)
}

/// What the page offers to choose from.
struct Offered {
    choice: Choice,
    /// Another time is held for this booking already.
    held: bool,
}

enum Choice {
    Time(Registry, Box<times::Offer>),
    Registry(Wish, Vec<registries::Choice>),
}

async fn offer(app: &App, opened: &Opened, pairs: &Pairs) -> Result<Offered, Error> {
    let booking = &opened.booking;
    let foreign = booking.parties.iter().any(|party| party.kind != PartyKind::Mainland);
    let wish = Wish { moving: Some(booking.reference), foreign, ..Wish::read(pairs) };
    let anywhere = pairs.iter().any(|(name, _)| name == ANYWHERE);
    // Most stay where they are, so their registry's times come first.
    let chosen = wish.registry.clone().or_else(|| (!anywhere).then(|| booking.registry.id.clone()));
    let registries = app.registries().await?;
    let registry = registries.iter().find(|registry| Some(&registry.id) == chosen.as_ref());
    let registry = registry.filter(|registry| registries::may_register(registry, &wish)).cloned();
    let held = reschedule::held(app, &opened.holder, opened.now).await?.is_some();
    let choice = if let Some(registry) = registry {
        let wish = Wish { registry: Some(registry.id.clone()), ..wish };
        let offer = times::load(app, registry.clone(), wish, opened.now).await?;
        Choice::Time(registry, Box::new(offer))
    } else {
        let choices = registries::load(app, &wish, opened.now).await?;
        Choice::Registry(wish, choices)
    };
    Ok(Offered { choice, held })
}

/// The name in this page's query that asks for the list of registries.
const ANYWHERE: &str = "any";

fn draw(visit: &Visit, opened: &Opened, status: StatusCode, problem: Option<Problem>, offered: Offered) -> Response {
    let locale = visit.locale;
    let Offered { choice, held } = offered;
    let title = match choice {
        Choice::Time(..) => locale.say("换一个时间", "Choose another time"),
        Choice::Registry(..) => locale.say("换一个登记处", "Choose another registry"),
    };
    let now = words::moment(locale, opened.booking.starts_at);
    let place = opened.booking.registry.name.say(locale).to_owned();
    let list = format!("{}?{ANYWHERE}=1", opened.address(visit, "reschedule"));
    let confirm = opened.address(visit, "reschedule/confirm");
    let held = held.then(|| {
        view! {
            <Notice title=locale.say("已经为您保留了一个新时间", "A new time is held for you already")>
                <p>
                    <a href=confirm>{locale.say("去确认改期", "Go on to confirm it")}</a>
                    {locale.say("；另选一个，就换成新选的。", ". If you choose another, that one is held instead.")}
                </p>
            </Notice>
        }
    });
    draw::page_as(visit, status, title, || {
        let choice = match choice {
            Choice::Time(registry, offer) => view! {
                <p class="lead">{registry.name.say(locale).to_owned()}</p>
                <p><a href=list>{locale.say("换一个登记处", "Choose another registry")}</a></p>
                {times::page(visit, &offer)}
            }
            .into_any(),
            Choice::Registry(wish, choices) => registries::list(visit, &wish, choices),
        };
        view! {
            <div class="flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回预约", "Back to the booking") />
                {problem.map(|problem| told(visit, &problem))}
                {held}
                <h1>{title}</h1>
                <p class="column">
                    {locale.say("现在的时间是 ", "Your time now is ")}
                    <strong>{now}</strong>
                    {locale.say("，", ", ")}
                    {place}
                    {locale.say(
                        "。确认改期之前，它一直是您的。",
                        ". It stays yours until you confirm the change.",
                    )}
                </p>
                {choice}
            </div>
        }
    })
}

fn told(visit: &Visit, problem: &Problem) -> AnyView {
    let locale = visit.locale;
    let sentence = match problem {
        Problem::Fields(errors) => match errors.iter().next() {
            Some(error) => error.reason.sentence(locale),
            None => locale
                .say("这就是您现在的时间，请选别的时间", "That is the time you have; please choose another")
                .to_owned(),
        },
        problem => problem.sentence(locale),
    };
    view! { <Notice tone=Tone::Warning live=true title=sentence /> }.into_any()
}

/// After the cut-off, and for bookings that have ended.
fn too_late(visit: &Visit, opened: &Opened) -> Response {
    let locale = visit.locale;
    let title = locale.say("不能在网上改期了", "It can no longer be moved online");
    let booking = &opened.booking;
    let open = !booking.state.is_final() && shanghai_date(opened.now) <= shanghai_date(booking.starts_at);
    let body = if open {
        let told = facts::until(locale, facts::Change::Move, booking.reschedule_until, false);
        view! {
            <p>
                {told}
                {locale.say("来不了的，请打登记处电话 ", " If you cannot come, please phone the registry: ")}
                {facts::call(&booking.registry.phone)}
                {locale.say("。", ".")}
            </p>
        }
        .into_any()
    } else {
        view! { <p>{locale.say("这个预约已经结束。需要时可以重新预约。", "This booking has ended. You can book again.")}</p> }
            .into_any()
    };
    draw::page_as(visit, StatusCode::CONFLICT, title, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回预约", "Back to the booking") />
                <h1>{title}</h1>
                {body}
            </div>
        }
    })
}
