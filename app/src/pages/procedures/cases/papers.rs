//! `…/papers`: photographs of the papers that a family was asked for; what is not sent is brought to the counter.

use axum::{
    Form,
    body::Body,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, Rejection, client::Client, procedures::files::Handed, procedures::papers::Tray};
use shared::{field::FieldMessage, problem::Problem};

use super::opened::Opened;
use crate::{
    components::{back_link::BackLink, button::LinkButton, error_summary::ErrorSummary, heading::StepHeading},
    draw::{self, Script},
    pages::procedures::{
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

pub async fn show(State(app): State<App>, visit: Visit, opened: Opened) -> Result<Response, Rejection> {
    let Ok(tray) = Tray::of_case(&opened.case) else { return Ok(back(&visit, &opened, "")) };
    Ok(draw(&visit, &opened, &tray.list(&app).await?, Vec::new()))
}

/// Takes the files of one paper, at an address of their own.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    opened: Opened,
    Query(asked): Query<Pairs>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Rejection> {
    let Ok(tray) = Tray::of_case(&opened.case) else { return Ok(back(&visit, &opened, "")) };
    let paper = value(&asked, PAPER).ok_or(Problem::NotFound)?;
    let tray = tray.sent_by(&client);
    let sent = Sent { client: &client, headers: &headers, body, paper };
    match sent::take(&app, (visit.locale, opened.now), &tray, sent).await? {
        None => Ok(Redirect::to(&format!("{}?{ADDED}", opened.address(&visit, PAGE))).into_response()),
        Some(message) => Ok(draw(&visit, &opened, &tray.list(&app).await?, vec![message])),
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
    let Ok(tray) = Tray::of_case(&opened.case) else { return Ok(back(&visit, &opened, "")) };
    let tray = tray.sent_by(&client);
    let coming = Coming { client: &client, asked: &asked, body };
    Ok(parts::take(&app, (visit.locale, opened.now), &tray, coming).await?)
}

/// Whoever comes to the address of that form without it finds the page.
pub async fn lead_back(visit: Visit, opened: Opened) -> Response {
    back(&visit, &opened, PAGE)
}

/// Takes away or moves up what was sent since the family was asked.
pub async fn change(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    Form(sent): Form<Pairs>,
) -> Result<Response, Rejection> {
    let Ok(tray) = Tray::of_case(&opened.case) else { return Ok(back(&visit, &opened, "")) };
    sent::change(&app, &tray, &sent, opened.now).await?;
    Ok(back(&visit, &opened, PAGE))
}

/// The name of this page below its application.
pub(super) const PAGE: &str = "papers";

fn back(visit: &Visit, opened: &Opened, page: &str) -> Response {
    Redirect::to(&opened.address(visit, page)).into_response()
}

fn draw(visit: &Visit, opened: &Opened, files: &[Handed], messages: Vec<FieldMessage>) -> Response {
    let (locale, procedure) = (visit.locale, opened.procedure());
    let title = locale.say("补材料的照片", "Photos of the papers asked for");
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    // They open with a copy of one's own data, which takes a code.
    let photos = Photos { visit, address: opened.address(visit, PAGE), opens: None, files, messages: &messages };
    let sections: Vec<_> = opened.asked_papers().into_iter().map(|paper| photos.section(paper)).collect();
    let (limits, thanks, wrong) = (photos.limits(), photos.thanks(), !messages.is_empty());
    let on = opened.address(visit, "supplement");
    let messages = named(locale, procedure, &messages);
    draw::page_as(visit, status, &format!("{title} · {}", opened.name(locale)), || {
        draw::needs(Script::Parts);
        view! {
            <div class="column flow">
                <BackLink href=on.clone() text=locale.say("返回要补充的内容", "Back to what is needed") />
                <ErrorSummary locale=locale messages=messages />
                {thanks}
                <StepHeading title=title wrong=wrong />
                <p>{to_bring(locale, procedure)}</p>
                {limits}
                {sections}
                <p class="actions">
                    <LinkButton href=on text=locale.say("照片交好了，继续", "The photos are there: go on") />
                </p>
            </div>
        }
    })
}
