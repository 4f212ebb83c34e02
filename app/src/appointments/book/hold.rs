//! `POST …/book/hold`: holds a time for longer, or gives it back.

use axum::{
    Extension, Form, Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use server::{
    App,
    appointments::hold::{self, Hold},
    error::Error,
    rejection::Rejection,
    session::Session,
};
use shared::{
    appointments::{Refusal, Service},
    calendar::shanghai_date,
    problem::Problem,
};

use crate::{
    appointments::{
        choosing, draft, held,
        hold_notice::Term,
        service::{BookingPages, ServicePages},
        step::Step,
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

/// `hold` names the hold, `action` is `extend` or `release`, `back` is the page to return to.
///
/// A script that asks for JSON is told the new end of the hold, so that nothing typed on its page is lost.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(pages): ServicePages,
    headers: HeaderMap,
    Form(form): Form<Pairs>,
) -> Result<Response, Rejection> {
    let asks_for_json = headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    match act(&app, &visit, pages, &form).await {
        Ok(Done::Extended(hold)) if asks_for_json => Ok(Json(Term::of(visit.locale, &hold, app.now())).into_response()),
        Ok(Done::Extended(_)) => {
            let back = value(&form, "back").filter(|back| is_local(back));
            let back = back.map_or_else(|| visit.url(&pages.at(Step::Time)), str::to_owned);
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response())
        }
        Ok(Done::Released(there)) => Ok(Redirect::to(&visit.url(&there.path())).into_response()),
        Err(Error::Problem(problem)) if !asks_for_json => {
            Ok(choosing::page(&app, &visit, Wish::any(pages), Some(problem)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

enum Done {
    Extended(Hold),
    /// With the page that shows its time among the others of its day.
    Released(Wish),
}

async fn act(app: &App, visit: &Visit, pages: &'static BookingPages, form: &Pairs) -> Result<Done, Error> {
    let now = app.now();
    let service = &pages.bookable.service;
    let session = visit.session.as_ref().ok_or(Refusal::HoldExpired)?;
    let live = held::load(app, service, session, now).await?;
    let named = value(form, "hold").and_then(|id| live.into_iter().find(|held| held.hold.id.as_str() == id));
    let held = named.ok_or(Refusal::HoldExpired)?;
    match value(form, "action") {
        Some("extend") => {
            let extended = hold::extend(app, &held.hold.id, held.hold.token.reveal(), now).await?;
            draft::keep(app, service, session, extended.expires_at).await?;
            Ok(Done::Extended(extended))
        }
        Some("release") => {
            hold::release(app, &held.hold.id, held.hold.token.reveal(), now).await?;
            forget_hold(app, service, session).await?;
            let date = Some(shanghai_date(held.record.starts_at));
            Ok(Done::Released(Wish { place: Some(held.record.place), date, ..Wish::any(pages) }))
        }
        _ => Err(Problem::Malformed.into()),
    }
}

/// A time given up has not run out, so nobody is told later that it did.
async fn forget_hold(app: &App, service: &Service, session: &Session) -> Result<(), Error> {
    let now = app.now();
    let mut typed = draft::load(app, service, session, now).await?;
    if typed.held_until.take().is_none() {
        return Ok(());
    }
    draft::save(app, service, session, &typed, now).await
}
