//! `/api/v1/staff/session`

use std::sync::Arc;

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use shared::problem::Problem;
use shared::staff::Refusal;

use super::super::input::Body;
use super::super::problem::ProblemBody;
use crate::app::App;
use crate::client::{Client, from_here};
use crate::counter::counters;
use crate::error::Error;
use crate::even_time;
use crate::rejection::Rejection;
use crate::staff::authority::{self, Staff};
use crate::staff::session;
use crate::staff::sign_in::{self as door, Attempt, SignedIn};
use crate::staff::token::{Kind, Token};

/// Who wants to come in, and with what. `Debug` is left out: it carries a password.
#[derive(Deserialize, utoipa::ToSchema)]
pub(in crate::api) struct SignIn {
    account: String,
    /// Exactly as it was chosen, spaces included.
    #[schema(max_length = 1024)]
    password: String,
    /// Six digits of the authenticator, or a code on paper.
    code: String,
}

/// Signs somebody of the staff in. The first cookie is the session, the second says that the account was signed in here.
///
/// Send the second one along next time: a browser that has it pays for tries out of its own purse, whoever tries elsewhere. The
/// answer to whatever is wrong is one, and takes an even time.
#[utoipa::path(
    post,
    path = "/api/v1/staff/session",
    operation_id = "sign_in",
    tag = "staff",
    request_body = SignIn,
    responses(
        (status = 204, description = "Signed in", headers(("Set-Cookie" = String, description = "The session, and in a second line the browser's own cookie"))),
        (status = 400, description = "`malformed`: not JSON", body = ProblemBody, content_type = "application/problem+json"),
        (status = 401, description = "`not_recognised`: account, password or code, never which", body = ProblemBody, content_type = "application/problem+json"),
        (status = 403, description = "`cross_site`: a browser was sent by another site; `account_unconfirmed`: all is right, and a second person has not yet seen whose account it is; `opened_in_vain`: nor does anybody, since whoever opened it was stopped", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "`too_large`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_media_type`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_fields` at what is missing or no text", body = ProblemBody, content_type = "application/problem+json"),
        (status = 429, description = "`too_many_tries`, in this browser or for this account from browsers that are not known; `rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn sign_in(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
    Body(typed): Body<SignIn>,
) -> Result<Response, Rejection> {
    // Nobody is to work in a session that another site has opened in their browser.
    if !from_here(&headers, app.settings()) {
        return Err(Problem::CrossSite.into());
    }
    let tells =
        |tried: &Result<_, Error>| tried.as_ref().is_err_and(|error| error.refusal() == Some(Refusal::NotRecognised));
    let signed = even_time::answer(come_in(&app, &client, &headers, &typed), tells).await?;
    let production = app.settings().production();
    let mut answer = StatusCode::NO_CONTENT.into_response();
    for token in [&signed.session, &signed.device] {
        answer.headers_mut().append(header::SET_COOKIE, token.cookie(production));
    }
    Ok(answer)
}

/// Signs in, and ends the session that this browser had before.
async fn come_in(app: &App, client: &Client, headers: &HeaderMap, typed: &SignIn) -> Result<SignedIn, Error> {
    let now = app.now();
    let device = Token::sent(Kind::Device, headers, app.settings().production());
    let attempt = Attempt {
        account: &typed.account,
        password: &typed.password,
        code: &typed.code,
        word: "",
        device: device.as_ref(),
        address: client.address,
    };
    let browser = headers.get(header::USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default();
    let signed = door::sign_in(app, attempt, browser, now).await?;
    authority::end_before(app, headers, now).await?;
    Ok(signed)
}

/// Ends the session of this browser, and closes the counter where its owner sits.
///
/// A counter that has somebody stays open, with them: whoever is called or served there is finished or handed over first.
#[utoipa::path(
    delete,
    path = "/api/v1/staff/session",
    operation_id = "sign_out",
    tag = "staff",
    responses(
        (status = 204, description = "Signed out", headers(("Set-Cookie" = String, description = "Takes the session away"), ("Clear-Site-Data" = String, description = "What this browser keeps of the portal"))),
        (status = 429, description = "`rate_limited`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 503, description = "`busy`, `unavailable` or `unanswered`: the session may stand still, for half an hour at most, and so may the counter; the cookie is taken away all the same", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn sign_out(State(app): State<App>, Extension(staff): Extension<Arc<Staff>>) -> Response {
    // First, since nothing is written in a session that is over.
    let left = counters::leave(&app, &staff, app.now()).await;
    let ended = session::end(&app, &staff.signed, &staff.signed.id, app.now()).await.and(left);
    // Whatever could be written: the browser has it no more.
    let mut answer =
        ended.map_or_else(|error| Rejection::from(error).into_response(), |_| StatusCode::NO_CONTENT.into_response());
    let headers = answer.headers_mut();
    headers.append(header::SET_COOKIE, Token::no_cookie(Kind::Session, app.settings().production()));
    headers.insert(CLEAR_SITE_DATA, CLEARED);
    answer
}

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// No cookies, since without the browser's own its owner would share the tries of strangers.
const CLEARED: HeaderValue = HeaderValue::from_static(r#""cache", "storage""#);
