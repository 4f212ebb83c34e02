//! `…/bookings/code`: the code that was sent to the phone of a booking.

use axum::{
    Extension, Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{
    App,
    appointments::booking::find::{self, Claim},
    error::Error,
    phone_codes::Asker,
    rejection::Rejection,
};
use shared::{
    field::{FieldErrors, FieldMessage},
    identity::PhoneCode,
    locale::Locale,
    problem::Problem,
    say,
};

use super::{LATE, NONE_YET, with_claim};
use crate::{
    appointments::{
        keys::KeyRing,
        service::{BookingPages, ServicePages},
    },
    components::{
        back_link::BackLink, button::Button, demo_mailbox::demo_mailbox, error_summary::ErrorSummary,
        text_field::TextField,
    },
    cookies, draw,
    visit::{Visit, cookie},
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    phone_code: String,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(pages): ServicePages,
    headers: HeaderMap,
) -> Result<Response, Rejection> {
    match claim(&app, &headers) {
        Some(claim) => Ok(draw(&visit, pages, &claim, "", Vec::new())?),
        None => Ok(start_again(&app, &visit, pages, &headers)),
    }
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(pages): ServicePages,
    headers: HeaderMap,
    Form(typed): Form<CodeForm>,
) -> Result<Response, Rejection> {
    let Some(claim) = claim(&app, &headers) else { return Ok(start_again(&app, &visit, pages, &headers)) };
    let code = match PhoneCode::parse(&typed.phone_code) {
        Ok(code) => code,
        Err(reason) => {
            let messages = FieldErrors::one("phone_code", reason).messages(visit.locale);
            return Ok(draw(&visit, pages, &claim, &typed.phone_code, messages)?);
        }
    };
    let asker = visit.session.as_ref().map_or_else(Asker::unknown, |session| Asker::of(app.keys(), session));
    let phone = claim.phone()?;
    match find::by_code(&app, pages.bookable, &asker, (claim.reference, &phone), &code, app.now()).await {
        Ok((_, token)) => {
            let production = app.settings().production();
            let path = pages.path(&format!("bookings/{}", claim.reference.as_str()));
            let page = with_claim(Redirect::to(&visit.url(&path)).into_response(), "", production);
            Ok(KeyRing::read(&headers, production).with(claim.reference, &token).give(page, production))
        }
        // One answer for all of these, or it would tell whether the phone belongs to the booking.
        Err(Error::Problem(Problem::Fields(_) | Problem::Unauthorized)) => {
            Ok(draw(&visit, pages, &claim, &typed.phone_code, vec![wrong(visit.locale)])?)
        }
        Err(error) => Err(error.into()),
    }
}

fn claim(app: &App, headers: &HeaderMap) -> Option<Claim> {
    Claim::open(app, sealed(app, headers)?, app.now())
}

fn sealed<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers, cookies::CLAIM.under(app.settings().production()))
}

/// Who never asked for a code is not told that it has expired.
fn start_again(app: &App, visit: &Visit, pages: &BookingPages, headers: &HeaderMap) -> Response {
    let why = if sealed(app, headers).is_some() { LATE } else { NONE_YET };
    Redirect::to(&visit.url(&format!("{}?{why}", pages.path("bookings")))).into_response()
}

fn wrong(locale: Locale) -> FieldMessage {
    let message = locale.say(
        "这个验证码没有对上。请核对短信里的六位数字；试了几次都不对，或者过了 10 分钟，请返回重新获取。",
        "We could not find a booking with this code. Please check the six digits in your text message. After several \
         wrong tries, or 10 minutes, go back and ask for a new code.",
    );
    FieldMessage { field: "phone_code".to_owned(), code: "phone_code_wrong".to_owned(), message: message.to_owned() }
}

fn draw(
    visit: &Visit,
    pages: &BookingPages,
    claim: &Claim,
    typed: &str,
    messages: Vec<FieldMessage>,
) -> Result<Response, Error> {
    let locale = visit.locale;
    let title = locale.say("填写验证码", "Enter the code");
    let phone = claim.phone()?.masked();
    let sent = say!(
        locale,
        "预约号和手机号对得上的话，六位验证码已经发到 {phone}，10 分钟内有效。",
        "If the reference number and phone number match, we have sent a six-digit code to {phone}. It is valid for \
         10 minutes."
    );
    let place = pages.words.place.say(locale);
    let nothing_came = say!(
        locale,
        "没有收到？等一分钟，再返回重新查找。换了手机号的，请带证件到{place}，或者拨打 12345。",
        "No code? Wait a minute, then search again. If you no longer have that number, bring your document to the \
         {place}, or call 12345."
    );
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let error = messages.first().map(|message| message.message.clone());
    Ok(draw::page_as(visit, status, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url(&pages.path("bookings")) text=locale.say("重新查找", "Search again") />
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                <p>{sent}</p>
                {demo_mailbox(visit)}
                <form class="flow" method="post" action=visit.url(&pages.path("bookings/code")) novalidate>
                    <TextField
                        locale=locale
                        name="phone_code"
                        label=locale.say("验证码", "Code")
                        value=typed.to_owned()
                        error=error
                        autocomplete="one-time-code"
                        inputmode="numeric"
                        width="input-code"
                    />
                    <p class="actions">
                        <Button text=locale.say("打开预约", "Open the booking") />
                    </p>
                </form>
                <p>{nothing_came}</p>
            </div>
        }
    }))
}
