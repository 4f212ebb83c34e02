//! `…/check`: all answers, each with the way to change it, then the press that hands them in.

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    client::Client,
    procedures::submit::{self as handing_in, NotSubmitted},
};
use shared::{
    field::{FieldErrors, FieldMessage},
    procedures::{
        Field, Refusal, Step,
        definition::Paper,
        told::{before::before, settled},
    },
    say,
};

use super::{Opened, handed_in, kept, papers::PAGE};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton},
        error_summary::message_at,
        heading::StepHeading,
        notice::{Notice, Tone},
        summary::{Row, Summary},
    },
    cookies, draw,
    pages::{
        procedures::{answers, keys::Keys, papers, photos},
        staff::cases::new::HANDED_IN,
    },
    pairs::{Pairs, value},
    visit::Visit,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    if opened.draft.submitted.is_some() {
        return handed_in::draw(&visit, &opened);
    }
    draw(&visit, &opened, &missing(&opened), None)
}

/// Hands the answers in as they were seen; the same draft again leads to the same application.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    opened: Opened,
    headers: HeaderMap,
    Form(sent): Form<Pairs>,
) -> Result<Response, Rejection> {
    let seen: Option<u32> = value(&sent, "version").and_then(|version| version.parse().ok());
    let saw_files = value(&sent, "files").is_none_or(|seen| seen == files(&opened));
    if opened.draft.submitted.is_none() && (seen != Some(opened.draft.version) || !saw_files) {
        return Ok(draw(&visit, &opened, &missing(&opened), Some(StatusCode::CONFLICT)));
    }
    match handing_in::submit(&app, (&opened.draft, &client), visit.locale, None, opened.now).await {
        // What the family's own link opens is for the family alone.
        Ok(_) if opened.at_counter => Ok(Redirect::to(&visit.url(HANDED_IN)).into_response()),
        Ok(submitted) => {
            let production = app.settings().production();
            let (reference, token) = (submitted.reference, submitted.manage_token);
            let keys = Keys::read(&headers, cookies::CASES, production).with(reference.as_str(), token.reveal());
            let receipt = visit.url(&format!("/cases/{reference}/receipt"));
            Ok(keys.give(Redirect::to(&receipt).into_response(), production))
        }
        Err(NotSubmitted::Fields(errors)) => Ok(draw(&visit, &opened, &errors, Some(StatusCode::UNPROCESSABLE_ENTITY))),
        Err(NotSubmitted::Other(error)) => match error.refusal() {
            // The draft's own page says so.
            Some(Refusal::DraftOver) => Ok(Redirect::to(&opened.address(&visit, "")).into_response()),
            _ => Err(error.into()),
        },
    }
}

/// The files that stand on the page, for its form.
fn files(opened: &Opened) -> String {
    opened.files.iter().map(|file| file.id.as_str()).collect::<Vec<_>>().join(".")
}

/// What is wrong with the answers, or missing.
fn missing(opened: &Opened) -> FieldErrors {
    opened.procedure().read(&opened.draft.typed, opened.today).err().unwrap_or_default()
}

/// With a status where a press came to nothing.
fn draw(visit: &Visit, opened: &Opened, errors: &FieldErrors, refused: Option<StatusCode>) -> Response {
    let (locale, procedure) = (visit.locale, opened.procedure());
    let title = locale.say("核对填写的内容", "Check your answers");
    let messages = errors.messages(locale);
    let parts: Vec<_> = procedure.steps.iter().filter_map(|step| part(visit, opened, step, &messages)).collect();
    let changed = (refused == Some(StatusCode::CONFLICT)).then(|| {
        let title = locale
            .say("内容刚刚在另一个窗口改过，还没有提交", "Another window has just changed this; nothing was handed in");
        let look = locale.say("请把下面再看一遍，再提交。", "Please read it again before you hand it in.");
        view! { <Notice tone=Tone::Warning title=title focus=true><p>{look}</p></Notice> }
    });
    let status = refused.unwrap_or(StatusCode::OK);
    let full_title = format!("{title} · {}", opened.name(locale));
    let is_wrong = refused == Some(StatusCode::UNPROCESSABLE_ENTITY);
    let way_on = if errors.is_empty() { hand_in(visit, opened) } else { lacking(visit, opened, errors, is_wrong) };
    draw::page_as(visit, status, &full_title, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("申请的各部分", "All parts of the application") />
                {changed}
                <StepHeading title=title wrong=refused.is_some() />
                {kept::line(visit, opened)}
                {parts}
                {beforehand(visit, opened)}
                {of_papers(visit, opened)}
                {way_on}
            </div>
        }
    })
}

/// The answers of one page of the form.
fn part(visit: &Visit, opened: &Opened, step: &Step, messages: &[FieldMessage]) -> Option<AnyView> {
    let (locale, procedure, typed) = (visit.locale, opened.procedure(), &opened.draft.typed);
    let row = |field: &Field| {
        let text = typed.get(&field.id).map_or("", String::as_str);
        let shown = answers::shown(locale, procedure, field, text);
        let value = match (shown, message_at(messages, &field.id)) {
            (Some(shown), Some(message)) => say!(locale, "{shown}\n（{message}）", "{shown}\n({message})"),
            (Some(shown), None) => shown,
            (None, Some(message)) => say!(locale, "还没有填（{message}）", "Not filled in ({message})"),
            (None, None) => locale.say("没有填", "Left empty").to_owned(),
        };
        Row::new(field.label.say(locale), value).change(opened.change_address(visit, step))
    };
    let rows: Vec<_> = procedure.asked(step, typed, opened.today).into_iter().map(row).collect();
    let title = step.title.say(locale).to_owned();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{title}</h2>
                <Summary locale=locale rows=rows />
            </section>
        }
        .into_any()
    })
}

/// What was sent of papers and what is to be brought; neither keeps anybody from handing in.
fn of_papers(visit: &Visit, opened: &Opened) -> Option<AnyView> {
    let (locale, procedure) = (visit.locale, opened.procedure());
    let needed = answers::papers(procedure, &opened.draft.typed, opened.today);
    let is_needed = |id: &str| needed.iter().any(|(paper, _)| paper.id == id);
    let row = |paper: &Paper| {
        let sent = photos::names(locale, &opened.files, &paper.id);
        let to_bring = || locale.say("没有交照片，请带到窗口", "No photo sent: bring it to the counter").to_owned();
        (sent.is_some() || is_needed(&paper.id)).then(|| {
            let row = Row::new(paper.name.say(locale), sent.unwrap_or_else(to_bring));
            row.change(opened.address(visit, PAGE))
        })
    };
    let rows: Vec<_> = procedure.papers.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("材料", "Papers")}</h2>
                <Summary locale=locale rows=rows />
                <p>{papers::to_bring(locale, procedure)}</p>
            </section>
        }
        .into_any()
    })
}

/// How the rules stand for the answers: it is told, and keeps nobody from handing in.
fn beforehand(visit: &Visit, opened: &Opened) -> AnyView {
    let (locale, procedure) = (visit.locale, opened.procedure());
    let checked = procedure.check(&opened.draft.typed, opened.today);
    let claimed = opened.claim_ends.and_then(|until| settled::claimed(procedure, until, opened.today, locale));
    let told = before(procedure, &checked, locale).into_iter().chain(claimed);
    let told = told.map(|sentence| view! { <p>{sentence}</p> });
    view! {
        <section class="flow">
            <h2>{locale.say("先替您看一看", "A first look")}</h2>
            {told.collect_view()}
        </section>
    }
    .into_any()
}

fn hand_in(visit: &Visit, opened: &Opened) -> AnyView {
    let locale = visit.locale;
    view! {
        <section class="flow">
            <h2>{locale.say("提交以后", "Once it is handed in")}</h2>
            <p>
                {locale.say(
                    "内容就不能自己改了。缺什么，民政部门会一次告诉您；不想办了，随时可以撤回，决定作出以后除外。",
                    "You cannot change it yourself any more. If something is missing, the bureau tells you once, in full. Until it is \
                     decided you can withdraw it at any time.",
                )}
            </p>
            <form method="post" action=opened.address(visit, "check")>
                <input type="hidden" name="version" value=opened.draft.version.to_string() />
                <input type="hidden" name="files" value=files(opened) />
                <p class="actions">
                    <Button text=locale.say("确认并提交申请", "Confirm and hand it in") />
                </p>
            </form>
        </section>
    }
    .into_any()
}

/// To the first page on which something is missing; the page opens with it where that is what became of a press.
fn lacking(visit: &Visit, opened: &Opened, errors: &FieldErrors, focus: bool) -> AnyView {
    let (locale, count) = (visit.locale, errors.len());
    let title = say!(
        locale,
        "还有 {count} 项要填写或者更正，现在还不能提交",
        "{count} answers are missing or need correcting first"
    );
    let lacks = |step: &&Step| step.fields.iter().any(|field| errors.for_field(&field.id).is_some());
    let first = opened.procedure().steps.iter().find(lacks);
    let way = first.map(|step| {
        let text = say!(locale, "去填“{}”", "Go to “{}”", step.title.say(locale));
        view! {
            <p class="actions">
                <LinkButton href=opened.change_address(visit, step) text=text />
            </p>
        }
    });
    view! {
        <Notice tone=Tone::Warning title=title focus=focus />
        {way}
    }
    .into_any()
}
