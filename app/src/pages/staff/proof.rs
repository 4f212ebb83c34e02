//! Password and code anew, before what is hard to undo: one page for all of it, which carries along what was asked for.

use std::sync::Arc;

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    client::Client,
    even_time,
    rejection::{status, with_retry_after},
    staff::{
        authority::{self, Staff},
        sign_in::confirm,
        token::Token,
    },
};
use shared::{field::FieldMessage, staff::Refusal};

use super::sign_in::{self, attempt};
use crate::{
    components::{
        button::{Button, LinkButton, Weight},
        error_summary::ErrorSummary,
    },
    draw,
    pairs::{Pairs, value},
    visit::Visit,
};

/// What came of asking.
pub(super) enum Proof {
    /// It was given within five minutes.
    Given(Given),
    /// The page that asks for it.
    Asked(Response),
}

/// Somebody who has just proved who they are.
pub(super) struct Given {
    pub(super) staff: Arc<Staff>,
    /// Of the session, where it goes on under a new one.
    token: Option<Token>,
    production: bool,
}

impl Given {
    /// The answer with the session's new token: also with one that says that nothing was done.
    pub(super) fn answer(&self, page: Result<Response, Error>) -> Response {
        let page = page.unwrap_or_else(|error| Rejection::from(error).into_response());
        attempt::with_cookies(page, &self.token, self.production)
    }
}

/// What is never carried along in a page.
const SECRET: [&str; 3] = ["password", "code", "new-password"];

/// Takes password and code, where they were sent along, or asks for them, where they were not given just now. `what` is on
/// the button: what will be done.
pub(super) async fn prove(
    app: &App,
    visit: &Visit,
    (client, headers): (&Client, &HeaderMap),
    staff: &Arc<Staff>,
    (typed, what): (&Pairs, &str),
) -> Result<Proof, Rejection> {
    let production = app.settings().production();
    if value(typed, "password").is_none() {
        return Ok(if staff.is_fresh() {
            Proof::Given(Given { staff: Arc::clone(staff), token: None, production })
        } else {
            Proof::Asked(ask(visit, StatusCode::OK, typed, what, Vec::new()))
        });
    }
    let messages = sign_in::missing(visit.locale, typed, &["password", "code"]);
    if !messages.is_empty() {
        return Ok(Proof::Asked(ask(visit, StatusCode::UNPROCESSABLE_ENTITY, typed, what, messages)));
    }
    let device = attempt::device(app, headers);
    let attempt = attempt::attempt(client, device.as_ref(), typed);
    match even_time::answer(confirm(app, &staff.signed, attempt, app.now()), Result::is_err).await {
        Ok(token) => {
            let staff = Arc::new(authority::again(app, staff, app.now()).await?);
            Ok(Proof::Given(Given { staff, token: Some(token), production }))
        }
        Err(error) => {
            let problem = error.into_problem();
            let Some(Refusal::NotRecognised | Refusal::TooManyTries { .. }) = problem.refusal() else {
                return Err(problem.into());
            };
            let messages = vec![sign_in::message("password", &problem.sentence(visit.locale))];
            let page = ask(visit, status(&problem), typed, what, messages);
            Ok(Proof::Asked(with_retry_after(page, &problem)))
        }
    }
}

/// The page that asks for password and code; what was asked for before is sent along with them.
pub(super) fn ask(
    visit: &Visit,
    status: StatusCode,
    typed: &Pairs,
    what: &str,
    messages: Vec<FieldMessage>,
) -> Response {
    let locale = visit.locale;
    let title = locale.say("请再确认一次是您本人", "Please confirm that it is you");
    let kept = typed.iter().filter(|(name, _)| !SECRET.contains(&name.as_str()));
    let kept = kept.map(|(name, text)| view! { <input type="hidden" name=name.clone() value=text.clone() /> });
    let (kept, here, what) = (kept.collect_view(), visit.here_in(locale), what.to_owned());
    let back = here.clone();
    draw::staff(visit, status, title, || {
        view! {
            <div class="staff-door flow">
                <ErrorSummary locale=locale messages=messages.clone() />
                <h1 tabindex="-1" autofocus=messages.is_empty()>{title}</h1>
                <p>
                    {locale.say(
                        "这一步影响大，所以每五分钟要确认一次。",
                        "This matters, so it takes password and code every five minutes.",
                    )}
                </p>
                <form class="flow" method="post" action=here novalidate>
                    {kept}
                    {sign_in::proof(locale, &messages)}
                    <p class="actions">
                        <Button text=what />
                        <LinkButton href=back text=locale.say("不做了", "Leave it") weight=Weight::Quiet />
                    </p>
                </form>
            </div>
        }
    })
}
