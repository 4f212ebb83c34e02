//! Reading one answer in full: for a reason, in the answer to this form alone, and in the family's sight.

use std::sync::Arc;

use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::prelude::*;
use server::{App, Error, Rejection, client::Client, procedures::cases, rejection, staff::authority::Staff};
use shared::{
    field::{Asked as Question, FieldErrors, Reason as Wrong},
    locale::Locale,
    problem::Problem,
    staff::{Refusal, Right},
};

use super::{Opened, form::Form, page};
use crate::{
    components::{
        button::{Button, Weight},
        choice::{Choice, ChoiceOption},
        notice::Notice,
        text_field::TextField,
    },
    pages::staff::proof::{self, Proof, prove},
    pairs::{Pairs, value},
};

/// The field with what is read.
const WHAT: &str = "what";
/// That of the reason, as the server names it.
const WHY: &str = "why";

static MISSING: Question = Question::one_of("reveal_what_missing", "请选择看哪一项。", "Choose what to read.");

/// Takes the form. Whoever has read much within the hour proves again who they are.
pub(super) async fn take(
    app: &App,
    asking: (&Client, &HeaderMap),
    staff: &Arc<Staff>,
    opened: Opened<'_>,
    typed: Pairs,
) -> Result<Response, Rejection> {
    if value(&typed, "password").is_none() {
        return Ok(read(app, staff, opened, typed).await?);
    }
    match prove(app, opened.visit, asking, staff, (&typed, does(opened.locale()))).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => {
            let page = read(app, &given.staff, opened, typed).await;
            Ok(given.answer(page))
        }
    }
}

async fn read(app: &App, staff: &Staff, opened: Opened<'_>, typed: Pairs) -> Result<Response, Error> {
    let locale = opened.locale();
    let what = value(&typed, WHAT).unwrap_or_default().to_owned();
    let is_known = opened.case.answers.iter().any(|answer| answer.is_masked && answer.field == what);
    if !is_known {
        let errors = FieldErrors::one(WHAT, Wrong::Missing(&MISSING));
        return Ok(page(&opened, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(typed, &errors, locale)));
    }
    let why = value(&typed, WHY).unwrap_or_default().to_owned();
    let error = match cases::reveal(app, staff, &opened.case.id, &what, &why, app.now()).await {
        Ok(full) => {
            // What was just read stands among the looks already.
            let opened = Opened::to_read(app, opened.visit, staff, opened.case.id.as_str()).await?;
            let form = Form { shown: Some((what, full)), ..Form::default() };
            return Ok(page(&opened, StatusCode::OK, &form));
        }
        Err(error) => error,
    };
    if matches!(error.refusal(), Some(Refusal::SignInAgain)) {
        return Ok(proof::ask(opened.visit, StatusCode::FORBIDDEN, &typed, does(locale), Vec::new()));
    }
    match error.into_problem() {
        Problem::Fields(errors) => {
            Ok(page(&opened, StatusCode::UNPROCESSABLE_ENTITY, &Form::wrong(typed, &errors, locale)))
        }
        problem if matches!(problem, Problem::Refused(_)) && problem.status() != 401 => {
            let status = rejection::status(&problem);
            Ok(page(&opened, status, &Form::refused(typed, problem)))
        }
        problem => Err(problem.into()),
    }
}

/// What its button does.
fn does(locale: Locale) -> &'static str {
    locale.say("记录原因，显示这一项", "Record why and show it")
}

/// What was asked for, in full.
pub(super) fn shown(opened: &Opened<'_>, form: &Form) -> Option<AnyView> {
    let locale = opened.locale();
    let (field, full) = form.shown.clone()?;
    let title = opened.item(&field);
    Some(
        view! {
            <div class="met" tabindex="-1" autofocus role="status">
                <Notice title=title>
                    <p class="in-full">{full}</p>
                    <p class="soft">{locale.say("只在这一页显示，离开就没有了；已经记录。", "Shown on this page only, and recorded.")}</p>
                </Notice>
            </div>
        }
        .into_any(),
    )
}

pub(super) fn form(opened: &Opened<'_>, form: &Form) -> Option<AnyView> {
    let locale = opened.locale();
    let masked = opened.case.answers.iter().filter(|answer| answer.is_masked);
    let answers: Vec<_> =
        masked.map(|answer| ChoiceOption::new(answer.field.clone(), answer.label.say(locale))).collect();
    let may = opened.visit.at_work.as_ref().is_some_and(|person| person.rights.contains(&Right::Unmask));
    if answers.is_empty() || !may {
        return None;
    }
    let open = form.is_of("reveal") && form.shown.is_none();
    Some(
        view! {
            <details class="ask" open=open>
                <summary>{locale.say("看完整的一项…", "Read one of them in full…")}</summary>
                <form class="ask-body flow" method="post" action=opened.itself() novalidate>
                    <Choice
                        locale=locale
                        name=WHAT
                        legend=locale.say("看哪一项", "What to read")
                        answers=answers
                        chosen=form.text(WHAT)
                        error=form.error(WHAT)
                    />
                    <TextField
                        locale=locale
                        name=WHY
                        label=locale.say("为什么要看（申请人看得到，不要写号码）", "Why (the applicant reads it; no numbers)")
                        value=form.text(WHY)
                        error=form.error(WHY)
                    />
                    <p class="actions">
                        <Button
                            text=does(locale)
                            name="do"
                            value="reveal"
                            weight=Weight::Secondary
                        />
                    </p>
                </form>
            </details>
        }
        .into_any(),
    )
}
