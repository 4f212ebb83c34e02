//! `…/book/details`: name, phone and the questions of a service that one person books.

use axum::{Extension, Form, extract::State, http::HeaderMap, response::Response};
use leptos::prelude::*;
use server::{App, client::Client, rejection::Rejection};
use shared::{
    appointments::question::{Kind, Question},
    field::{FieldErrors, FieldMessage},
    locale::Locale,
};

use crate::{
    appointments::{
        alone::{self, NAME, NAME_LABEL, PHONE, PHONE_LABEL},
        booking_form::BookingForm,
        confirming,
        draft::Answers,
        question_page::{QuestionPage, save_and_continue},
        service::{BookingPages, ServicePages},
        step::Step,
    },
    components::{error_summary::message_at, phone_field::PhoneField, text_field::TextField},
    pairs::{Pairs, value},
    visit::Visit,
};

pub async fn show(State(app): State<App>, visit: Visit, Extension(pages): ServicePages) -> Result<Response, Rejection> {
    let form = BookingForm::open(&app, &visit, pages).await?;
    Ok(draw(&app, &visit, &form, &FieldErrors::new()))
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Extension(pages): ServicePages,
    headers: HeaderMap,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let mut form = BookingForm::open(&app, &visit, pages).await?;
    if let Some(answer) = form.not_kept(&app, &visit, &typed) {
        return Ok(answer);
    }
    let hold = value(&typed, "hold").unwrap_or_default();
    if let Some(booked) = confirming::made_before(&app, &visit, &headers, &form, hold).await? {
        return Ok(booked);
    }
    let fields = [NAME, PHONE].into_iter().chain(pages.questions().iter().map(|question| question.field));
    // A code that was typed for another phone goes with it.
    pages.keep_codes(&mut form.draft.answers, &Pairs::new());
    for field in fields {
        form.draft.answers.set(field, value(&typed, field).unwrap_or_default());
    }
    form.draft.declared = false;
    if let Some(elsewhere) = form.act(&app, &visit, &client, value(&typed, "action").unwrap_or_default()).await? {
        return Ok(elsewhere);
    }
    match alone::read(pages.questions(), &form.draft.answers) {
        Ok(_) => Ok(save_and_continue(&app, &visit, &mut form, Step::Details(0)).await?),
        Err(errors) => Ok(draw(&app, &visit, &form, &errors)),
    }
}

fn draw(app: &App, visit: &Visit, form: &BookingForm, errors: &FieldErrors) -> Response {
    let title = visit.say("填写资料", "Your details");
    let messages = errors.messages(visit.locale);
    QuestionPage { visit, form, step: Step::Details(0), title, messages, instead: None }
        .draw(app, |messages| fields(visit.locale, form.pages, &form.draft.answers, messages))
}

/// The fields of such a service, wherever they are filled in.
pub(in crate::appointments) fn fields(
    locale: Locale,
    pages: &BookingPages,
    typed: &Answers,
    messages: &[FieldMessage],
) -> AnyView {
    let hint = locale.say(
        "用来接收验证码和提醒。境外手机请以“+”和地区代码开头。",
        "We send the code and reminders to this number. If it is from outside the mainland, start with + and the \
         country code.",
    );
    let questions = pages.questions().iter().map(|question| field(locale, question, typed, messages));
    view! {
        <TextField
            locale=locale
            name=NAME
            label=NAME_LABEL.say(locale)
            value=typed.get(NAME)
            error=message_at(messages, NAME)
            autocomplete="name"
        />
        <PhoneField
            locale=locale
            name=PHONE
            label=PHONE_LABEL.say(locale)
            value=typed.get(PHONE)
            hint=Some(hint.to_owned())
            error=message_at(messages, PHONE)
            autocomplete="tel"
        />
        {questions.collect_view()}
    }
    .into_any()
}

fn field(locale: Locale, question: &Question, typed: &Answers, messages: &[FieldMessage]) -> AnyView {
    let (inputmode, width) = match question.kind {
        Kind::Number { .. } => ("numeric", "input-short"),
        Kind::Text { .. } | Kind::Names { .. } => ("text", ""),
    };
    let [zh, en] = question.hint;
    let hint = Some(locale.say(zh, en)).filter(|hint| !hint.is_empty());
    view! {
        <TextField
            locale=locale
            name=question.field
            label=alone::label(question, locale)
            value=typed.get(question.field)
            hint=hint.map(str::to_owned)
            error=message_at(messages, question.field)
            inputmode=inputmode
            width=width
        />
    }
    .into_any()
}
