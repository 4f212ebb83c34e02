//! `/staff/cases/{id}/files/{file}`: a photograph of a paper as it is, or a PDF to save, for whoever has said why. That and when it
//! was opened the family reads; the reason holds for a quarter of an hour in the same case.

use axum::{
    Extension, Form as Sent,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, Error, Rejection, client::Client, procedures::papers, staff::authority::Staff};
use shared::{
    field::FieldErrors,
    locale::Locale,
    problem::Problem,
    procedures::{CaseId, FileId},
    staff::Refusal,
};

use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        error_summary::{ErrorSummary, message_at},
        text_field::TextField,
    },
    draw,
    pages::staff::proof::{self, Proof, prove},
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
};

/// The field of the reason, as the server names it.
const WHY: &str = "why";

/// A file of a case.
type Named = (CaseId, FileId);

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(named): Path<(String, String)>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    let file = file(&named)?;
    match papers::look(&app, &staff, (&file.0, &file.1), None, app.now()).await {
        Ok(opened) => Ok(opened.into_response()),
        Err(error) => Ok(asked(&visit, &file, &Pairs::new(), error)?),
    }
}

/// Takes the reason. Whoever has read much within the hour proves again who they are.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    (client, headers): (Client, HeaderMap),
    Path(named): Path<(String, String)>,
    Extension(staff): Signed,
    Sent(typed): Sent<Pairs>,
) -> Result<Response, Rejection> {
    let file = file(&named)?;
    if value(&typed, "password").is_none() {
        return Ok(said(&app, &visit, &staff, &file, &typed).await?);
    }
    match prove(&app, &visit, (&client, &headers), &staff, (&typed, does(visit.locale))).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => {
            let page = said(&app, &visit, &given.staff, &file, &typed).await;
            Ok(given.answer(page))
        }
    }
}

fn file((id, file): &(String, String)) -> Result<Named, Problem> {
    let id = CaseId::parse(id).map_err(|_| Problem::NotFound)?;
    Ok((id, FileId::parse(file).map_err(|_| Problem::NotFound)?))
}

fn address(visit: &Visit, (case, file): &Named) -> String {
    visit.url(&format!("{}/files/{file}", super::path(case)))
}

/// Writes the reason down, with which the file opens at its own address.
async fn said(app: &App, visit: &Visit, staff: &Staff, file: &Named, typed: &Pairs) -> Result<Response, Error> {
    match papers::look(app, staff, (&file.0, &file.1), value(typed, WHY), app.now()).await {
        Ok(_) => Ok(Redirect::to(&address(visit, file)).into_response()),
        Err(error) => asked(visit, file, typed, error),
    }
}

/// What is asked before a file is opened.
///
/// # Errors
/// Why it does not open, whatever is answered.
fn asked(visit: &Visit, file: &Named, typed: &Pairs, error: Error) -> Result<Response, Error> {
    if matches!(error.refusal(), Some(Refusal::SignInAgain)) {
        return Ok(proof::ask(visit, StatusCode::FORBIDDEN, typed, does(visit.locale), Vec::new()));
    }
    match error.into_problem() {
        Problem::Fields(errors) => Ok(ask(visit, file, typed, &errors)),
        problem => Err(problem.into()),
    }
}

/// What its button does.
fn does(locale: Locale) -> &'static str {
    locale.say("记录原因，打开", "Record why and open it")
}

/// Asks why; nothing is wrong while nobody has been asked.
fn ask(visit: &Visit, file: &Named, typed: &Pairs, errors: &FieldErrors) -> Response {
    let locale = visit.locale;
    let title = locale.say("打开材料", "Open a paper");
    let given = value(typed, WHY);
    let (status, messages) = match given {
        Some(_) => (StatusCode::UNPROCESSABLE_ENTITY, errors.messages(locale)),
        None => (StatusCode::OK, Vec::new()),
    };
    let (back, action) = (visit.url(&super::path(&file.0)), address(visit, file));
    let (given, error) = (given.unwrap_or_default().to_owned(), message_at(&messages, WHY));
    draw::no_store(draw::staff(visit, status, title, || {
        view! {
            <div class="column flow">
                <BackLink href=back text=locale.say("返回申请", "Back to the application") />
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "照片里可能有完整的证件号码和银行卡号。什么时候打开、为什么，申请人看得到。写一次，一刻钟里打开这件申请的其他材料不用再写。",
                        "A photo may show numbers and accounts in full. The applicant reads when you opened it, and why. Said once, it holds \
                         for the other papers of this application for a quarter of an hour.",
                    )}
                </p>
                <form class="flow" method="post" action=action novalidate>
                    <TextField
                        locale=locale
                        name=WHY
                        label=locale.say("为什么要看（不要写号码）", "Why (no numbers)")
                        value=given
                        error=error
                    />
                    <p class="actions">
                        <Button text=does(locale) />
                    </p>
                </form>
            </div>
        }
    }))
}
