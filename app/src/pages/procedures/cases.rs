//! `/cases`: finding an application that was handed in, by its number and the phone that stands in it.

pub mod case;
pub mod code;
pub mod data;
pub mod file;
pub mod letter;
pub mod messages;
mod opened;
pub mod papers;
pub mod rating;
pub mod receipt;
pub mod supplement;
mod told;
pub mod withdraw;

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{App, Rejection, client::Client, procedures::family};
use shared::{appointments::ReferenceError, field::FieldMessage, locale::Locale, procedures::CaseReference, say};

use super::{
    code_page::ask_first,
    search::{Search, What, asking, served, with_session},
};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        error_summary::{ErrorSummary, message_at},
        phone_field::PhoneField,
        text_field::TextField,
    },
    draw,
    site::{Cache, Site, Who, get},
    visit::{Visit, asks_with_session},
};

pub(super) fn pages(site: Site) -> Site {
    let one = |page: &str| format!("/cases/{{reference}}{page}");
    site.page("/cases", Who::Anyone, Cache::Never, get(show).post(submit))
        .page("/cases/code", Who::Anyone, Cache::Never, get(code::show).post(code::submit))
        .page(one(""), Who::Anyone, Cache::Never, get(case::show))
        .page(one("/receipt"), Who::Anyone, Cache::Never, get(receipt::show))
        .page(one("/supplement"), Who::Anyone, Cache::Never, get(supplement::show).post(supplement::submit))
        .page(one("/papers"), Who::Anyone, Cache::Never, get(papers::show).post(papers::change))
        .page(
            one("/papers/photos"),
            Who::Anyone,
            Cache::Never,
            get(papers::lead_back).post(papers::submit).with_files(),
        )
        .page(
            one("/papers/parts"),
            Who::Anyone,
            Cache::Never,
            get(papers::lead_back).post(papers::take_part).with_files(),
        )
        .page(one("/withdraw"), Who::Anyone, Cache::Never, get(withdraw::show).post(withdraw::submit))
        .page(one("/letter"), Who::Anyone, Cache::Never, get(letter::show))
        .page(one("/messages"), Who::Anyone, Cache::Never, get(messages::show).post(messages::submit))
        .page(one("/rating"), Who::Anyone, Cache::Never, get(rating::show).post(rating::submit))
        .page(one("/data"), Who::Anyone, Cache::Never, get(data::show).post(data::submit))
        .page(one("/file"), Who::Anyone, Cache::Never, get(file::show))
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct SearchForm {
    reference: String,
    phone: String,
}

pub async fn show(visit: Visit) -> Response {
    draw(&visit, StatusCode::OK, &SearchForm::default(), Vec::new())
}

/// The answer is the same whether or not there is such an application with this phone.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Form(typed): Form<SearchForm>,
) -> Result<Response, Rejection> {
    let locale = visit.locale;
    let reference = CaseReference::parse(&typed.reference).map_err(|error| FieldMessage {
        field: "reference".to_owned(),
        code: "reference".to_owned(),
        message: misread(locale, &typed, error),
    });
    match (reference, served(&app, locale, &typed.phone)) {
        (Ok(reference), Ok(phone)) => {
            app.limits().lookup(client.address)?;
            let ((client, session), now) = (asking(&visit, &client), app.now());
            family::send_code(&app, (reference, &phone), &client, locale, now).await?;
            Search::new(What::Case(reference), &phone, now).keep(&app, &session).await?;
            let page = Redirect::to(&visit.url("/cases/code")).into_response();
            Ok(with_session(&app, &visit, page, &session))
        }
        (reference, phone) => {
            let messages = reference.err().into_iter().chain(phone.err()).collect();
            Ok(draw(&visit, StatusCode::UNPROCESSABLE_ENTITY, &typed, messages))
        }
    }
}

fn misread(locale: Locale, typed: &SearchForm, error: ReferenceError) -> String {
    let shown = |character: char| if character.is_control() { '?' } else { character };
    match error {
        _ if typed.reference.trim().is_empty() => locale
            .say("请填写申请编号，回执和短信里有。", "Enter the application number. It is on the receipt and in your text message.")
            .to_owned(),
        ReferenceError::Length => locale
            .say(
                "申请编号是 C- 开头的，后面有 12 个字符，请对照回执补全或删去多余的。",
                "An application number begins with C- and has 12 characters after it. Please check it against the receipt.",
            )
            .to_owned(),
        ReferenceError::Character(character) => say!(
            locale,
            "申请编号里不会有“{}”，请对照回执核对。",
            "An application number never contains “{}”. Please check it against the receipt.",
            shown(character)
        ),
        ReferenceError::Check => locale
            .say(
                "申请编号里有一个字符填错，或者两个填反了，请对照回执核对。",
                "One character is wrong, or two are swapped. Please check it against the receipt.",
            )
            .to_owned(),
    }
}

fn draw(visit: &Visit, status: StatusCode, typed: &SearchForm, messages: Vec<FieldMessage>) -> Response {
    let locale = visit.locale;
    let title = locale.say("查申请办到哪一步", "See how far your application is");
    let form = form(visit, typed, &messages);
    let page = draw::page_as(visit, status, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url("/procedures") text=locale.say("网上申请", "Apply online") />
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                {ask_first(visit)}
                {form}
                <p>
                    {locale.say(
                        "忘了编号？找找当时的短信或者回执；都没有的，带身份证到窗口，或者拨打 12345。",
                        "Forgotten the number? Look for the text message or the receipt. If you have neither, bring your identity card \
                         to the counter, or call 12345.",
                    )}
                </p>
            </div>
        }
    });
    asks_with_session(draw::no_store(page))
}

/// The two questions that find an application; also on the page for those who may not see one.
fn form(visit: &Visit, typed: &SearchForm, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    view! {
        <form class="flow" method="post" action=visit.url("/cases") novalidate>
            <TextField
                locale=locale
                name="reference"
                label=locale.say("申请编号", "Application number")
                value=typed.reference.clone()
                hint=Some(locale.say("C- 开头，不分大小写", "Begins with C-, in capital or small letters").to_owned())
                error=message_at(messages, "reference")
                width="input-id"
            />
            <PhoneField
                locale=locale
                name="phone"
                label=locale.say("手机号码", "Mobile number")
                value=typed.phone.clone()
                hint=Some(locale.say("申请里填的", "As it stands in the application").to_owned())
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

/// For whoever has no key to an application: says nothing of it, and how to get in.
fn locked(visit: &Visit, reference: CaseReference) -> Response {
    let locale = visit.locale;
    let title = locale.say("请先验证手机", "Please confirm your phone first");
    let typed = SearchForm { reference: reference.to_string(), phone: String::new() };
    let form = form(visit, &typed, &[]);
    let page = draw::page_as(visit, StatusCode::UNAUTHORIZED, title, || {
        view! {
            <div class="column flow">
                <BackLink href=visit.url("/procedures") text=locale.say("网上申请", "Apply online") />
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "为了不让别人看到，申请要先用里面填的手机号验证，才能打开。",
                        "So that nobody else sees it, an application opens once you have confirmed the phone number that stands in it.",
                    )}
                </p>
                {form}
            </div>
        }
    });
    asks_with_session(draw::no_store(page))
}
