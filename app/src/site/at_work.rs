//! Pages for staff: who is signed in is asked at each request, before its handler. Whoever is not signs in first, and what
//! they had typed waits for them. So does what was drawn for somebody else: a page that was left open acts in nobody else's name, and
//! a form that does not say for whom it was drawn is done for nobody. The API goes by the same cookie and asks for no such mark: no
//! page of ours sends it anything, and what a program does is done for whoever is signed in as it calls.

use std::sync::Arc;

use axum::{
    Extension, Form,
    body::{Body, Bytes},
    extract::{FromRequest, MatchedPath, Request, State, rejection::BytesRejection},
    http::{Method, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use server::{
    App, Rejection,
    counter::place_change,
    error::Error,
    staff::{
        authority::{self, Staff},
        confirming,
        denied::Denied,
        proposal,
    },
};
use shared::{
    calendar::shanghai_date,
    problem::Problem,
    staff::{Refusal, Right},
};

use super::Who;
use crate::{
    pages::staff::sign_in::{self, Kept, another},
    pairs::Pairs,
    visit::{AtWork, Visit},
};

/// Who is signed in, as a handler takes it: there is somebody on every page whose row asks for a session.
pub type Signed = Extension<Arc<Staff>>;

/// Lets those through whom the row is for.
pub(super) async fn admit(State((app, who)): State<(App, Who)>, mut request: Request, next: Next) -> Response {
    let now = app.now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let staff = match authority::of_request(&app, request.headers(), route.as_ref(), now).await {
        Ok(staff) => staff,
        Err(error) if matches!(error.refusal(), Some(Refusal::SignInNeeded)) => return to_the_door(request).await,
        Err(error) => return Rejection::from(error).into_response(),
    };
    let person = Arc::new(at_work(&app, &staff, now).await);
    let staff = Arc::new(staff);
    let mut sent = None;
    if *request.method() == Method::POST {
        request = match copied(request).await {
            Ok((request, copy)) => {
                sent = Some(copy);
                request
            }
            Err(unread) => return unread.into_response(),
        };
    }
    if let Some(visit) = request.extensions_mut().get_mut::<Visit>() {
        visit.at_work = Some(Arc::clone(&person));
    }
    let instead = match &sent {
        Some(copy) => not_drawn_for(copy, &person).await,
        None => None,
    };
    let mut response = match (instead, who.admits(&staff)) {
        (Some(instead), _) => instead,
        (None, Ok(())) => {
            request.extensions_mut().insert(Arc::clone(&staff));
            staff.within(next.run(request)).await
        }
        (None, Err(refusal)) => Rejection::from(Error::from(refusal)).into_response(),
    };
    if let Some(denied) = Denied::by(&staff, &response) {
        denied.note(&app, &staff, (who, route.as_ref().map(MatchedPath::as_str)), now).await;
    }
    // Their session was ended between their press and its writing.
    if let Some((parts, body)) = sent.filter(|_| is_to_sign_in(&response)) {
        return to_the_door(Request::from_parts(parts, Body::from(body))).await;
    }
    // For the page that says what went wrong, if something did.
    response.extensions_mut().insert(person);
    response
}

/// What the layout shows of somebody.
async fn at_work(app: &App, staff: &Staff, now: DateTime<Utc>) -> AtWork {
    // The page itself matters more than this hint on it.
    let waiting = confirming::waiting(app, staff, now).await.unwrap_or_default();
    let proposed = proposal::waiting_for(app, staff, now).await.unwrap_or_default();
    let places = place_change::waiting_for(app, staff, now).await.unwrap_or_default();
    AtWork {
        account: staff.account().to_string(),
        mark: sign_in::typist(app, staff.account()),
        today: shanghai_date(now),
        seconds_left: (staff.signed.ends_at() - now).num_seconds(),
        rights: Right::ALL.iter().copied().filter(|right| !staff.anywhere(*right).is_empty()).collect(),
        to_confirm: waiting.iter().filter(|one| one.is_task()).count() + proposed + places,
    }
}

/// A request that is read, and a copy of it.
async fn copied(request: Request) -> Result<(Request, (Parts, Bytes)), BytesRejection> {
    let (parts, body) = request.into_parts();
    let body = Bytes::from_request(Request::from_parts(parts.clone(), body), &()).await?;
    Ok((Request::from_parts(parts.clone(), Body::from(body.clone())), (parts, body)))
}

/// The page in the place of a form that was not drawn for who is signed in now, before anything is asked of it. What is no form is
/// for its handler to refuse.
async fn not_drawn_for((parts, body): &(Parts, Bytes), person: &Arc<AtWork>) -> Option<Response> {
    let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
    let Form(typed) = Form::<Pairs>::from_request(request, &()).await.ok()?;
    let visit = parts.extensions.get::<Visit>().cloned()?;
    let visit = Visit { at_work: Some(Arc::clone(person)), ..visit };
    another::instead(&visit, (&person.account, &person.mark), &typed)
}

/// Whether a handler has found that whoever sent the form is signed in no more.
fn is_to_sign_in(response: &Response) -> bool {
    let problem = response.extensions().get::<Rejection>().map(Rejection::problem);
    problem.and_then(Problem::refusal::<Refusal>) == Some(Refusal::SignInNeeded)
}

/// A page that was only asked for is opened once they are signed in; a form is shown to be sent again.
async fn to_the_door(request: Request) -> Response {
    let Some(visit) = request.extensions().get::<Visit>().cloned() else {
        return Rejection::from(Problem::from(Refusal::SignInNeeded)).into_response();
    };
    let next = visit.here_in(visit.locale);
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Redirect::to(&visit.url(&sign_in::address(&next))).into_response();
    }
    match Form::<Pairs>::from_request(request, &()).await {
        Ok(Form(typed)) => sign_in::in_place(&visit, next, Kept::of(typed)),
        Err(unread) => unread.into_response(),
    }
}
