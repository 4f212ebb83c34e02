//! `/screen/{code}`: the link that a manager makes, opened on the screen itself. It works once.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    counter::{
        office,
        screens::{self, Screen},
    },
};
use shared::{problem::Problem, say};

use crate::{components::button::Button, draw, visit::Visit};

/// Opening the address changes nothing: whoever previews the link in a message does not use it up.
pub async fn show(State(app): State<App>, visit: Visit, Path(code): Path<String>) -> Result<Response, Rejection> {
    let Some(screen) = screens::of_code(&app, &code, app.now()).await? else { return Ok(over(&visit)) };
    let office = office::one(&app, &screen.office).await?;
    let locale = visit.locale;
    let (name, kind) = (office.name.say(locale).to_owned(), screen.kind.words(locale));
    let title = say!(locale, "把这块屏幕设为{name}的{kind}？", "Make this screen a {kind} of {name}?");
    Ok(draw::hall(&visit, StatusCode::OK, &title, || {
        view! {
            <main class="kiosk" id="main">
                <div class="kiosk-answer flow">
                    <h1>{title.clone()}</h1>
                    <p>{screen.name.to_string()}</p>
                    <p>
                        {locale.say(
                            "这个链接只能用一次。请在要用的那块屏幕上按。",
                            "The link works once. Press on the very screen that is to be used.",
                        )}
                    </p>
                    <form method="post" action=visit.url(&format!("/screen/{code}"))>
                        <Button text=locale.say("就用这块屏幕", "Use this screen") />
                    </form>
                </div>
            </main>
        }
    }))
}

pub async fn submit(State(app): State<App>, visit: Visit, Path(code): Path<String>) -> Result<Response, Rejection> {
    match screens::open(&app, &code, app.now()).await {
        Ok((screen, token)) => {
            let mut page = Redirect::to(&visit.url(&address(&screen))).into_response();
            page.headers_mut().append(header::SET_COOKIE, token.cookie(app.settings().production()));
            Ok(page)
        }
        Err(error) => match error.into_problem() {
            Problem::NotFound => Ok(over(&visit)),
            other => Err(other.into()),
        },
    }
}

/// Where a screen lives, without the language prefix.
pub fn address(screen: &Screen) -> String {
    format!("/{}/{}", screen.kind.name(), screen.office)
}

/// The link was used, taken back, or is a day old.
fn over(visit: &Visit) -> Response {
    said(
        visit,
        StatusCode::GONE,
        visit.say("这个链接已经失效", "This link is over"),
        visit.say(
            "链接只能用一次，一天之内有效。请大厅负责人在“大厅设置”里重新生成。",
            "A link works once, within a day. The office manager makes a new one under “Office settings”.",
        ),
    )
}

/// What a screen says that shows nothing else.
pub fn said(visit: &Visit, status: StatusCode, title: &'static str, words: &'static str) -> Response {
    draw::hall(visit, status, title, || {
        view! {
            <main class="kiosk" id="main">
                <div class="kiosk-answer flow">
                    <h1>{title}</h1>
                    <p>{words}</p>
                </div>
            </main>
        }
    })
}

/// What a screen says that was never opened, or was taken back.
pub fn not_opened(visit: &Visit) -> Response {
    said(
        visit,
        StatusCode::FORBIDDEN,
        visit.say("这块屏幕还没有接通", "This screen is not connected"),
        visit.say(
            "请大厅负责人登录后，在“大厅设置”里生成一个链接，在这块屏幕上打开。",
            "The office manager makes a link under “Office settings” and opens it on this screen.",
        ),
    )
}
