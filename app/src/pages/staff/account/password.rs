//! `/staff/account/password`: another password for one's own account.

use axum::{
    Extension, Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, Error, Rejection, client::Client, staff::authority::Staff, staff::own};
use shared::field::FieldMessage;

use crate::{
    components::{back_link::BackLink, button::Button, error_summary::ErrorSummary},
    draw,
    pages::staff::{
        choosing,
        proof::{self, Proof, prove},
    },
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
};

const PAGE: &str = "/staff/account/password";

pub async fn show(visit: Visit, Extension(staff): Signed) -> Response {
    if staff.is_fresh() {
        page(&visit, Vec::new())
    } else {
        proof::ask(&visit, StatusCode::OK, &Vec::new(), what(&visit), Vec::new())
    }
}

fn what(visit: &Visit) -> &'static str {
    visit.say("确认，去改密码", "Confirm, and change the password")
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    match prove(&app, &visit, (&client, &headers), &staff, (&typed, what(&visit))).await? {
        Proof::Asked(page) => Ok(page),
        Proof::Given(given) => Ok(given.answer(change(&app, &visit, &given.staff, &typed).await)),
    }
}

async fn change(app: &App, visit: &Visit, staff: &Staff, typed: &Pairs) -> Result<Response, Error> {
    if value(typed, choosing::PASSWORD).is_none() {
        return Ok(Redirect::to(&visit.url(PAGE)).into_response());
    }
    let names = own::names(app, staff.account()).await?;
    match choosing::read_password(visit.locale, typed, &names) {
        Ok(password) => {
            own::change_password(app, staff, &password).await?;
            Ok(Redirect::to(&visit.url("/staff/account?password")).into_response())
        }
        Err(message) => Ok(page(visit, vec![message])),
    }
}

fn page(visit: &Visit, messages: Vec<FieldMessage>) -> Response {
    let locale = visit.locale;
    let title = locale.say("改密码", "Change the password");
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    draw::staff(visit, status, title, || {
        let password = choosing::password(locale, &messages);
        view! {
            <div class="staff-door flow">
                <BackLink href=visit.url("/staff/account") text=locale.say("我的账号", "My account") />
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "改好以后，您在别的浏览器里的登录都会结束。",
                        "Your sessions in other browsers end with it.",
                    )}
                </p>
                <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                    {password}
                    <p class="actions">
                        <Button text=title />
                    </p>
                </form>
            </div>
        }
    })
}
