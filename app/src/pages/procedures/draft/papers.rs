//! `…/papers`: photographs of papers, as far as somebody wants to send them now. What is not sent is brought to the counter.

use axum::{
    Form,
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    client::Client,
    procedures::papers::{self, Tray},
};
use shared::{field::FieldMessage, problem::Problem};

use super::{Opened, file, handed_in, kept};
use crate::{
    components::{back_link::BackLink, button::LinkButton, error_summary::ErrorSummary, heading::StepHeading},
    draw::{self, Script},
    pages::procedures::{
        answers,
        papers::to_bring,
        photos::{
            ADDED, PAPER, Photos, named,
            parts::{self, Coming},
            sent::{self, Sent},
        },
    },
    pairs::{Pairs, value},
    visit::Visit,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    if opened.draft.submitted.is_some() {
        return handed_in::draw(&visit, &opened);
    }
    draw(&visit, &opened, Vec::new())
}

/// Takes the files of one paper, at an address of their own.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    mut opened: Opened,
    Query(asked): Query<Pairs>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Rejection> {
    let Ok(tray) = Tray::of_draft(&opened.draft) else { return Ok(handed_in::draw(&visit, &opened)) };
    let paper = value(&asked, PAPER).ok_or(Problem::NotFound)?;
    let tray = tray.sent_by(&client);
    let sent = Sent { client: &client, headers: &headers, body, paper };
    match sent::take(&app, (visit.locale, opened.now), &tray, sent).await? {
        None => Ok(Redirect::to(&format!("{}?{ADDED}", opened.address(&visit, PAGE))).into_response()),
        Some(message) => {
            // Those before the one that is no good are there.
            opened.files = papers::of_draft(&app, &opened.draft).await?;
            Ok(draw(&visit, &opened, vec![message]))
        }
    }
}

/// Takes what a script sends of a file, part by part.
pub async fn take_part(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    opened: Opened,
    Query(asked): Query<Pairs>,
    body: Body,
) -> Result<Response, Rejection> {
    let Ok(tray) = Tray::of_draft(&opened.draft) else { return Ok(handed_in::draw(&visit, &opened)) };
    let tray = tray.sent_by(&client);
    let coming = Coming { client: &client, asked: &asked, body };
    Ok(parts::take(&app, (visit.locale, opened.now), &tray, coming).await?)
}

/// Whoever comes to the address of that form without it finds the page.
pub async fn lead_back(visit: Visit, opened: Opened) -> Response {
    Redirect::to(&opened.address(&visit, PAGE)).into_response()
}

/// Takes a file away, or moves it up.
pub async fn change(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    Form(sent): Form<Pairs>,
) -> Result<Response, Rejection> {
    let Ok(tray) = Tray::of_draft(&opened.draft) else { return Ok(handed_in::draw(&visit, &opened)) };
    sent::change(&app, &tray, &sent, opened.now).await?;
    Ok(Redirect::to(&opened.address(&visit, PAGE)).into_response())
}

/// The name of this page below its draft.
pub(super) const PAGE: &str = "papers";

fn draw(visit: &Visit, opened: &Opened, messages: Vec<FieldMessage>) -> Response {
    let (locale, procedure) = (visit.locale, opened.procedure());
    let title = locale.say("材料的照片", "Photos of papers");
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let address = opened.address(visit, PAGE);
    let opens = Some(opened.address(visit, file::PAGE));
    let photos = Photos { visit, address, opens, files: &opened.files, messages: &messages };
    let needed = answers::papers(procedure, &opened.draft.typed, opened.today);
    let is_shown = |id: &str| {
        needed.iter().any(|(paper, _)| paper.id == id) || opened.files.iter().any(|handed| handed.paper == id)
    };
    let shown = procedure.papers.iter().filter(|paper| is_shown(&paper.id));
    let sections: Vec<_> = shown.map(|paper| photos.section(paper)).collect();
    let (limits, thanks, wrong) = (photos.limits(), photos.thanks(), !messages.is_empty());
    let messages = named(locale, procedure, &messages);
    draw::page_as(visit, status, &format!("{title} · {}", opened.name(locale)), || {
        draw::needs(Script::Parts);
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("申请的各部分", "All parts of the application") />
                <ErrorSummary locale=locale messages=messages />
                {thanks}
                <StepHeading title=title wrong=wrong />
                <p>
                    {locale.say(
                        "现在就可以拍照交。不交照片，也能提交申请。",
                        "You can send photos now. The application can be handed in without them.",
                    )}
                    " "
                    {to_bring(locale, procedure)}
                </p>
                {limits}
                {kept::line(visit, opened)}
                {sections}
                <p class="actions">
                    <LinkButton
                        href=opened.address(visit, "check")
                        text=locale.say("核对填写的内容", "Check your answers")
                    />
                </p>
            </div>
        }
    })
}
