//! One try to sign in, and the cookies that come of it.

use axum::{
    http::{HeaderMap, header},
    response::Response,
};
use server::{
    App,
    client::Client,
    error::Error,
    even_time,
    staff::{
        sign_in::{Attempt, SignedIn, sign_in as prove},
        token::{Kind, Token},
    },
};

use crate::pairs::{Pairs, value};

/// Takes what was typed; every refusal takes as long, whatever was wrong.
pub(super) async fn sign_in(app: &App, client: &Client, headers: &HeaderMap, typed: &Pairs) -> Result<SignedIn, Error> {
    let device = device(app, headers);
    let attempt = attempt(client, device.as_ref(), typed);
    even_time::answer(prove(app, attempt, browser(headers), app.now()), Result::is_err).await
}

/// What somebody typed, and where.
pub(in crate::pages::staff) fn attempt<'a>(
    client: &Client,
    device: Option<&'a Token>,
    typed: &'a Pairs,
) -> Attempt<'a> {
    Attempt {
        account: value(typed, "account").unwrap_or_default(),
        password: value(typed, "password").unwrap_or_default(),
        code: value(typed, "code").unwrap_or_default(),
        word: value(typed, "word").unwrap_or_default(),
        device,
        address: client.address,
    }
}

/// The browser, where an account was signed in with it before.
pub(in crate::pages::staff) fn device(app: &App, headers: &HeaderMap) -> Option<Token> {
    Token::sent(Kind::Device, headers, app.settings().production())
}

/// What the browser calls itself.
pub(super) fn browser(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default()
}

/// Gives the browser what it is known by from now on, the session first.
pub(in crate::pages::staff) fn with_cookies<'a>(
    mut response: Response,
    tokens: impl IntoIterator<Item = &'a Token>,
    production: bool,
) -> Response {
    for token in tokens {
        response.headers_mut().append(header::SET_COOKIE, token.cookie(production));
    }
    response
}
