//! `/marriage/book/phone`: on a date that many want, a confirmed phone comes before the hold.

use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        codes::{self, LIFETIME, RESEND},
        hold::Asking,
        registry::Registry,
        slots::{self, Placed},
    },
    client::Client,
    error::Error,
};
use shared::{
    appointments::{HOLD_MINUTES, Service, SlotId},
    field::{FieldErrors, FieldMessage},
    identity::{Phone, PhoneCode},
    locale::Locale,
    problem::Problem,
};

use super::{
    Pairs, answer, held_response, hold, not_held, slot_in,
    step::{Step, steps},
    value,
    wish::Wish,
};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, Weight},
        demo_mailbox::demo_mailbox,
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
        phone_field::PhoneField,
        text_field::TextField,
    },
    draw,
    site::refused,
    visit::Visit,
    words,
};

/// The address of this page for a time, without the language prefix.
pub(super) fn path(slot: SlotId, wish: &Wish) -> String {
    let foreign = if wish.foreign { "&foreign=1" } else { "" };
    format!("/marriage/book/phone?slot={slot}{foreign}")
}

pub async fn show(State(app): State<App>, visit: Visit, Query(pairs): Query<Pairs>) -> Response {
    let wish = Wish::read(&pairs);
    let Some(slot) = slot_in(&pairs) else { return answer(&app, &visit, wish, Some(Problem::NotFound)).await };
    match Sheet::open(&app, &visit, slot, wish.clone()).await {
        Ok(sheet) => sheet.draw(&Question::Phone { typed: String::new() }, Vec::new(), None),
        Err(error) => not_held(&app, &visit, wish, slot, error).await,
    }
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Query(pairs): Query<Pairs>,
    Form(form): Form<Pairs>,
) -> Response {
    let wish = Wish::read(&pairs);
    let Some(slot) = slot_in(&pairs) else { return answer(&app, &visit, wish, Some(Problem::NotFound)).await };
    let sheet = match Sheet::open(&app, &visit, slot, wish.clone()).await {
        Ok(sheet) => sheet,
        Err(error) => return not_held(&app, &visit, wish, slot, error).await,
    };
    let typed = value(&form, "phone").unwrap_or_default().to_owned();
    let phone = match Phone::parse(&typed) {
        Ok(phone) => phone,
        Err(reason) => {
            let messages = FieldErrors::one("phone", reason).messages(visit.locale);
            return sheet.draw(&Question::Phone { typed }, messages, None);
        }
    };
    match (value(&form, "action"), value(&form, "phone_code")) {
        (Some("change"), _) => sheet.draw(&Question::Phone { typed }, Vec::new(), None),
        (Some("send"), _) | (_, None) => send(&app, &client, sheet, phone).await,
        (_, Some(code)) => take(&app, &client, sheet, phone, code).await,
    }
}

async fn send(app: &App, client: &Client, sheet: Sheet<'_>, phone: Phone) -> Response {
    if let Err(problem) = app.limits().code(client, &codes::phone_index(app, &phone)) {
        let question = Question::Phone { typed: phone.spoken() };
        return sheet.draw(&question, Vec::new(), Some(Told::Problem(problem)));
    }
    let told = match codes::send(app, &phone, sheet.visit.locale, app.now()).await {
        Ok(()) => Told::Sent,
        // The code sent a moment ago is still good.
        Err(Error::Problem(Problem::RateLimited { .. })) => Told::SentJustNow,
        Err(error) => return refused(sheet.visit, error),
    };
    sheet.draw(&Question::Code { phone, typed: String::new() }, Vec::new(), Some(told))
}

async fn take(app: &App, client: &Client, sheet: Sheet<'_>, phone: Phone, typed: &str) -> Response {
    let visit = sheet.visit;
    let again = |errors: FieldErrors, phone: Phone| {
        let question = Question::Code { phone, typed: typed.to_owned() };
        sheet.draw(&question, errors.messages(visit.locale), None)
    };
    let code = match PhoneCode::parse(typed) {
        Ok(code) => code,
        Err(reason) => return again(FieldErrors::one("phone_code", reason), phone),
    };
    let (session, new) = visit.session_or_new();
    let asking = Asking { session: Some(&session), phone: Some((&phone, code.as_str())), locale: visit.locale };
    match hold(app, client, &sheet.wish, sheet.slot, asking).await {
        Ok(hold) => held_response(app, visit, &session, new, &hold).await,
        Err(Error::Problem(Problem::Fields(errors))) => again(errors, phone),
        Err(error) => not_held(app, visit, sheet.wish.clone(), sheet.slot, error).await,
    }
}

/// What is asked for at the moment.
enum Question {
    Phone { typed: String },
    Code { phone: Phone, typed: String },
}

/// What just happened.
enum Told {
    Sent,
    SentJustNow,
    Problem(Problem),
}

/// The page of one time.
struct Sheet<'a> {
    visit: &'a Visit,
    slot: SlotId,
    wish: Wish,
    placed: Placed,
    registry: Registry,
    /// Name of the date that many want, if it is one.
    hot: Option<String>,
}

impl<'a> Sheet<'a> {
    async fn open(app: &App, visit: &'a Visit, slot: SlotId, wish: Wish) -> Result<Self, Error> {
        let placed = slots::one(app, slot, Service::MarriageRegistration).await?;
        let registry = app.registry(&placed.registry).await?;
        let hot = app.calendar().hot(placed.date).map(|hot| hot.name.say(visit.locale).to_owned());
        Ok(Self { visit, slot, wish, placed, registry, hot })
    }

    fn draw(&self, question: &Question, messages: Vec<FieldMessage>, told: Option<Told>) -> Response {
        let visit = self.visit;
        let title = visit.say("先验证一个手机号", "Confirm a phone first");
        let status = match &told {
            Some(Told::Problem(problem)) => {
                StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::TOO_MANY_REQUESTS)
            }
            _ if messages.is_empty() => StatusCode::OK,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let day = Wish { registry: Some(self.registry.id.clone()), ..self.wish.on(self.placed.date) };
        let error = messages.first().map(|message| message.message.clone());
        let page = draw::page_as(visit, status, title, || {
            view! {
                <div class="column flow">
                    <BackLink href=visit.url(&day.path()) text=visit.say("选别的时间", "Choose another time") />
                    <ErrorSummary locale=visit.locale messages=messages />
                    {steps(visit, Step::Time, true)}
                    <h1>{title}</h1>
                    <p class="held-time">
                        <span>{words::moment(visit.locale, self.placed.slot.starts_at)}</span>
                        " "
                        <span>{self.registry.name.say(visit.locale).to_owned()}</span>
                    </p>
                    {told.map(|told| self.told(&told, question))}
                    <form class="flow" method="post" action=visit.url(&path(self.slot, &self.wish)) novalidate>
                        {match question {
                            Question::Phone { typed } => self.phone(typed.clone(), error),
                            Question::Code { phone, typed } => self.code(phone, typed.clone(), error),
                        }}
                    </form>
                </div>
            }
        });
        draw::no_store(page)
    }

    fn phone(&self, typed: String, error: Option<String>) -> AnyView {
        let visit = self.visit;
        let why = match (&self.hot, visit.locale) {
            (Some(hot), Locale::Zh) => {
                format!("这一天（{hot}）想登记的人很多。为了不让号被占走，先验证一个手机号，再为您二位保留时间。")
            }
            (Some(hot), Locale::En) => format!(
                "Many couples want this day ({hot}). So that times go to people who mean it, we confirm one phone before \
                 holding a time for you."
            ),
            (None, Locale::Zh) => "先验证一个手机号，再为您二位保留时间。".to_owned(),
            (None, Locale::En) => "We confirm one phone before holding a time for you.".to_owned(),
        };
        let hint = visit.say(
            "您二位中任何一位的都可以，要能收短信。",
            "Either of yours will do, as long as it receives text messages.",
        );
        view! {
            <p>{why}</p>
            <PhoneField
                locale=visit.locale
                name="phone"
                label=visit.say("手机号码", "Mobile phone")
                value=typed
                hint=Some(hint.to_owned())
                error=error
                autocomplete="tel"
            />
            <p class="actions">
                <Button text=visit.say("发送验证码", "Send a code") name="action" value="send" />
            </p>
        }
        .into_any()
    }

    fn code(&self, phone: &Phone, typed: String, error: Option<String>) -> AnyView {
        let visit = self.visit;
        let hold = match visit.locale {
            Locale::Zh => format!("验证通过，这个时间就为您二位保留 {HOLD_MINUTES} 分钟。"),
            Locale::En => {
                format!("Once it is confirmed, the time is held for the two of you for {HOLD_MINUTES} minutes.")
            }
        };
        let label = match visit.locale {
            Locale::Zh => format!("{} 收到的六位验证码", phone.spoken()),
            Locale::En => format!("Six-digit code sent to {}", phone.spoken()),
        };
        view! {
            <input type="hidden" name="phone" value=phone.as_str().to_owned() />
            <TextField
                locale=visit.locale
                name="phone_code"
                label=label
                value=typed
                hint=Some(hold)
                error=error
                autocomplete="one-time-code"
                inputmode="numeric"
                width="input-code"
            />
            {demo_mailbox(visit)}
            <p class="actions">
                <Button text=visit.say("确认并保留这个时间", "Confirm and hold this time") />
                <Button
                    text=visit.say("重新发送验证码", "Send a new code")
                    weight=Weight::Quiet
                    name="action"
                    value="send"
                />
                <Button text=visit.say("换一个手机号", "Use another phone") weight=Weight::Quiet name="action" value="change" />
            </p>
        }
        .into_any()
    }

    fn told(&self, told: &Told, question: &Question) -> AnyView {
        let visit = self.visit;
        let phone = match question {
            Question::Code { phone, .. } => phone.spoken(),
            Question::Phone { .. } => String::new(),
        };
        let (valid, again) = (LIFETIME.num_minutes(), RESEND.num_seconds());
        let (tone, title, text) = match (told, visit.locale) {
            (Told::Sent, Locale::Zh) => (
                Tone::Success,
                format!("验证码已发到 {phone}"),
                Some(format!("{valid} 分钟内有效。没有收到的，{again} 秒后可以再发一次。")),
            ),
            (Told::Sent, Locale::En) => (
                Tone::Success,
                format!("We have sent a code to {phone}"),
                Some(format!(
                    "It is valid for {valid} minutes. If nothing comes, you can ask again after {again} seconds."
                )),
            ),
            (Told::SentJustNow, Locale::Zh) => (
                Tone::Info,
                format!("验证码刚刚发到 {phone}，还能用"),
                Some(format!("没有收到的，过 {again} 秒再点“重新发送验证码”。")),
            ),
            (Told::SentJustNow, Locale::En) => (
                Tone::Info,
                format!("A code was sent to {phone} a moment ago and is still good"),
                Some(format!("If nothing comes, wait {again} seconds before asking for a new one.")),
            ),
            (Told::Problem(problem), locale) => (Tone::Warning, problem.sentence(locale), None),
        };
        let text = text.map(|text| view! { <p>{text}</p> });
        view! {
            <Notice tone=tone title=title live=true>
                {text}
            </Notice>
        }
        .into_any()
    }
}
