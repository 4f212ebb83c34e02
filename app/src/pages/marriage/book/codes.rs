//! `/marriage/book/codes`: a six-digit code to each phone, then the booking stands.

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{App, appointments::codes, client::Client, error::Error};
use shared::{
    field::{FieldErrors, FieldMessage},
    identity::Phone,
    problem::Problem,
};

use super::{
    booking_form::{BookingForm, FORM, held_time},
    confirming::{self, Outcome},
    details::{FROM_REVIEW, back_to},
    review::{missing, phones, unconfirmed},
    step::{Step, Who, steps},
};
use crate::{
    components::{
        button::{Button, Weight},
        demo_mailbox::demo_mailbox,
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
        text_field::TextField,
    },
    draw,
    layout::keep_typing,
    pages::marriage::book::details::at,
    site,
    visit::Visit,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    hold: String,
    #[serde(rename = "parties.0.phone_code")]
    first: String,
    #[serde(rename = "parties.1.phone_code")]
    second: String,
    action: String,
}

pub async fn show(State(app): State<App>, visit: Visit) -> Response {
    look(&app, &visit).await.unwrap_or_else(|error| site::refused(&visit, error))
}

async fn look(app: &App, visit: &Visit) -> Result<Response, Error> {
    let form = BookingForm::open(app, visit).await?;
    if !is_ready(visit, &form) {
        return Ok(form.go(app, visit, Step::Review.path()));
    }
    draw(app, visit, &form, &FieldErrors::new()).await
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    go_on(&app, &visit, &client, &headers, typed).await.unwrap_or_else(|error| site::refused(&visit, error))
}

async fn go_on(
    app: &App,
    visit: &Visit,
    client: &Client,
    headers: &HeaderMap,
    typed: Typed,
) -> Result<Response, Error> {
    let mut form = BookingForm::open(app, visit).await?;
    if let Some(booked) = confirming::made_before(app, visit, headers, &form, &typed.hold).await? {
        return Ok(booked);
    }
    form.draft.parties[0].phone_code = typed.first;
    form.draft.parties[1].phone_code = typed.second;
    if let Some(elsewhere) = form.act(app, visit, &typed.action).await? {
        return Ok(elsewhere);
    }
    let shown = form.held.as_ref().is_some_and(|held| held.hold.id.as_str() == typed.hold);
    if !shown || !is_ready(visit, &form) {
        return Ok(form.go(app, visit, Step::Review.path()));
    }
    if typed.action == "resend" {
        return resend(app, visit, client, &mut form).await;
    }
    match confirming::confirm(app, visit, headers, &form).await? {
        Outcome::Answered(response) => Ok(response),
        Outcome::Wrong(errors) => draw(app, visit, &form, &errors).await,
    }
}

/// Codes are for a couple that has filled in, checked and declared everything.
fn is_ready(visit: &Visit, form: &BookingForm) -> bool {
    form.held.is_some() && form.draft.declared && missing(visit, form).is_empty()
}

/// What came of asking for codes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    Now,
    /// A phone had one less than a minute ago, which is still good.
    JustNow,
    /// A phone, or somebody's network, has asked for too many.
    TooMany,
}

/// Sends a code to each phone that has not been confirmed for the held time.
pub(super) async fn send(app: &App, visit: &Visit, client: &Client, form: &BookingForm) -> Result<Sent, Error> {
    let mut sent = Sent::Now;
    for phone in unconfirmed(app, form).await? {
        if codes::is_on_its_way(app, &phone, form.now).await? {
            sent = Sent::JustNow;
            continue;
        }
        if app.limits().code(client, &codes::phone_index(app, &phone)).is_err() {
            return Ok(Sent::TooMany);
        }
        match codes::send(app, &phone, visit.locale, form.now).await {
            Ok(()) => {}
            Err(Error::Problem(Problem::RateLimited { .. })) => sent = Sent::JustNow,
            Err(error) => return Err(error),
        }
    }
    Ok(sent)
}

/// This page, once codes were asked for elsewhere.
pub(super) fn page_after(sent: Sent) -> String {
    match sent {
        Sent::Now | Sent::JustNow => Step::Codes.path().to_owned(),
        Sent::TooMany => format!("{}?{TOO_MANY}", Step::Codes.path()),
    }
}

/// Sends new codes; the old ones are of no use any more, so what was typed of them is cleared.
async fn resend(app: &App, visit: &Visit, client: &Client, form: &mut BookingForm) -> Result<Response, Error> {
    let said = match send(app, visit, client, form).await? {
        Sent::Now => SENT,
        Sent::JustNow => WAIT,
        Sent::TooMany => TOO_MANY,
    };
    if said == SENT {
        form.draft.parties.iter_mut().for_each(|party| party.phone_code.clear());
    }
    form.save(app).await?;
    Ok(form.go(app, visit, &format!("{}?{said}", Step::Codes.path())))
}

/// Queries of this page's address, for what asking for codes came to.
const SENT: &str = "sent";
const WAIT: &str = "wait";
const TOO_MANY: &str = "toomany";

async fn draw(app: &App, visit: &Visit, form: &BookingForm, errors: &FieldErrors) -> Result<Response, Error> {
    let locale = visit.locale;
    let waiting = unconfirmed(app, form).await?;
    let both = waiting.len() > 1;
    let title = if both {
        locale.say("验证两部手机", "Confirm both phones")
    } else {
        locale.say("验证手机", "Confirm your phone")
    };
    let sent = if both {
        locale.say(
            "两部手机各收到一条短信，里面有六位数字的验证码，10 分钟内有效。",
            "Each phone has been sent a text message with a six-digit code, valid for 10 minutes.",
        )
    } else {
        locale.say(
            "验证码已用短信发出，是六位数字，10 分钟内有效。",
            "The code has been sent by text message. It has six digits and is valid for 10 minutes.",
        )
    };
    let messages = errors.messages(locale);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let hold = form.held.as_ref().map(|held| held.hold.id.as_str().to_owned());
    let page = draw::page_as(visit, status, title, || {
        keep_typing(FORM);
        let fields = fields(visit, form, &waiting, &messages);
        view! {
            <div class="column flow">
                {back_to(visit, Step::Review)}
                <ErrorSummary locale=locale messages=messages />
                {steps(visit, Step::Codes, true)}
                {held_time(visit, form)}
                <h1>{title}</h1>
                {after_resend(visit)}
                <p>{sent}</p>
                {demo_mailbox(visit)}
                <form class="flow" id=FORM method="post" action=visit.url(Step::Codes.path()) novalidate>
                    <input type="hidden" name="hold" value=hold />
                    {fields}
                    <p class="actions">
                        <Button text=locale.say("确认预约", "Confirm the booking") />
                    </p>
                    <section class="flow">
                        <h2>{locale.say("没有收到？", "No code yet?")}</h2>
                        <p>
                            {locale.say(
                                "短信有时要等一两分钟。超过一分钟还没到，可以再发一次；新的到了，旧的就不能用了。",
                                "Text messages can take a minute or two. After a minute you can ask for a new one; the \
                                 old code then stops working.",
                            )}
                        </p>
                        <p class="actions">
                            <Button
                                text=locale.say("重新发送验证码", "Send new codes")
                                weight=Weight::Secondary
                                name="action"
                                value="resend"
                            />
                        </p>
                    </section>
                </form>
            </div>
        }
    });
    Ok(page)
}

/// One field for each phone, or word that it has been confirmed.
fn fields(visit: &Visit, form: &BookingForm, waiting: &[Phone], messages: &[FieldMessage]) -> Vec<AnyView> {
    Who::BOTH
        .into_iter()
        .filter(|who| is_first_with_its_phone(form, *who))
        .filter_map(|who| {
            let typed = &form.draft.parties[who.index()];
            let phone = Phone::parse(&typed.phone).ok()?;
            let name = format!("parties.{}.phone_code", who.index());
            let error = at(messages, &name);
            Some(if waiting.contains(&phone) {
                code_field(visit, who, &phone, name, typed.phone_code.clone(), error)
            } else {
                confirmed(visit, &phone)
            })
        })
        .collect()
}

/// A couple that shares a phone types one code.
fn is_first_with_its_phone(form: &BookingForm, who: Who) -> bool {
    who == Who::First || phones(form).len() > 1
}

fn code_field(visit: &Visit, who: Who, phone: &Phone, name: String, typed: String, error: Option<String>) -> AnyView {
    let locale = visit.locale;
    let masked = phone.masked();
    let label = match locale {
        shared::locale::Locale::Zh => format!("{masked} 收到的验证码"),
        shared::locale::Locale::En => format!("Code sent to {masked}"),
    };
    let change = format!("{}?{FROM_REVIEW}", visit.url(Step::Contact(who).path()));
    view! {
        <TextField
            locale=locale
            name=name
            label=label
            value=typed
            error=error
            autocomplete="one-time-code"
            inputmode="numeric"
            width="input-code"
        />
        <p class="below-field">
            <a href=change>{locale.say("换一个手机号码", "Use another number")}</a>
        </p>
    }
    .into_any()
}

fn confirmed(visit: &Visit, phone: &Phone) -> AnyView {
    let locale = visit.locale;
    let masked = phone.masked();
    let title = match locale {
        shared::locale::Locale::Zh => format!("{masked} 已经验证"),
        shared::locale::Locale::En => format!("{masked} is confirmed"),
    };
    view! { <Notice tone=Tone::Success title=title /> }.into_any()
}

fn after_resend(visit: &Visit) -> Option<AnyView> {
    let locale = visit.locale;
    let (tone, title) = match visit.query.as_deref()? {
        SENT => (Tone::Success, locale.say("新的验证码已经发出", "New codes are on their way")),
        WAIT => (
            Tone::Info,
            locale.say(
                "不到一分钟前刚发过，请先等等那一条短信",
                "A code was sent less than a minute ago; please wait for that text",
            ),
        ),
        TOO_MANY => (
            Tone::Warning,
            locale.say(
                "要的验证码太多了，请过一刻钟再发",
                "Too many codes were asked for; please try again in a quarter of an hour",
            ),
        ),
        _ => return None,
    };
    Some(view! { <Notice tone=tone title=title live=true /> }.into_any())
}
