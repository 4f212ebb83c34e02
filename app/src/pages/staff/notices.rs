//! `/staff/notices`: what the bureau tells those who come. Texts, and no rules: nothing that is written here changes what can
//! be booked.

mod boards;
mod editing;
mod form;
mod list;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, Error, Rejection, notices, staff::authority::Staff};
use shared::{locale::Locale, problem::Problem};

use self::{boards::Boards, editing::Editing};
use super::refused::refused;
use crate::{
    components::{
        button::LinkButton,
        notice::{Notice, Tone},
    },
    draw,
    pages::left_open,
    pairs::{Pairs, address, value},
    site::{Offered, Signed},
    visit::Visit,
};

const PAGE: &str = "/staff/notices";

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Extension(offered): Extension<Offered>,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let boards = Boards::of(&app, &staff, &offered).await?;
    let editing = if let Some(id) = value(&asked, "edit") {
        Some(Editing::of(notices::one(&app, &staff, id).await?))
    } else if value(&asked, "new").is_some() {
        Some(Editing::new(&boards, app.now()))
    } else {
        None
    };
    if let Some(editing) = editing {
        return Ok(editing.draw(&visit, &boards, app.now()));
    }
    let done = value(&asked, DONE).and_then(|done| said(visit.locale, done));
    Ok(overview(&app, &visit, &staff, &boards, Told { done, ..Told::default() }).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Extension(offered): Extension<Offered>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let boards = Boards::of(&app, &staff, &offered).await?;
    let pressed = value(&typed, "do").unwrap_or_default();
    if let "preview" | "save" = pressed {
        return Ok(editing::submit(&app, &visit, (&staff, &boards), &typed).await?);
    }
    match quick(&app, &staff, (pressed, &typed)).await {
        Ok(act) => Ok(Redirect::to(&visit.url(&address(PAGE, [(DONE, act)]))).into_response()),
        Err(error) => {
            let problem = told(error)?;
            Ok(overview(&app, &visit, &staff, &boards, Told { problem: Some(problem), ..Told::default() }).await?)
        }
    }
}

/// The name of what was just done in the address.
const DONE: &str = "done";

/// What the list says of the last press.
#[derive(Default)]
struct Told {
    problem: Option<Problem>,
    done: Option<&'static str>,
}

/// What was done, in words; when a notice stands where, the list says.
fn said(locale: Locale, done: &str) -> Option<&'static str> {
    match done {
        "published" => Some(locale.say("通知已经保存，到时间就会显示", "The notice is saved and shown in its time")),
        "changed" => Some(locale.say("修改已经保存", "The changes are saved")),
        "ended" => Some(locale.say("通知已经撤下", "The notice is taken down")),
        "undone" => Some(locale.say("已经撤销", "Undone")),
        _ => None,
    }
}

/// One press of the list: `end:3:id`, `undo:3:id`, with the version that was seen. What the list says stands now, or is to come,
/// it says of the day that it was drawn on.
async fn quick(app: &App, staff: &Staff, (pressed, typed): (&str, &Pairs)) -> Result<&'static str, Error> {
    let now = app.now();
    left_open::drawn_today(typed, now)?;
    let mut words = pressed.splitn(3, ':');
    let (act, version, id) = (words.next(), words.next(), words.next());
    let version = version.and_then(|version| version.parse().ok()).ok_or(Problem::Malformed)?;
    let of = (id.ok_or(Problem::Malformed)?, version);
    match act {
        Some("end") => notices::end(app, staff, of, now).await.map(|()| "ended"),
        Some("undo") => notices::undo(app, staff, of, now).await.map(|()| "undone"),
        _ => Err(Problem::Malformed.into()),
    }
}

/// What can be said on the page itself.
fn told(error: Error) -> Result<Problem, Rejection> {
    let problem = error.into_problem();
    if matches!(problem, Problem::Refused(_)) && problem.status() != 401 { Ok(problem) } else { Err(problem.into()) }
}

/// The form of a notice.
fn form_of(id: &str) -> String {
    address(PAGE, [("edit", id)])
}

async fn overview(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    boards: &Boards,
    Told { problem, done }: Told,
) -> Result<Response, Error> {
    let (locale, now) = (visit.locale, app.now());
    let all = notices::list(app, staff, now).await?;
    let status = problem.as_ref().map_or(StatusCode::OK, server::rejection::status);
    let problem = problem.as_ref().map(|problem| refused(locale, problem, None));
    let done = done.map(|done| view! { <Notice tone=Tone::Success title=done live=true focus=true /> });
    let title = locale.say("通知", "Notices");
    let list = list::draw(visit, boards, &all, now);
    Ok(draw::staff(visit, status, title, || {
        view! {
            <div class="flow">
                <h1>{title}</h1>
                {problem}
                {done}
                <p class="soft">
                    {locale.say(
                        "到时候自动显示，到时候自动撤下。通知只是文字，不会改变放号和预约。",
                        "They appear and disappear by the clock. A notice is text: it changes nothing that can be booked.",
                    )}
                </p>
                <p class="actions">
                    <LinkButton href=visit.url(&address(PAGE, [("new", "1")])) text=locale.say("写一条通知", "Write a notice") />
                </p>
                {list}
            </div>
        }
    }))
}
