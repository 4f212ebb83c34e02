//! `…/withdraw`: what withdrawing means, then the act.

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    procedures::{acts, consent},
};
use shared::{
    problem::Problem,
    procedures::{FieldKind, Refusal, told::told},
};

use super::opened::Opened;
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
        notice::{Notice, Tone},
        summary::{Row, Summary},
    },
    draw,
    pairs::{Pairs, value},
    visit::Visit,
    words,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    draw(&visit, &opened, StatusCode::OK)
}

/// The consent that is taken back, by its field.
const CONSENT: &str = "consent";

/// Withdraws it as the page showed it, and not where something has happened since.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    Form(sent): Form<Pairs>,
) -> Result<Response, Rejection> {
    if let Some(field) = value(&sent, CONSENT) {
        let there = opened.address(&visit, "withdraw");
        return match consent::take_back(&app, &opened.family, field, opened.now).await {
            Ok(_) => Ok(Redirect::to(&there).into_response()),
            Err(error) => match error.into_problem() {
                // Taken back a moment ago, perhaps by the same button: the page shows what stands.
                Problem::NotFound => Ok(Redirect::to(&there).into_response()),
                problem => Err(problem.into()),
            },
        };
    }
    let seen = value(&sent, "version").and_then(|version| version.parse().ok()).unwrap_or_default();
    match acts::withdraw(&app, &opened.family, seen, opened.now).await {
        Ok(_) => Ok(Redirect::to(&opened.address(&visit, "")).into_response()),
        Err(error) => match error.refusal() {
            // Ended a moment ago, perhaps by the same button: its page says how.
            Some(Refusal::NotNow { .. } | Refusal::Changed { .. }) if !opened.case.state.is_open() => {
                Ok(Redirect::to(&opened.address(&visit, "")).into_response())
            }
            Some(Refusal::NotNow { .. } | Refusal::Changed { .. }) => Ok(draw(&visit, &opened, StatusCode::CONFLICT)),
            _ => Err(error.into()),
        },
    }
}

fn draw(visit: &Visit, opened: &Opened, status: StatusCode) -> Response {
    let (locale, case) = (visit.locale, &opened.case);
    let title = locale.say("撤回申请", "Withdraw the application");
    let stands = told(&case.state, opened.procedure().payee);
    let rows = vec![
        Row::new(locale.say("申请什么", "Applied for"), opened.name(locale)),
        Row::new(locale.say("申请编号", "Application number"), case.reference.to_string()),
        Row::new(locale.say("提交的时间", "Handed in"), words::moment(locale, case.submitted_at)),
        Row::new(locale.say("办到哪一步", "Where it stands"), stands.title.say(locale)),
    ];
    let changed = (status == StatusCode::CONFLICT).then(|| {
        let title = locale.say("申请刚刚有变化，还没有撤回", "The application has just changed and is not withdrawn");
        let look = locale.say("请看清楚现在办到哪一步，再决定。", "Please see where it stands now before you decide.");
        view! { <Notice tone=Tone::Warning title=title focus=true><p>{look}</p></Notice> }
    });
    let body = if case.state.is_open() { consequences(visit, opened) } else { over(visit) };
    draw::page_as(visit, status, title, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回申请", "Back to the application") />
                {changed}
                <h1>{title}</h1>
                <Summary locale=locale rows=rows />
                {body}
                {consents(visit, opened)}
            </div>
        }
    })
}

/// What was agreed to beside the application, each with the press that takes it back.
fn consents(visit: &Visit, opened: &Opened) -> Vec<AnyView> {
    let locale = visit.locale;
    let each = opened.case.consents.iter().filter_map(|id| {
        let FieldKind::Declaration { text, .. } = &opened.procedure().field(id)?.kind else { return None };
        let text = text.say(locale).to_owned();
        let drawn = view! {
            <section class="flow">
                <h2>{locale.say("只撤回一项同意", "Take back one consent alone")}</h2>
                <p>{text}</p>
                <p>
                    {locale.say(
                        "撤回以后，靠这项同意保存的内容会删掉，申请照样办。",
                        "What was kept by it is erased, and the application goes on.",
                    )}
                </p>
                <form method="post" action=opened.address(visit, "withdraw")>
                    <input type="hidden" name=CONSENT value=id.clone() />
                    <p class="actions">
                        <Button text=locale.say("撤回这项同意", "Take this consent back") weight=Weight::Secondary />
                    </p>
                </form>
            </section>
        };
        Some(drawn.into_any())
    });
    each.collect()
}

fn consequences(visit: &Visit, opened: &Opened) -> AnyView {
    let locale = visit.locale;
    let limit = if opened.procedure().claim.is_some() {
        locale.say(
            "这件事有申请的期限，晚了不一定办得了，请先问办理的部门。",
            "There is a time within which to apply, so please ask the office first.",
        )
    } else {
        locale.say(
            "再申请有没有期限，看到的规定没有写，撤回以前请先问办理的部门。",
            "Whether there is a last day for applying again, no rule that was seen says: ask the office before you withdraw.",
        )
    };
    view! {
        <p>
            <LinkButton
                href=opened.address(visit, "")
                text=locale.say("不撤回，返回申请", "Keep it and go back")
                weight=Weight::Secondary
            />
        </p>
        <section class="flow">
            <h2>{locale.say("撤回以后", "If you withdraw it")}</h2>
            <ul>
                <li>{locale.say("民政部门不再办理，也不会作出决定。", "The bureau does nothing more with it and decides nothing.")}</li>
                <li>
                    {locale.say(
                        "以后想再办，可以重新申请，也可以请办理的部门把这一件重新打开。",
                        "If you want to go on later, apply again, or ask the office to open this one again.",
                    )}
                </li>
                <li>{limit}</li>
            </ul>
        </section>
        <form method="post" action=opened.address(visit, "withdraw")>
            <input type="hidden" name="version" value=opened.case.version.to_string() />
            <p class="actions">
                <Button text=locale.say("撤回这件申请", "Withdraw this application") weight=Weight::Danger />
            </p>
        </form>
    }
    .into_any()
}

fn over(visit: &Visit) -> AnyView {
    let title = visit.say("这件申请已经办完，不需要撤回", "This application is over: there is nothing to withdraw");
    view! { <Notice title=title /> }.into_any()
}
