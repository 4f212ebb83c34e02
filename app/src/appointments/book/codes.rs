//! `…/book/codes`: a six-digit code to each phone, then the booking stands.

use axum::{
    Extension, Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::prelude::*;
use server::{App, client::Client, error::Error, rejection::Rejection};
use shared::{
    field::{FieldErrors, FieldMessage},
    identity::Phone,
    locale::Locale,
    say,
};

use crate::{
    appointments::{
        book::review,
        booking_form::BookingForm,
        confirming::{self, Confirmed},
        draft::CodeAsked,
        held_time::{held_in_full, held_time},
        hold_notice::FORM,
        question_page::{back_to, to_change},
        sending::{CodeState, send, too_soon, unconfirmed},
        service::{Contact, ServicePages},
        step::Step,
    },
    components::{
        button::Button,
        demo_mailbox::demo_mailbox,
        error_summary::{ErrorSummary, message_at},
        heading::StepHeading,
        notice::{Notice, Tone},
        resend::Resend,
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, value},
    visit::Visit,
};

pub async fn show(State(app): State<App>, visit: Visit, Extension(pages): ServicePages) -> Result<Response, Rejection> {
    let form = BookingForm::open(&app, &visit, pages).await?;
    let is_complete = form.missing(visit.locale).is_empty();
    if form.held.is_none() || !form.draft.declared || !is_complete || form.is_obstructed {
        return Ok(form.go(&app, &visit, &pages.at(Step::Review)));
    }
    Ok(draw(&app, &visit, &form, &FieldErrors::new()).await?)
}

/// The answers are not looked through again before they are booked: booking reads them, and says what is wrong.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Extension(pages): ServicePages,
    headers: HeaderMap,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let mut form = BookingForm::open(&app, &visit, pages).await?;
    if let Some(answer) = form.lost(&app, &visit) {
        return Ok(answer);
    }
    let hold = value(&typed, "hold").unwrap_or_default();
    let action = value(&typed, "action").unwrap_or_default();
    if let Some(booked) = confirming::made_before(&app, &visit, &headers, &form, hold).await? {
        return Ok(booked);
    }
    pages.keep_codes(&mut form.draft.answers, &typed);
    if let Some(elsewhere) = form.act(&app, &visit, &client, action).await? {
        return Ok(elsewhere);
    }
    if !form.holds(hold) || !form.draft.declared {
        return Ok(form.go(&app, &visit, &review::again(&form, hold)));
    }
    if action == "resend" {
        return Ok(resend(&app, &visit, &client, &mut form).await?);
    }
    match confirming::confirm(&app, &visit, &client, &headers, &form).await? {
        Confirmed::Answered(response) => Ok(response),
        Confirmed::Wrong(errors) => Ok(draw(&app, &visit, &form, &errors).await?),
    }
}

/// Sends new codes; where one was sent, the old one is of no use any more, so what was typed of it is cleared.
async fn resend(app: &App, visit: &Visit, client: &Client, form: &mut BookingForm) -> Result<Response, Error> {
    let phones = unconfirmed(app, form).await?;
    send(app, visit, client, form, &phones).await?;
    for contact in form.contacts() {
        if let Some(CodeAsked::Sent { at }) = form.draft.codes.get(contact.phone.as_str())
            && *at == form.now
        {
            form.draft.answers.set(contact.field, "");
        }
    }
    form.save(app).await?;
    Ok(form.go(app, visit, &format!("{}?{RESENT}", form.pages.at(Step::Codes))))
}

/// The query of this page once codes were asked for again.
const RESENT: &str = "resent";

async fn draw(app: &App, visit: &Visit, form: &BookingForm, errors: &FieldErrors) -> Result<Response, Error> {
    let locale = visit.locale;
    let waiting = waiting(app, form).await?;
    let both = waiting.len() > 1;
    let title = if waiting.is_empty() {
        locale.say("手机已经验证", "Your phones are confirmed")
    } else if both {
        locale.say("验证两部手机", "Confirm both phones")
    } else {
        locale.say("验证手机", "Confirm your phone")
    };
    let sent = match &waiting[..] {
        [] => {
            locale.say("不用再填验证码，可以直接确认预约。", "No more codes are needed. You can confirm the booking.")
        }
        some if some.iter().any(|(_, code)| !code.was_sent()) => locale.say(
            "不是每部手机都发了验证码，请看下面每一部的说明。",
            "We could not send a code to every phone. Please see below for each one.",
        ),
        [(_, code)] if !code.works() => locale
            .say("发过的验证码不能用了，请重新发送。", "The code we sent no longer works. Please ask for a new one."),
        some if some.iter().any(|(_, code)| !code.works()) => locale.say(
            "有的验证码不能用了，请看下面每一部手机的说明，再重新发送。",
            "Not every code still works. Please see below for each phone, then ask for new ones.",
        ),
        _ if both => {
            locale.say("两部手机各收到一个验证码。", "We have sent a six-digit code to each phone by text message.")
        }
        _ => locale.say("验证码已用短信发出，是六位数字。", "We have sent you a six-digit code by text message."),
    };
    let wait = too_soon(form, &waiting.iter().map(|(phone, _)| phone.clone()).collect::<Vec<_>>());
    let mut messages = errors.messages(locale);
    if both {
        name_phones(locale, form, &mut messages);
    }
    let wrong = !messages.is_empty();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let hold = form.held.as_ref().map(|held| held.hold.id.as_str().to_owned());
    // Where all phones are confirmed there is nothing to send.
    let again = (!waiting.is_empty()).then(|| resending(locale, both, wait));
    let page = draw::page_of_form(visit, status, &form.pages.titled(locale, title), FORM, || {
        let fields = fields(visit, form, &waiting, &messages);
        view! {
            <div class="column flow">
                {back_to(visit, form, Step::Review)}
                <ErrorSummary locale=locale messages=messages />
                {form.pages.steps_at(visit, Step::Codes, true)}
                {held_time(visit, form)}
                <StepHeading title=title wrong=wrong />
                {after_resend(visit, form, &waiting)}
                <p>{sent}</p>
                {demo_mailbox(visit)}
                <form class="flow" id=FORM method="post" action=visit.url(&form.pages.at(Step::Codes)) novalidate>
                    <input type="hidden" name="hold" value=hold />
                    {fields}
                    <p class="actions">
                        <Button text=locale.say("确认预约", "Confirm the booking") />
                    </p>
                    {again}
                </form>
                {held_in_full(visit, form)}
            </div>
        }
    });
    Ok(page)
}

/// Of two that are wrong each says whose it is.
fn name_phones(locale: Locale, form: &BookingForm, messages: &mut [FieldMessage]) {
    for contact in form.contacts() {
        let masked = contact.phone.masked();
        for wrong in messages.iter_mut().filter(|wrong| wrong.field == contact.field) {
            wrong.message = say!(locale, "{masked}：{}", "{masked}: {}", wrong.message);
        }
    }
}

/// What to do when no code comes, or none works any more.
fn resending(locale: Locale, both: bool, wait: Option<u64>) -> impl IntoView + use<> {
    let text = locale.say("重新发送验证码", if both { "Send new codes" } else { "Send a new code" });
    view! {
        <section class="flow">
            <h2>{locale.say("没有收到？", "Did not get a code?")}</h2>
            <p>
                {locale.say(
                    "短信有时要等一两分钟。超过一分钟还没到，可以再发一次；新的到了，旧的就不能用了。",
                    "Text messages can take a minute or two. If nothing has come after a minute, you can \
                     ask for a new code. The old one then stops working.",
                )}
            </p>
            <Resend
                locale=locale
                text=text
                value="resend"
                wait=wait
            />
        </section>
    }
}

/// The phones that still need a code, and how the one sent to each stands.
async fn waiting(app: &App, form: &BookingForm) -> Result<Vec<(Phone, CodeState)>, Error> {
    let mut waiting = Vec::new();
    for phone in unconfirmed(app, form).await? {
        let code = CodeState::of(app, form, &phone).await?;
        waiting.push((phone, code));
    }
    Ok(waiting)
}

/// One field for each phone, or word that it has been confirmed.
fn fields(
    visit: &Visit,
    form: &BookingForm,
    waiting: &[(Phone, CodeState)],
    messages: &[FieldMessage],
) -> Vec<AnyView> {
    let contacts = form.contacts();
    let field = |contact: Contact| match waiting.iter().find(|(phone, _)| *phone == contact.phone) {
        Some((_, code)) => code_field(visit, form, (&contact, *code), message_at(messages, contact.field)),
        None => confirmed(visit, &contact.phone),
    };
    contacts.into_iter().map(field).collect()
}

fn code_field(
    visit: &Visit,
    form: &BookingForm,
    (contact, code): (&Contact, CodeState),
    error: Option<String>,
) -> AnyView {
    let locale = visit.locale;
    let masked = contact.phone.masked();
    // Until when it works matters as much where it was mistyped.
    let hint = Some(code.sentence(locale, form.now));
    let label = say!(locale, "{masked} 收到的验证码", "Code sent to {masked}");
    view! {
        <TextField
            locale=locale
            name=contact.field
            label=label
            value=form.draft.answers.get(contact.field)
            error=error
            autocomplete="one-time-code"
            inputmode="numeric"
            width="input-code"
            hint=hint
        />
        <p class="below-field">
            <a href=format!("{}#phone", to_change(visit, form.pages, contact.step))>
                {locale.say("换一个手机号码", "Use a different number")}
            </a>
        </p>
    }
    .into_any()
}

fn confirmed(visit: &Visit, phone: &Phone) -> AnyView {
    let locale = visit.locale;
    let masked = phone.masked();
    let title = say!(locale, "{masked} 已经验证", "{masked} is confirmed");
    view! { <Notice tone=Tone::Success title=title /> }.into_any()
}

/// What came of pressing for new codes, heard at once.
fn after_resend(visit: &Visit, form: &BookingForm, waiting: &[(Phone, CodeState)]) -> Option<AnyView> {
    if visit.query.as_deref() != Some(RESENT) || waiting.is_empty() {
        return None;
    }
    let is_sent = |phone: &Phone| matches!(form.draft.codes.get(phone.as_str()), Some(CodeAsked::Sent { .. }));
    let (tone, title) = match waiting.iter().filter(|(phone, _)| is_sent(phone)).count() {
        0 => (Tone::Warning, visit.say("这次没有发出新的验证码", "No new code was sent this time")),
        sent if sent < waiting.len() => {
            (Tone::Warning, visit.say("只有一部手机发了新的验证码", "Only one phone was sent a new code"))
        }
        _ => (Tone::Success, visit.say("新的验证码已经发出", "New codes are on their way")),
    };
    Some(view! { <Notice tone=tone title=title live=true /> }.into_any())
}
