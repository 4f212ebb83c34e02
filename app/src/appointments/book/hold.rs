//! `POST …/book/hold`: holds a time for longer, gives it back, or holds it again.

use axum::{
    Extension, Form, Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use server::{
    App,
    appointments::hold::{self, Hold},
    client::Client,
    error::Error,
    rejection::Rejection,
    session::Session,
};
use shared::{
    appointments::{HoldId, Refusal},
    problem::Problem,
};

use crate::{
    appointments::{
        again, choosing, confirming, draft, held,
        hold_notice::Term,
        no_cookie::{lost, not_kept},
        service::{BookingPages, ServicePages},
        step::Step,
        taking,
        wish::Wish,
    },
    pages::preferences::is_local,
    pairs::{Pairs, value},
    visit::Visit,
};

/// Reloading this address leads to where times are chosen.
pub async fn show(visit: Visit, Extension(pages): ServicePages) -> Redirect {
    Redirect::to(&visit.url(&pages.at(Step::Time)))
}

/// `hold` names the hold, `action` is `extend` or `release`, `back` is the page to return to; or `action` is
/// `again-17`, for a time that is held no more.
///
/// A script that asks for JSON is told the new end of the hold, so that nothing typed on its page is lost.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Extension(pages): ServicePages,
    headers: HeaderMap,
    Form(form): Form<Pairs>,
) -> Result<Response, Rejection> {
    if let Some(slot) = value(&form, "action").and_then(again::read) {
        let Some(session) = &visit.session else { return Ok(not_kept(&app, &visit, pages, &form)) };
        let details = visit.url(&pages.at(Step::Details(0)));
        return Ok(taking::hold_again(&app, &client, &visit, pages, (session, slot), &details).await?);
    }
    let Some(session) = &visit.session else { return Ok(lost(&app, &visit, pages)) };
    let asks_for_json = headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    let named = value(&form, "hold").unwrap_or_default();
    match act(&app, session, pages, &form).await {
        Ok(Done::Extended(hold)) if asks_for_json => Ok(Json(Term::of(visit.locale, &hold, app.now())).into_response()),
        Ok(Done::Extended(_)) => {
            let back = value(&form, "back").filter(|back| is_local(back));
            let back = back.map_or_else(|| visit.url(&pages.at(Step::Time)), str::to_owned);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response())
        }
        Ok(Done::Released(there)) => Ok(Redirect::to(&visit.url(&there.path())).into_response()),
        Err(Error::Problem(problem)) if !asks_for_json => {
            // In another window it has become the booking.
            match confirming::made_from(&app, &visit, &headers, (pages, session), named).await? {
                Some(booked) => Ok(booked),
                None => Ok(choosing::page(&app, &visit, Wish::any(pages), Some(problem)).await?),
            }
        }
        Err(error) => Err(error.into()),
    }
}

enum Done {
    Extended(Hold),
    /// With the page that shows its time among the others of its day.
    Released(Wish),
}

async fn act(app: &App, session: &Session, pages: &'static BookingPages, form: &Pairs) -> Result<Done, Error> {
    let now = app.now();
    let service = &pages.bookable.service;
    let mut live = held::load(app, service, session, now).await?;
    let at = live.iter().position(|held| Some(held.hold.id.as_str()) == value(form, "hold"));
    let Some(at) = at else {
        let named = value(form, "hold").and_then(|hold| HoldId::parse(hold).ok());
        let runs = match &named {
            Some(named) => hold::runs(app, named, now).await?,
            None => false,
        };
        return Err(if runs { Refusal::HeldElsewhere } else { Refusal::HoldExpired }.into());
    };
    let held = live.remove(at);
    let draft = draft::of_a_new_booking(service, session);
    match value(form, "action") {
        Some("extend") => {
            let extended = hold::extend(app, &held.hold.id, held.hold.token.reveal(), now).await?;
            let time = draft::LastHeld { until: extended.expires_at, ..held.remembered() };
            draft::note(app, draft, now, |draft| draft.extends(time)).await?;
            Ok(Done::Extended(extended))
        }
        Some("release") => {
            hold::release(app, &held.hold.id, held.hold.token.reveal(), now).await?;
            let (time, left) = (held.remembered(), live.first().map(held::Held::remembered));
            let there = again::day_of(Wish::any(pages), &time);
            draft::note(app, draft, now, |draft| draft.gives_up(time, left)).await?;
            Ok(Done::Released(there))
        }
        _ => Err(Problem::Malformed.into()),
    }
}
