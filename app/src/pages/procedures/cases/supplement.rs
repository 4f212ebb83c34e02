//! `…/supplement`: only what was asked for, each item at its field; papers are photographed, or brought to the office.

use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, Error, Rejection, procedures::acts};
use shared::{
    eligibility::truth::Truth,
    field::FieldMessage,
    problem::Problem,
    procedures::{ActName, Refusal, State as CaseState, Typed},
    say,
};

use super::{case::SUPPLIED, opened::Opened, papers::PAGE};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
        checklist::Checklist,
        error_summary::ErrorSummary,
        heading::StepHeading,
    },
    draw,
    layout::Switch,
    pages::{
        preferences::remembered,
        procedures::{
            fields::{self, By},
            papers, photos,
        },
    },
    pairs::{Pairs, value},
    visit::Visit,
};

/// Id of the form, which the switches of language and large print send.
const FORM: &str = "answers";

pub async fn show(visit: Visit, opened: Opened) -> Response {
    if !is_asked(&opened) {
        return Redirect::to(&opened.address(&visit, "")).into_response();
    }
    draw(&visit, &opened, &Typed::new(), Vec::new())
}

pub async fn submit(
    State(app): State<App>,
    mut visit: Visit,
    opened: Opened,
    Form(sent): Form<Pairs>,
) -> Result<Response, Rejection> {
    let mut typed = fields::read(opened.asked_fields(), &sent);
    // All of them are on the page: where nothing was chosen, nothing is answered.
    for field in opened.asked_fields() {
        typed.entry(field.id.clone()).or_default();
    }
    match value(&sent, "action").and_then(Switch::read) {
        // The browser sends the same form again to the address of the other language.
        Some(Switch::Language(other)) if other != visit.locale => {
            let there = [(header::LOCATION, visit.here_in(other))];
            return Ok((StatusCode::TEMPORARY_REDIRECT, there).into_response());
        }
        Some(Switch::Language(_)) => return Ok(draw(&visit, &opened, &typed, Vec::new())),
        Some(Switch::Mode(mode)) => {
            visit.mode = mode;
            let page = draw(&visit, &opened, &typed, Vec::new());
            return Ok(remembered(mode, page, app.settings().production()));
        }
        None => {}
    }
    let seen = value(&sent, "version").and_then(|version| version.parse().ok()).unwrap_or_default();
    match acts::supply(&app, &opened.family, seen, &typed, opened.now).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?{SUPPLIED}", opened.address(&visit, ""))).into_response()),
        Err(Error::Problem(Problem::Fields(errors))) => {
            Ok(draw(&visit, &opened, &typed, errors.messages(visit.locale)))
        }
        // Handed in a moment ago, perhaps by the same button, or withdrawn: its page says how it stands.
        Err(error) if matches!(error.refusal(), Some(Refusal::NotNow { .. } | Refusal::Changed { .. })) => {
            Ok(Redirect::to(&opened.address(&visit, "")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn is_asked(opened: &Opened) -> bool {
    matches!(opened.case.state, CaseState::Supplementing { .. })
}

fn draw(visit: &Visit, opened: &Opened, typed: &Typed, messages: Vec<FieldMessage>) -> Response {
    let (locale, procedure) = (visit.locale, opened.procedure());
    let title = locale.say("补充这几项", "What is needed from you");
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let asked = opened.asked_fields().into_iter();
    let questions: Vec<_> =
        asked.map(|field| fields::draw(locale, procedure, (field, By::Family, false), typed, &messages)).collect();
    // What is brought to the counter is entered there.
    let form = (!questions.is_empty() || !opened.sent_since().is_empty()).then(|| form(visit, opened, questions));
    let (wrong, messages) = (!messages.is_empty(), fields::labelled(locale, procedure, &messages));
    let full_title = format!("{title} · {}", opened.name(locale));
    draw::page_of_form(visit, status, &full_title, FORM, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回申请", "Back to the application") />
                <ErrorSummary locale=locale messages=messages />
                <StepHeading title=title wrong=wrong />
                <p>
                    {locale.say(
                        "别的都不用再填，要补的也只有这些。看到的规定没有写哪一天以前要补；早一点补，早一点有结果。",
                        "Nothing else has to be entered again, and this is all that is missing. No rule that was seen names a day for it; \
                         the sooner you hand it in, the sooner there is an answer.",
                    )}
                </p>
                <p>
                    {locale.say(
                        "有的找不到、补不了，请告诉办理的部门，一起想办法。",
                        "If there is something that you cannot find, tell the office, and look for a way together.",
                    )}
                </p>
                {reason(visit, opened)}
                {bring(visit, opened)}
                {form}
            </div>
        }
    })
}

/// What the office wrote with its asking.
fn reason(visit: &Visit, opened: &Opened) -> Option<AnyView> {
    let asked = opened.case.history.iter().rfind(|done| done.act == ActName::Ask)?;
    let words = asked.said.clone()?;
    let title = visit.say("民政部门说", "The bureau says");
    Some(
        view! {
            <section class="flow">
                <h2>{title}</h2>
                <p class="claim-words">{words}</p>
            </section>
        }
        .into_any(),
    )
}

/// The papers that were asked for, with what was sent of them since.
fn bring(visit: &Visit, opened: &Opened) -> Option<AnyView> {
    let locale = visit.locale;
    let asked: Vec<_> = opened.asked_papers().into_iter().map(|paper| (paper, Truth::Yes)).collect();
    let since: Vec<_> = opened.sent_since().into_iter().cloned().collect();
    let sent = asked.iter().filter_map(|(paper, _)| {
        let names = photos::names(locale, &since, &paper.id)?;
        let name = paper.name.say(locale);
        Some(view! { <p>{say!(locale, "{name}：{names}", "{name}: {names}")}</p> })
    });
    let sent = sent.collect_view();
    (!asked.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("要补的材料", "Papers that are needed")}</h2>
                <Checklist things=papers::things(locale, &asked) />
                {sent}
                <p>
                    <LinkButton
                        href=opened.address(visit, PAGE)
                        text=locale.say("拍照交材料", "Send photos of them")
                        weight=Weight::Secondary
                    />
                </p>
                <p>{papers::to_bring(locale, opened.procedure())}</p>
                <p class="soft">
                    {locale.say("带到窗口的，由窗口登记，不用在这里再填。", "The counter notes what was brought there; there is nothing to enter here for it.")}
                </p>
            </section>
        }
        .into_any()
    })
}

fn form(visit: &Visit, opened: &Opened, questions: Vec<AnyView>) -> AnyView {
    let locale = visit.locale;
    view! {
        <form class="flow" id=FORM method="post" action=opened.address(visit, "supplement") novalidate>
            <input type="hidden" name="version" value=opened.case.version.to_string() />
            {questions}
            <p class="actions">
                <Button text=locale.say("交上补充的内容", "Hand in what I added") />
            </p>
        </form>
    }
    .into_any()
}
