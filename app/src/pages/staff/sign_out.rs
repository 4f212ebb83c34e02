//! `/staff/sign-out`: ends this browser's session.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    staff::{
        authority, session,
        token::{Kind, Token},
    },
};
use shared::staff::Refusal;

use crate::{components::button::Button, draw, visit::Visit};

const PAGE: &str = "/staff/sign-out";

/// Opening an address changes nothing, so there is a button.
pub async fn show(visit: Visit) -> Response {
    let title = visit.say("退出登录", "Sign out");
    draw::staff(&visit, StatusCode::OK, title, || {
        view! {
            <div class="staff-door flow">
                <h1>{title}</h1>
                <p>
                    {visit.say(
                        "离开座位以前请退出登录，别人就不能用您的账号办事。",
                        "Sign out before you leave your seat, so that nobody acts in your name.",
                    )}
                </p>
                <form method="post" action=visit.url(PAGE)>
                    <p class="actions">
                        <Button text=title />
                    </p>
                </form>
            </div>
        }
    })
}

pub async fn submit(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Result<Response, Rejection> {
    let now = app.now();
    match authority::of_cookie(&app, &headers, now).await {
        Ok(staff) => session::end(&app, staff.account(), &staff.signed.id, staff.actor(), now).await?,
        Err(error) if matches!(error.refusal(), Some(Refusal::SignInNeeded)) => {}
        Err(error) => return Err(error.into()),
    }
    let mut response = Redirect::to(&visit.url("/staff/sign-in")).into_response();
    let out = response.headers_mut();
    out.append(header::SET_COOKIE, Token::no_cookie(Kind::Session, app.settings().production()));
    // Back shows nothing of what was on the screen.
    out.insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    Ok(response)
}
