//! `…/resume/code`: the code that was sent, which opens the half-filled applications of a phone.

use axum::{
    Form,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use server::{App, Error, Rejection, client::Client, procedures::drafts};
use shared::{
    field::{FieldErrors, FieldMessage},
    identity::{Phone, PhoneCode},
    problem::Problem,
};

use crate::{
    cookies,
    pages::procedures::{
        code_page::{Came, CodePage, FIRST},
        keys::Keys,
        offered, path_of,
        search::{Search, What, wrong_code},
    },
    visit::Visit,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    phone_code: String,
}

pub async fn show(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Result<Response, Rejection> {
    offered(&app, &id)?;
    Ok(match asked(&app, &visit, &id).await? {
        Some(Asked { phone, .. }) => draw(&visit, &id, &phone, "", Vec::new()),
        None => start_again(&visit, &id),
    })
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(typed): Form<CodeForm>,
) -> Result<Response, Rejection> {
    let offered = offered(&app, &id)?;
    let Some(Asked { search, last_six, phone }) = asked(&app, &visit, &id).await? else {
        return Ok(start_again(&visit, &id));
    };
    let code = match PhoneCode::parse(&typed.phone_code) {
        Ok(code) => code,
        Err(reason) => {
            let messages = FieldErrors::one("phone_code", reason).messages(visit.locale);
            return Ok(draw(&visit, &id, &phone, &typed.phone_code, messages));
        }
    };
    let now = app.now();
    match drafts::resume(&app, &offered.region, &id, &phone, code.as_str(), &last_six, &client, now).await {
        Ok(begun) => {
            search.end(&app, &visit, now).await?;
            let production = app.settings().production();
            let keys = Keys::read(&headers, cookies::DRAFTS, production);
            let keys = begun.iter().rev().fold(keys, |keys, one| keys.with(one.id.as_str(), one.token.reveal()));
            // Of several one chooses.
            let page = match begun.as_slice() {
                [one] => format!("{}/drafts/{}", path_of(&id), one.id),
                _ => format!("{}/resume", path_of(&id)),
            };
            Ok(keys.give(Redirect::to(&visit.url(&page)).into_response(), production))
        }
        Err(Error::Problem(Problem::Fields(_) | Problem::Unauthorized)) => {
            Ok(draw(&visit, &id, &phone, &typed.phone_code, vec![wrong_code(visit.locale)]))
        }
        Err(error) => Err(error.into()),
    }
}

/// What a code was asked for.
struct Asked {
    search: Search,
    last_six: String,
    phone: Phone,
}

/// Of this procedure, while the code can be used.
async fn asked(app: &App, visit: &Visit, id: &str) -> Result<Option<Asked>, Error> {
    let Some((search, phone)) = Search::open(app, visit, app.now()).await? else { return Ok(None) };
    let last_six = match &search.what {
        What::Draft { procedure, last_six } if procedure == id => last_six.clone(),
        _ => return Ok(None),
    };
    Ok(Some(Asked { search, last_six, phone }))
}

fn start_again(visit: &Visit, id: &str) -> Response {
    Redirect::to(&visit.url(&format!("{}/resume?{FIRST}", path_of(id)))).into_response()
}

fn draw(visit: &Visit, id: &str, phone: &Phone, typed: &str, messages: Vec<FieldMessage>) -> Response {
    let back = format!("{}/resume", path_of(id));
    let action = format!("{back}/code");
    let button = visit.say("打开我的申请", "Open my application");
    CodePage { action: &action, back: &back, button, came: Came::Searching }.draw(visit, phone, typed, messages)
}
