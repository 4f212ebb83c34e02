//! `/cases/code`: the code that was sent to the phone of an application.

use axum::{
    Form,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use server::{App, Error, Rejection, client::Client, procedures::family};
use shared::{
    field::{FieldErrors, FieldMessage},
    identity::{Phone, PhoneCode},
    problem::Problem,
    procedures::CaseReference,
};

use crate::{
    cookies,
    pages::procedures::{
        code_page::{Came, CodePage, FIRST},
        keys::Keys,
        search::{Search, What, wrong_code},
    },
    visit::Visit,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    phone_code: String,
}

pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Rejection> {
    Ok(match asked(&app, &visit).await? {
        Some(Asked { phone, .. }) => draw(&visit, &phone, "", Vec::new()),
        None => start_again(&visit),
    })
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Form(typed): Form<CodeForm>,
) -> Result<Response, Rejection> {
    let Some(Asked { search, reference, phone }) = asked(&app, &visit).await? else {
        return Ok(start_again(&visit));
    };
    let code = match PhoneCode::parse(&typed.phone_code) {
        Ok(code) => code,
        Err(reason) => {
            let messages = FieldErrors::one("phone_code", reason).messages(visit.locale);
            return Ok(draw(&visit, &phone, &typed.phone_code, messages));
        }
    };
    let now = app.now();
    match family::by_code(&app, (reference, &phone), &code, &client, now).await {
        Ok((_, token)) => {
            search.end(&app, &visit, now).await?;
            let production = app.settings().production();
            let keys = Keys::read(&headers, cookies::CASES, production).with(reference.as_str(), token.reveal());
            let case = visit.url(&format!("/cases/{reference}"));
            Ok(keys.give(Redirect::to(&case).into_response(), production))
        }
        // One answer for all of these, or it would tell whether the phone is the application's.
        Err(Error::Problem(Problem::Fields(_) | Problem::Unauthorized)) => {
            Ok(draw(&visit, &phone, &typed.phone_code, vec![wrong_code(visit.locale)]))
        }
        Err(error) => Err(error.into()),
    }
}

/// What a code was asked for.
struct Asked {
    search: Search,
    reference: CaseReference,
    phone: Phone,
}

/// An application, while the code can be used.
async fn asked(app: &App, visit: &Visit) -> Result<Option<Asked>, Error> {
    let Some((search, phone)) = Search::open(app, visit, app.now()).await? else { return Ok(None) };
    let What::Case(reference) = search.what else { return Ok(None) };
    Ok(Some(Asked { search, reference, phone }))
}

fn start_again(visit: &Visit) -> Response {
    Redirect::to(&visit.url(&format!("/cases?{FIRST}"))).into_response()
}

fn draw(visit: &Visit, phone: &Phone, typed: &str, messages: Vec<FieldMessage>) -> Response {
    let button = visit.say("打开我的申请", "Open my application");
    CodePage { action: "/cases/code", back: "/cases", button, came: Came::Searching }
        .draw(visit, phone, typed, messages)
}
