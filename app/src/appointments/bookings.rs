//! `…/bookings`: finding a booking by its reference number and a phone that was given with it.

pub mod booking;
pub mod code;

use axum::{
    Extension, Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{
    App,
    appointments::booking::find::{self, Claim},
    client::Client,
    error::Error,
    phone_codes::Asker,
    rejection::Rejection,
};
use shared::{
    appointments::{BookingReference, ReferenceError},
    field::FieldMessage,
    identity::{Phone, PhoneReason},
    locale::Locale,
    say,
};

use super::service::{BookingPages, ServicePages};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        error_summary::{ErrorSummary, message_at},
        notice::{Notice, Tone},
        phone_field::PhoneField,
        text_field::TextField,
    },
    cookies, draw,
    visit::{Visit, asks_with_session, keep_session},
};

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    reference: String,
    phone: String,
}

pub async fn show(visit: Visit, Extension(pages): ServicePages) -> Response {
    draw(&visit, pages, StatusCode::OK, &SearchForm::default(), Vec::new())
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Extension(pages): ServicePages,
    Form(typed): Form<SearchForm>,
) -> Result<Response, Rejection> {
    let locale = visit.locale;
    // Whoever is from a country that is sent no codes is told so, whatever is booked.
    let served = |phone: Phone| {
        let unserved = PhoneReason::NotServed { code: phone.country_code() };
        if app.settings().code_countries.serve(&phone) { Ok(phone) } else { Err(unserved.into()) }
    };
    match (BookingReference::parse(&typed.reference), Phone::parse(&typed.phone).and_then(served)) {
        (Ok(reference), Ok(phone)) => Ok(send(&app, &visit, &client, pages, reference, &phone).await?),
        (reference, phone) => {
            let message = |field: &str, code: &str, message: String| FieldMessage {
                field: field.to_owned(),
                code: code.to_owned(),
                message,
            };
            let reference =
                reference.err().map(|error| message("reference", "reference", misread(locale, &typed, error)));
            let phone = phone.err().map(|reason| message("phone", reason.code(), reason.sentence(locale)));
            let messages = reference.into_iter().chain(phone).collect();
            Ok(draw(&visit, pages, StatusCode::UNPROCESSABLE_ENTITY, &typed, messages))
        }
    }
}

/// The answer is the same whether or not there is such a booking with this phone.
async fn send(
    app: &App,
    visit: &Visit,
    client: &Client,
    pages: &BookingPages,
    reference: BookingReference,
    phone: &Phone,
) -> Result<Response, Error> {
    app.limits().lookup(client.address)?;
    let now = app.now();
    let (session, is_new) = visit.session_or_new();
    let asker = Asker::of(app.keys(), &session);
    find::send_code(app, pages.bookable, (&asker, client.address), (reference, phone), visit.locale, now).await?;
    let claim = Claim::new(reference, phone, now);
    let page = Redirect::to(&visit.url(&pages.path("bookings/code"))).into_response();
    let production = app.settings().production();
    let page = with_claim(page, &claim.seal(app), production);
    Ok(if is_new { keep_session(page, &session, production) } else { page })
}

/// Gives the browser its claim, or takes it away again (an empty one).
fn with_claim(response: Response, sealed: &str, production: bool) -> Response {
    let mut cookie = cookies::ours(cookies::CLAIM, sealed.to_owned(), production);
    if sealed.is_empty() {
        cookie.make_removal();
    }
    cookies::give(response, &cookie)
}

fn misread(locale: Locale, typed: &SearchForm, error: ReferenceError) -> String {
    let shown = |character: char| if character.is_control() { '?' } else { character };
    match error {
        _ if typed.reference.trim().is_empty() => locale
            .say("请填写预约号，短信里有。", "Enter your reference number. It is in your text message.")
            .to_owned(),
        ReferenceError::Length => locale
            .say(
                "预约号是 12 个字符，请对照短信补全或删去多余的。",
                "A reference number has 12 characters. Please check it against your text message.",
            )
            .to_owned(),
        ReferenceError::Character(character) => say!(
            locale,
            "预约号里不会有“{}”，请对照短信核对。",
            "A reference number never contains “{}”. Please check it against your text message.",
            shown(character)
        ),
        ReferenceError::Check => locale
            .say(
                "预约号里有一个字符填错，或者两个填反了，请对照短信核对。",
                "One character is wrong, or two are swapped. Please check it against your text message.",
            )
            .to_owned(),
    }
}

fn draw(
    visit: &Visit,
    pages: &BookingPages,
    status: StatusCode,
    typed: &SearchForm,
    messages: Vec<FieldMessage>,
) -> Response {
    let locale = visit.locale;
    let title = locale.say("查找预约", "Find your booking");
    let first = match visit.query.as_deref() {
        Some(LATE) => Some((
            Tone::Warning,
            locale.say("验证码已经过期，请重新获取", "Your code has expired. Please ask for a new one"),
        )),
        Some(NONE_YET) => {
            Some((Tone::Info, locale.say("请先填写预约号和手机号，获取验证码", "Please ask for a code first")))
        }
        _ => None,
    };
    let first = first.map(|(tone, title)| view! { <Notice tone=tone title=title live=true /> });
    let form = form(visit, pages, typed, &messages);
    let page = draw::page_as(visit, status, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url(pages.root) text=pages.words.name.say(locale) />
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                <p>{pages.words.manage.say(locale)}</p>
                {first}
                {form}
            </div>
        }
    });
    asks_with_session(draw::no_store(page))
}

/// The query of this page when one came too late with a code, or before asking for one.
const LATE: &str = "late";
const NONE_YET: &str = "first";

/// The two questions that find a booking; also on the page for those who may not see one.
fn form(visit: &Visit, pages: &BookingPages, typed: &SearchForm, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    view! {
        <form class="flow" method="post" action=visit.url(&pages.path("bookings")) novalidate>
            <TextField
                locale=locale
                name="reference"
                label=locale.say("预约号", "Reference number")
                value=typed.reference.clone()
                hint=Some(locale.say("12 个字符，不分大小写", "12 characters, in capital or small letters").to_owned())
                error=message_at(messages, "reference")
                width="input-id"
            />
            <PhoneField
                locale=locale
                name="phone"
                label=locale.say("手机号码", "Mobile number")
                value=typed.phone.clone()
                hint=Some(pages.words.phone_given.say(locale).to_owned())
                error=message_at(messages, "phone")
                autocomplete="tel"
            />
            <p class="actions">
                <Button text=locale.say("发送验证码", "Send a code") />
            </p>
        </form>
    }
    .into_any()
}

/// For whoever has no key to a booking: says nothing of it, and how to get in.
fn locked(visit: &Visit, pages: &BookingPages, reference: BookingReference) -> Response {
    let locale = visit.locale;
    let title = locale.say("请先验证手机", "Please confirm your phone first");
    let holder = pages.words.holder.say(locale);
    let why = say!(
        locale,
        "为了保护隐私，预约只有{holder}能看。请用短信里的链接打开，或者验证预约时留的手机号。",
        "To protect your privacy, only {holder} can see a booking. Open the link in your text message, or confirm \
         the phone number you gave when booking."
    );
    let typed = SearchForm { reference: reference.to_string(), phone: String::new() };
    let form = form(visit, pages, &typed, &[]);
    asks_with_session(draw::page_as(visit, StatusCode::UNAUTHORIZED, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url(pages.root) text=pages.words.name.say(locale) />
                <h1>{title}</h1>
                <p>{why}</p>
                {form}
            </div>
        }
    }))
}
