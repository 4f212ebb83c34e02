//! One page of the form. Each press keeps what was typed, right or wrong; what is wrong is told at its field.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    procedures::drafts::{self, Saved},
};
use shared::{
    field::FieldMessage,
    procedures::{Field, Refusal, Step},
};

use super::{Opened, kept, two_windows};
use crate::{
    components::{
        back_link::BackLink, button::Button, error_summary::ErrorSummary, heading::StepHeading, steps::Steps,
    },
    draw::{self, Script},
    layout::Switch,
    pages::{
        preferences::turned,
        procedures::{
            answers,
            fields::{self, By},
        },
    },
    pairs::{Pairs, value},
    visit::Visit,
};

/// Id of the form, which the switches of language and large print send.
const FORM: &str = "answers";

pub(super) async fn submit(
    app: &App,
    visit: &Visit,
    mut opened: Opened,
    place: usize,
    (sent, is_typing): (&Pairs, bool),
) -> Result<Response, Rejection> {
    let typed = fields::read(&opened.procedure().steps[place].fields, sent);
    let seen = value(sent, "version").and_then(|version| version.parse().ok()).unwrap_or_default();
    match drafts::save(app, &opened.draft, seen, &typed, opened.now).await {
        Ok(Saved::Kept { version, expires_at }) => {
            opened.draft.version = version;
            opened.draft.expires_at = expires_at;
            opened.draft.typed.extend(typed);
        }
        Ok(Saved::Changed { version, theirs }) => {
            let step = &opened.procedure().steps[place];
            return Ok(two_windows::draw(visit, &opened, step, (version, &typed, &theirs)));
        }
        // The draft's own page says so.
        Err(error) if matches!(error.refusal(), Some(Refusal::DraftSubmitted | Refusal::DraftOver)) => {
            return Ok(Redirect::to(&opened.address(visit, "")).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    if is_typing {
        return Ok(kept::told(visit, &opened));
    }
    match Switch::read(value(sent, "action").unwrap_or_default()) {
        Some(Switch::Language(other)) => return Ok(Redirect::to(&visit.here_in(other)).into_response()),
        Some(Switch::Mode(mode)) => {
            return Ok(turned(mode, visit.here_in(visit.locale), app.settings().production()));
        }
        None => {}
    }
    let step = &opened.procedure().steps[place];
    match opened.procedure().read_step(step, &opened.draft.typed, opened.today) {
        Ok(_) => Ok(Redirect::to(&next(visit, &opened, place)).into_response()),
        Err(errors) => Ok(draw(visit, &opened, place, errors.messages(visit.locale))),
    }
}

/// The page after this one, or that of all answers.
fn next(visit: &Visit, opened: &Opened, place: usize) -> String {
    match opened.procedure().steps.get(place + 1).filter(|_| !is_from_check(visit)) {
        Some(step) => opened.step_address(visit, step),
        None => opened.address(visit, "check"),
    }
}

/// Whether one came from the page of all answers, to change one.
fn is_from_check(visit: &Visit) -> bool {
    visit.query.as_deref().is_some_and(|query| query.split('&').any(|pair| pair == "from=check"))
}

/// The page with what was typed; with messages it answers 422.
pub(super) fn draw(visit: &Visit, opened: &Opened, place: usize, messages: Vec<FieldMessage>) -> Response {
    let (locale, procedure) = (visit.locale, opened.procedure());
    let step = &procedure.steps[place];
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (at, of) = (place + 1, procedure.steps.len());
    let (title, name) = (step.title.say(locale).to_owned(), opened.name(locale));
    let (back, back_to) = if is_from_check(visit) {
        (opened.address(visit, "check"), locale.say("返回核对", "Back to your answers"))
    } else {
        (opened.address(visit, ""), locale.say("申请的各部分", "All parts of the application"))
    };
    let save = if is_from_check(visit) {
        locale.say("保存修改", "Save the change")
    } else {
        locale.say("保存并继续", "Save and continue")
    };
    let lead = step.lead.as_ref().map(|lead| view! { <p>{lead.say(locale).to_owned()}</p> });
    let (wrong, questions) = (!messages.is_empty(), questions(visit, opened, step, &messages));
    let messages = fields::labelled(locale, procedure, &messages);
    draw::page_of_form(visit, status, &format!("{title} · {name}"), FORM, || {
        draw::needs(Script::Draft);
        view! {
            <div class="column flow">
                <BackLink href=back text=back_to />
                <ErrorSummary locale=locale messages=messages />
                <Steps locale=locale at=at of=of name=name.clone() />
                <StepHeading title=title.clone() wrong=wrong />
                {lead}
                {kept::line(visit, opened)}
                <form class="flow" id=FORM method="post" action=visit.here_in(locale) data-draft=opened.mark(step) novalidate>
                    <input type="hidden" name="version" value=opened.draft.version.to_string() autocomplete="off" />
                    {questions}
                    {kept::while_typing(locale)}
                    {told(visit, step)}
                    <p class="actions">
                        <Button text=save />
                    </p>
                </form>
            </div>
        }
    })
}

/// The fields that the other answers do not make unnecessary.
fn questions(visit: &Visit, opened: &Opened, step: &Step, messages: &[FieldMessage]) -> Vec<AnyView> {
    let (procedure, typed) = (opened.procedure(), &opened.draft.typed);
    let question = |field: &Field| {
        let may_be_left = answers::may_be_unasked(procedure, field, typed, opened.today);
        fields::draw(visit.locale, procedure, (field, By::Family, may_be_left), typed, messages)
    };
    procedure.asked(step, typed, opened.today).into_iter().map(question).collect()
}

/// The page of the form that asks about whoever died.
const DECEASED: &str = "deceased";

/// What becomes of the answers, before the press that keeps them (个人信息保护法 art 17).
fn told(visit: &Visit, step: &Step) -> AnyView {
    // The deceased cannot be told.
    let text = if step.id == DECEASED {
        visit.say(
            "填写的内容加密保存，只用来办这件申请。",
            "What you enter is kept encrypted, for this application alone. ",
        )
    } else {
        visit.say(
            "填写的内容加密保存，只用来办这件申请。填家里其他在世的人的，请先告诉他们。",
            "What you enter is kept encrypted, for this application alone. Before you enter what is somebody else’s who is alive, \
             tell them. ",
        )
    };
    view! {
        <p class="soft">
            {text}
            <a href=visit.url("/privacy")>{visit.say("隐私说明", "Privacy notice")}</a>
        </p>
    }
    .into_any()
}
