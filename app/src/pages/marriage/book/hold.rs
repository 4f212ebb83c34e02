//! `POST /marriage/book/hold`: holds a time for longer, or gives it back.

use axum::{
    Form, Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use server::{
    App,
    appointments::{
        hold::{self, Hold},
        record::Record,
    },
    error::Error,
    marriage::draft,
    session::Session,
};
use shared::appointments::Refusal;
use shared::problem::Problem;

use super::{Pairs, answer, page_of, value, wish::Wish};
use crate::{components::hold_notice::Term, pages::preferences::is_local, site::refused, visit::Visit};

/// Somebody who reloads this address goes to where times are chosen.
pub async fn show(visit: Visit) -> Redirect {
    Redirect::to(&visit.url("/marriage/book"))
}

/// `hold` names the hold, `action` is `extend` or `release`, `back` is the page to return to.
///
/// A script that asks for JSON is told the new end of the hold, so that nothing typed on its page is lost.
pub async fn submit(State(app): State<App>, visit: Visit, headers: HeaderMap, Form(form): Form<Pairs>) -> Response {
    let asks_for_json = headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    match act(&app, &visit, &form).await {
        Ok(Done::Extended(hold)) if asks_for_json => Json(Term::of(visit.locale, &hold, app.now())).into_response(),
        Ok(Done::Extended(_)) => {
            let back = value(&form, "back").filter(|back| is_local(back));
            let back = back.map_or_else(|| visit.url("/marriage/book"), str::to_owned);
            (StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response()
        }
        Ok(Done::Released(record)) => Redirect::to(&visit.url(&page_of(&record).path())).into_response(),
        Err(Error::Problem(problem)) if asks_for_json => {
            StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::CONFLICT).into_response()
        }
        Err(Error::Problem(problem)) => answer(&app, &visit, Wish::default(), Some(problem)).await,
        Err(error) => refused(&visit, error),
    }
}

enum Done {
    Extended(Hold),
    Released(Record),
}

async fn act(app: &App, visit: &Visit, form: &Pairs) -> Result<Done, Error> {
    let now = app.now();
    let session = visit.session.as_ref().ok_or(Refusal::HoldExpired)?;
    let live = hold::all_of_session(app, session, now).await?;
    let named = value(form, "hold").and_then(|id| live.into_iter().find(|(_, hold)| hold.id.as_str() == id));
    let (record, held) = named.ok_or(Refusal::HoldExpired)?;
    match value(form, "action") {
        Some("extend") => {
            let extended = hold::extend(app, &held.id, held.token.reveal(), now).await?;
            draft::keep(app, session, extended.expires_at).await?;
            Ok(Done::Extended(extended))
        }
        Some("release") => {
            hold::release(app, &held.id, held.token.reveal(), now).await?;
            forget_hold(app, session).await?;
            Ok(Done::Released(record))
        }
        _ => Err(Problem::Malformed.into()),
    }
}

/// A time given up has not run out, so nobody is told later that it did.
async fn forget_hold(app: &App, session: &Session) -> Result<(), Error> {
    let now = app.now();
    let mut typed = draft::load(app, session, now).await?;
    if typed.held_until.take().is_none() {
        return Ok(());
    }
    draft::save(app, session, &typed, now).await
}
