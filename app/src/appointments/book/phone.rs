//! `…/book/phone`: on a date that many want, a confirmed phone comes before the hold.

mod notice;

use axum::{
    Form,
    extract::{FromRequestParts, Query, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        hold::{self, Asking},
        point::ServicePoint,
        slots::SlotAtPlace,
    },
    client::Client,
    error::Error,
    phone_codes::{self, Asker, RESEND, Sending},
    rejection::{self, Rejection},
    session::Session,
};
use shared::{
    appointments::SlotId,
    field::{FieldErrors, FieldMessage},
    identity::{Phone, PhoneCode},
    problem::Problem,
    say,
};

use crate::{
    appointments::{
        choosing::{self, not_held},
        draft, held,
        no_cookie::not_kept,
        service::ServicePages,
        step::Step,
        taking::{self, held_response, slot_in},
        wish::Wish,
    },
    components::{
        back_link::BackLink,
        button::{Button, Weight},
        demo_mailbox::demo_mailbox,
        error_summary::ErrorSummary,
        heading::StepHeading,
        phone_field::PhoneField,
        resend::Resend,
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, value},
    visit::{Visit, asks_with_session},
};

/// The address of this page for a time, without the language prefix.
pub(in crate::appointments) fn path(slot: SlotId, wish: &Wish) -> String {
    let page = wish.pages.path("book/phone");
    match wish.pages.narrowed_by().filter(|_| wish.narrowed) {
        Some(name) => format!("{page}?slot={slot}&{name}=1"),
        None => format!("{page}?slot={slot}"),
    }
}

/// A phone that stands among the details already is not asked for again.
pub async fn show(State(app): State<App>, page: PhonePage) -> Result<Response, Rejection> {
    let pages = page.wish.pages;
    let typed = draft::typed(&app, &page.visit, &pages.bookable.service, pages.form.first_phone).await?;
    Ok(page.draw(&Question::Phone { typed }, Vec::new(), None))
}

pub async fn submit(
    State(app): State<App>,
    client: Client,
    page: PhonePage,
    Form(form): Form<Pairs>,
) -> Result<Response, Rejection> {
    let Some(session) = page.visit.session.clone() else {
        return Ok(not_kept(&app, &page.visit, page.wish.pages, &form));
    };
    let typed = value(&form, "phone").unwrap_or_default().to_owned();
    let phone = match Phone::parse(&typed) {
        Ok(phone) => phone,
        Err(reason) => {
            let messages = FieldErrors::one("phone", reason).messages(page.visit.locale);
            return Ok(page.draw(&Question::Phone { typed }, messages, None));
        }
    };
    match (value(&form, "action"), value(&form, "phone_code")) {
        (Some("change"), _) => Ok(page.draw(&Question::Phone { typed }, Vec::new(), None)),
        (Some("send"), _) | (_, None) => Ok(send(&app, &client, page, &session, phone).await?),
        (_, Some(code)) => Ok(take(&app, &client, page, &session, (phone, code)).await?),
    }
}

async fn send(app: &App, client: &Client, page: PhonePage, session: &Session, phone: Phone) -> Result<Response, Error> {
    let (asker, purpose) = (Asker::of(app.keys(), session), page.wish.pages.bookable.purpose());
    let sending =
        phone_codes::send(app, (&asker, client.address), &phone, purpose, page.visit.locale, app.now()).await?;
    let question = match sending {
        Sending::Sent | Sending::JustNow(_) => Question::Code { phone, typed: String::new() },
        Sending::TooOften(_) => Question::Phone { typed: phone.spoken() },
        Sending::NotTo(reason) => {
            let messages = FieldErrors::one("phone", reason).messages(page.visit.locale);
            return Ok(page.draw(&Question::Phone { typed: phone.spoken() }, messages, None));
        }
    };
    Ok(page.draw(&question, Vec::new(), Some(sending)))
}

async fn take(
    app: &App,
    client: &Client,
    page: PhonePage,
    session: &Session,
    (phone, typed): (Phone, &str),
) -> Result<Response, Error> {
    let visit = &page.visit;
    let again = |errors: FieldErrors, phone: Phone| {
        let question = Question::Code { phone, typed: typed.to_owned() };
        Ok(page.draw(&question, errors.messages(visit.locale), None))
    };
    let code = match PhoneCode::parse(typed) {
        Ok(code) => code,
        Err(reason) => return again(FieldErrors::one("phone_code", reason), phone),
    };
    let typed_code = Some((&phone, code.as_str()));
    let asking = Asking { session: session.clone(), address: client.address, phone: typed_code, locale: visit.locale };
    match taking::hold(app, &page.wish, page.slot, asking).await {
        Ok(hold) => {
            let pages = page.wish.pages;
            let answer = held_response(app, visit, pages, session, (page.slot, &hold)).await?;
            let told = (pages.form.first_phone, phone.spoken());
            draft::note(app, draft::of_a_new_booking(&pages.bookable.service, session), app.now(), |draft| {
                draft.prefill(told.0, &told.1);
            })
            .await?;
            Ok(answer)
        }
        Err(Error::Problem(Problem::Fields(errors))) => again(errors, phone),
        Err(error) => not_held(app, visit, page.wish.clone(), page.slot, error).await,
    }
}

/// What is asked for at the moment.
enum Question {
    Phone { typed: String },
    Code { phone: Phone, typed: String },
}

impl Question {
    /// The phone that was sent a code, as it is read out; empty while it is asked for.
    fn spoken(&self) -> String {
        match self {
            Self::Code { phone, .. } => phone.spoken(),
            Self::Phone { .. } => String::new(),
        }
    }
}

/// The page of the time that the address names.
pub struct PhonePage {
    visit: Visit,
    slot: SlotId,
    wish: Wish,
    placed: SlotAtPlace,
    point: ServicePoint,
    /// How long the time will be held.
    minutes: u32,
    /// Name of the date that many want, if it is one.
    hot: Option<String>,
}

/// Where no such time can be held, the page that says why, with those that can.
impl FromRequestParts<App> for PhonePage {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let pages = ServicePages::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let pairs = Query::<Pairs>::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let wish = Wish::read(&pages, &pairs);
        let instead = match slot_in(&pairs) {
            Some(slot) => match Self::open(app, visit.clone(), slot, wish.clone()).await {
                Ok(page) => return Ok(page),
                Err(error) => not_held(app, &visit, wish, slot, error).await,
            },
            None => choosing::page(app, &visit, wish, Some(Problem::NotFound)).await,
        };
        Err(instead.map_err(Rejection::from).into_response())
    }
}

impl PhonePage {
    async fn open(app: &App, visit: Visit, slot: SlotId, wish: Wish) -> Result<Self, Error> {
        let service = &wish.pages.bookable.service;
        let (placed, point) = hold::open_slot(app, service, slot, app.now()).await?;
        let minutes = point.rule(app.now())?.hold_minutes;
        let hot = app.calendar().hot(placed.date).map(|hot| hot.name.say(visit.locale).to_owned());
        Ok(Self { visit, slot, wish, placed, point, minutes, hot })
    }

    fn draw(&self, question: &Question, messages: Vec<FieldMessage>, sending: Option<Sending>) -> Response {
        let visit = &self.visit;
        let title = visit.say("先验证一个手机号", "Confirm a phone number first");
        let status = match &sending {
            Some(Sending::TooOften(problem)) => rejection::status(problem),
            _ if messages.is_empty() => StatusCode::OK,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let day = Wish { place: Some(self.placed.place.clone()), ..self.wish.on(self.placed.date) };
        let wrong = !messages.is_empty();
        let error = messages.first().map(|message| message.message.clone());
        let page = draw::page_as(visit, status, &self.wish.pages.titled(visit.locale, title), || {
            view! {
                <div class="column flow">
                    <BackLink href=visit.url(&day.path()) text=visit.say("选别的时间", "Choose another time") />
                    <ErrorSummary locale=visit.locale messages=messages />
                    {self.wish.pages.steps_at(visit, Step::Time, true)}
                    <StepHeading title=title wrong=wrong />
                    {held::line(visit, self.placed.slot.starts_at, &self.point.place)}
                    {sending.as_ref().map(|sending| notice::draw(visit.locale, sending, &question.spoken()))}
                    <form class="flow" method="post" action=visit.url(&path(self.slot, &self.wish)) novalidate>
                        {match question {
                            Question::Phone { typed } => self.phone(typed.clone(), error),
                            Question::Code { phone, typed } => self.code(phone, typed.clone(), error, sending.as_ref()),
                        }}
                    </form>
                </div>
            }
        });
        let page = asks_with_session(draw::no_store(page));
        match &sending {
            Some(Sending::TooOften(problem)) => rejection::with_retry_after(page, problem),
            _ => page,
        }
    }

    fn phone(&self, typed: String, error: Option<String>) -> AnyView {
        let visit = &self.visit;
        let words = &self.wish.pages.words;
        let (you, many) = (words.you.say(visit.locale), words.many.say(visit.locale));
        let why = match &self.hot {
            Some(hot) => say!(
                visit.locale,
                "这一天（{hot}）{many}。为了不让号被占走，先验证一个手机号，再为{you}保留时间。",
                "{many} want this day ({hot}). To keep times for people who will use them, we confirm a phone number \
                 before holding one for you."
            ),
            None => say!(
                visit.locale,
                "现在从同一个网络保留的时间很多。先验证一个手机号，就可以为{you}保留时间。",
                "Many times are being held from the network you are on. Once a phone number is confirmed, we can hold one for \
                 you."
            ),
        };
        let hint = words.any_phone.say(visit.locale);
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

    fn code(&self, phone: &Phone, typed: String, error: Option<String>, sending: Option<&Sending>) -> AnyView {
        let visit = &self.visit;
        let wait = match sending {
            Some(Sending::Sent) => u64::try_from(RESEND.num_seconds()).ok(),
            Some(Sending::JustNow(recent)) => Some(recent.again_in),
            Some(Sending::TooOften(_) | Sending::NotTo(_)) | None => None,
        };
        let (you, minutes) = (self.wish.pages.words.you.say(visit.locale), self.minutes);
        let hold = say!(
            visit.locale,
            "验证通过，这个时间就为{you}保留 {minutes} 分钟。",
            "Once it is confirmed, we hold the time for {you} for {minutes} minutes."
        );
        let label = say!(visit.locale, "{} 收到的六位验证码", "Six-digit code sent to {}", phone.spoken());
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
                <Button text=visit.say("换一个手机号", "Use a different phone") weight=Weight::Quiet name="action" value="change" />
            </p>
            <Resend locale=visit.locale text=visit.say("重新发送验证码", "Send a new code") value="send" wait=wait />
        }
        .into_any()
    }
}
