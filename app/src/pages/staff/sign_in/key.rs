//! Signing in with a passkey in the place of the code: what the browser asks the key, and the button that does.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use server::{
    App,
    client::Client,
    error::Error,
    even_time,
    staff::{
        passkey::{self, Asked},
        sign_in::SignedIn,
    },
};
use shared::{locale::Locale, staff::Refusal};

use super::attempt;
use crate::{
    draw::{Script, needs},
    pairs::{Pairs, value},
    visit::Visit,
};

/// Takes account and password, and says what to ask the key.
pub(super) async fn ask(app: &App, visit: &Visit, client: &Client, headers: &HeaderMap, typed: &Pairs) -> Response {
    let device = attempt::device(app, headers);
    let attempt = attempt::attempt(client, device.as_ref(), typed);
    let asked = even_time::answer(passkey::begin_signing_in(app, attempt, app.now()), Result::is_err).await;
    if asked.as_ref().is_err_and(|error| error.refusal() == Some(Refusal::NotRecognised)) {
        let message = visit.say(
            "账号、密码和通行密钥没有全部对上。还没有通行密钥的账号，请填动态码登录。",
            "Account, password and passkey do not all match. An account without a passkey signs in with a code.",
        );
        return (StatusCode::UNAUTHORIZED, Json(BTreeMap::from([("message", message)]))).into_response();
    }
    in_json(visit.locale, asked)
}

/// What was asked, or why nothing is, for the script.
pub(in crate::pages::staff) fn in_json(locale: Locale, asked: Result<Asked, Error>) -> Response {
    match asked {
        Ok(asked) => Json(asked).into_response(),
        Err(error) => {
            let problem = error.into_problem();
            let message = BTreeMap::from([("message", problem.sentence(locale))]);
            (server::rejection::status(&problem), Json(message)).into_response()
        }
    }
}

/// Lets somebody in whose key has answered; none for a form without an answer.
pub(super) async fn answered(app: &App, headers: &HeaderMap, typed: &Pairs) -> Option<Result<SignedIn, Error>> {
    let answer = value(typed, "answer").filter(|answer| !answer.is_empty())?;
    let (device, id) = (attempt::device(app, headers), value(typed, "challenge").unwrap_or_default());
    let browser = (attempt::browser(headers), app.now());
    let signing = passkey::finish_signing_in(app, (id, answer), device.as_ref(), browser);
    Some(even_time::answer(signing, Result::is_err).await)
}

/// The button, for browsers with scripts, and the fields that its answer comes in.
pub(super) fn button(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    of(
        locale,
        visit.url(super::PAGE),
        locale.say("不填动态码，用通行密钥登录", "Use a passkey instead of the code"),
        locale.say(
            "没有完成。可以再试一次，或者填动态码登录。",
            "It was not completed. Try again, or sign in with a code.",
        ),
    )
}

/// A button that asks a key: what the script asks `address`, the key answers.
pub(in crate::pages::staff) fn of(
    locale: Locale,
    address: String,
    text: &'static str,
    cancelled: &'static str,
) -> AnyView {
    needs(Script::Passkey);
    view! {
        <input type="hidden" name="challenge" value="" />
        <input type="hidden" name="answer" value="" />
        <p class="actions">
            <button class="button button-secondary" type="button" hidden data-passkey=address>{text}</button>
        </p>
        <p class="error" id="passkey-said" role="alert" lang=locale.tag() data-cancelled=cancelled></p>
    }
    .into_any()
}
