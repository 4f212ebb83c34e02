//! `…/book/review`: everything at a glance, the rules, and the declaration.

use axum::{
    Extension, Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde::Deserialize;
use server::{App, appointments::booking::deadlines::Deadlines, client::Client, error::Error, rejection::Rejection};
use shared::{field::FieldMessage, locale::Locale, say};

use crate::{
    appointments::{
        booking_form::BookingForm,
        confirming::{self, Confirmed},
        held::Held,
        held_time::{held_in_full, held_time},
        hold_notice::FORM,
        question_page::{back_to, to_change},
        sending::{send, unconfirmed},
        service::ServicePages,
        step::Step,
    },
    components::{
        button::{Button, LinkButton},
        checkbox::Checkbox,
        error_summary::{ErrorSummary, message_at},
        heading::StepHeading,
        notice::{Notice, Tone},
        source::SourceFold,
        summary::{Row, Summary},
    },
    draw,
    visit::Visit,
    words,
};

const DECLARED: &str = "declared";
const CONSENT: &str = "consent";

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ReviewForm {
    /// The hold whose time this page showed.
    hold: String,
    declared: String,
    consent: String,
    action: String,
}

/// The boxes as they were ticked.
#[derive(Clone, Copy)]
struct Ticked {
    declared: bool,
    /// Also where the service asks for none.
    consented: bool,
}

impl Ticked {
    /// Those of a draft, which keeps all or none.
    fn kept(form: &BookingForm) -> Self {
        Self { declared: form.draft.declared, consented: form.draft.declared }
    }

    fn all(self) -> bool {
        self.declared && self.consented
    }
}

pub async fn show(State(app): State<App>, visit: Visit, Extension(pages): ServicePages) -> Result<Response, Rejection> {
    let form = BookingForm::open(&app, &visit, pages).await?;
    let codes = codes_to_come(&app, &form).await?;
    Ok(draw(&visit, &form, codes, (Ticked::kept(&form), false)))
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Extension(pages): ServicePages,
    headers: HeaderMap,
    Form(typed): Form<ReviewForm>,
) -> Result<Response, Rejection> {
    let mut form = BookingForm::open(&app, &visit, pages).await?;
    if let Some(answer) = form.lost(&app, &visit) {
        return Ok(answer);
    }
    if let Some(booked) = confirming::made_before(&app, &visit, &headers, &form, &typed.hold).await? {
        return Ok(booked);
    }
    let shown = form.holds(&typed.hold);
    let consented = pages.words.consent.is_none() || typed.consent == "yes";
    let ticked = Ticked { declared: typed.declared == "yes", consented };
    form.draft.declared = shown && ticked.all();
    form.save(&app).await?;
    if let Some(elsewhere) = form.act(&app, &visit, &client, &typed.action).await? {
        return Ok(elsewhere);
    }
    let is_complete = form.missing(visit.locale).is_empty();
    if !shown || !is_complete || form.is_obstructed {
        // Another time is held now, or something changed in another tab: look again before confirming.
        return Ok(form.go(&app, &visit, &again(&form, &typed.hold)));
    }
    if !form.draft.declared {
        let codes = codes_to_come(&app, &form).await?;
        return Ok(draw(&visit, &form, codes, (ticked, true)));
    }
    if form.asks_for_codes(&app) {
        let phones = unconfirmed(&app, &form).await?;
        if !phones.is_empty() {
            send(&app, &visit, &client, &mut form, &phones).await?;
            return Ok(form.go(&app, &visit, &pages.at(Step::Codes)));
        }
    }
    match confirming::confirm(&app, &visit, &client, &headers, &form).await? {
        Confirmed::Answered(response) => Ok(response),
        Confirmed::Wrong(_) => Ok(form.go(&app, &visit, &pages.at(Step::Codes))),
    }
}

/// The query of this page for whoever confirmed a time that is not the one held now.
const OTHER: &str = "other";

/// Where to look again, from a page that showed the time of `hold`.
pub(super) fn again(form: &BookingForm, hold: &str) -> String {
    let review = form.pages.at(Step::Review);
    if hold.is_empty() || form.holds(hold) || form.past.is_some() || form.is_obstructed {
        review
    } else {
        format!("{review}?{OTHER}")
    }
}

/// That the time which was confirmed is not the one held now; what ran out or was given up is told elsewhere.
fn other_time(visit: &Visit, form: &BookingForm) -> Option<AnyView> {
    if visit.query.as_deref() != Some(OTHER) || form.past.is_some() {
        return None;
    }
    if form.held.is_some() {
        let title =
            visit.say("保留的时间换过了，还没有预约", "The time held for you has changed, and nothing is booked yet");
        let text = visit.say("请看清楚下面的时间，再确认。", "Please check the time below before you confirm.");
        return Some(view! { <Notice tone=Tone::Warning title=title live=true><p>{text}</p></Notice> }.into_any());
    }
    let title = visit.say("刚才那个时间，这个浏览器里没有保留", "This browser is not holding the time you confirmed");
    let text = visit.say(
        "可能是在另一个窗口约好了别的时间，也可能是清除过 Cookie，或者换了浏览器。没有约好的，请重新选时间。",
        "You may have booked another time in a different window, cleared its cookies, or changed browsers. If nothing is \
         booked, please choose a time again.",
    );
    let booked = visit.say("查已经约好的", "Look up what is booked");
    let href = visit.url(&form.pages.path("bookings"));
    let notice = view! {
        <Notice tone=Tone::Warning title=title live=true>
            <p>{text}</p>
            <p><a href=href>{booked}</a></p>
        </Notice>
    };
    Some(notice.into_any())
}

/// Whether codes will be typed before the booking stands; assumed while a phone may still be missing.
async fn codes_to_come(app: &App, form: &BookingForm) -> Result<bool, Error> {
    if !form.asks_for_codes(app) {
        return Ok(false);
    }
    let is_complete = form.held.is_some() && form.missing(Locale::Zh).is_empty();
    Ok(!is_complete || !unconfirmed(app, form).await?.is_empty())
}

/// `pressed` without all of the boxes, or shown first.
fn draw(visit: &Visit, form: &BookingForm, codes: bool, (ticked, pressed): (Ticked, bool)) -> Response {
    let locale = visit.locale;
    let title = locale.say("核对并确认", "Check and confirm");
    let missing = form.missing(locale);
    let ready = form.held.as_ref().filter(|_| missing.is_empty() && !form.is_obstructed);
    let missed = [(DECLARED, "declaration_missing", ticked.declared), (CONSENT, "consent_missing", ticked.consented)];
    let missed = missed.into_iter().filter(|(_, _, is_ticked)| pressed && !is_ticked);
    let messages: Vec<FieldMessage> = missed
        .map(|(field, code, _)| FieldMessage {
            field: field.to_owned(),
            code: code.to_owned(),
            message: locale
                .say("请先阅读并勾选这一条，再继续。", "Please read this and tick the box before you continue.")
                .to_owned(),
        })
        .collect();
    let status = if pressed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    draw::page_of_form(visit, status, &form.pages.titled(locale, title), FORM, || {
        let act = match ready {
            Some(held) => confirm_form(visit, form, (held, codes), (ticked, &messages)).into_any(),
            None => not_yet(visit, form, &missing),
        };
        view! {
            <div class="column flow">
                {form.pages.before(Step::Review).map(|before| back_to(visit, form, before))}
                <ErrorSummary locale=locale messages=messages />
                {form.pages.steps_at(visit, Step::Review, codes)}
                {held_time(visit, form)}
                <StepHeading title=title wrong=pressed />
                {other_time(visit, form)}
                <p>{form.pages.words.compare.say(locale)}</p>
                <section class="flow">
                    <h2>{locale.say("时间和地点", "Time and place")}</h2>
                    <Summary locale=locale rows=place(visit, form) />
                </section>
                {(form.pages.form.answers)(visit, form.pages, &form.draft.answers)}
                {form.held.as_ref().filter(|held| !held.record.closed).map(|held| rules(visit, held, form))}
                {act}
                {held_in_full(visit, form)}
            </div>
        }
    })
}

fn place(visit: &Visit, form: &BookingForm) -> Vec<Row> {
    let locale = visit.locale;
    let choose = visit.url(&form.pages.at(Step::Time));
    let time = locale.say("时间", "Time");
    match &form.held {
        None => vec![Row::new(time, locale.say("还没有选", "Not chosen yet")).change(choose)],
        Some(held) => vec![
            Row::new(time, words::period(locale, held.record.starts_at, held.record.ends_at)).change(choose),
            Row::new(form.pages.place_label(locale), held.point.place.name.say(locale)),
            Row::new(locale.say("地址", "Address"), held.point.place.address.say(locale)),
        ],
    }
}

/// The place's rule on giving the time back, before anything is confirmed.
fn rules(visit: &Visit, held: &Held, form: &BookingForm) -> AnyView {
    let locale = visit.locale;
    let Ok(rule) = held.point.rule(form.now) else { return ().into_any() };
    let penalty = rule.penalty.as_ref().map(|penalty| penalty.say(locale).to_owned());
    let lines = changes_until(visit, form, &Deadlines::of(&held.record, rule));
    view! {
        <section class="flow">
            <h2>{locale.say("来不了怎么办", "If you cannot come")}</h2>
            <ul>
                {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                {penalty.map(|penalty| view! { <li>{penalty}</li> })}
            </ul>
            <SourceFold locale=locale title=rule.source.cited(locale) checked=rule.checked />
        </section>
    }
    .into_any()
}

/// Until when it can be moved or cancelled online, or that this is over before it is booked.
fn changes_until(visit: &Visit, form: &BookingForm, until: &Deadlines) -> Vec<String> {
    let locale = visit.locale;
    let place = form.pages.words.place.say(locale);
    let open = |deadline: DateTime<Utc>| (form.now < deadline).then(|| locale.deadline(deadline));
    match (open(until.reschedule), open(until.cancel)) {
        (Some(reschedule), Some(cancel)) if reschedule == cancel => {
            vec![say!(locale, "可在 {cancel} 前改期或取消。", "You can move or cancel it until {cancel}.")]
        }
        (None, None) => vec![say!(
            locale,
            "这个时间太近，约好以后不能在网上改期或取消；来不了的，请打{place}电话。",
            "This time is too soon to be moved or cancelled online once booked. If you cannot come, please phone the \
             {place}."
        )],
        (reschedule, cancel) => {
            let reschedule = match reschedule {
                Some(until) => say!(locale, "可在 {until} 前改期。", "You can move it until {until}."),
                None => locale.say("不能在网上改期。", "It cannot be moved online.").to_owned(),
            };
            let cancel = match cancel {
                Some(until) => say!(locale, "可在 {until} 前取消。", "You can cancel it until {until}."),
                None => locale.say("不能在网上取消。", "It cannot be cancelled online.").to_owned(),
            };
            vec![reschedule, cancel]
        }
    }
}

fn confirm_form(
    visit: &Visit,
    form: &BookingForm,
    (held, codes): (&Held, bool),
    (ticked, messages): (Ticked, &[FieldMessage]),
) -> impl IntoView + use<> {
    let locale = visit.locale;
    let act = match form.contacts().len() {
        _ if !codes => locale.say("确认预约", "Confirm the booking"),
        0 | 1 => locale.say("发送验证码", "Send the code"),
        _ => locale.say("发送验证码", "Send the codes"),
    };
    let words = &form.pages.words;
    let consent = words.consent.map(|consent| {
        view! {
            <Checkbox
                locale=locale
                name=CONSENT
                label=consent.say(locale)
                ticked=ticked.consented
                error=message_at(messages, CONSENT)
            />
        }
    });
    view! {
        <section class="flow">
        <h2>{locale.say("确认", "Confirm")}</h2>
        <form class="flow" id=FORM method="post" action=visit.url(&form.pages.at(Step::Review)) novalidate>
            <input type="hidden" name="hold" value=held.hold.id.as_str().to_owned() />
            <Checkbox
                locale=locale
                name=DECLARED
                label=words.declaration.say(locale)
                hint=words.falsehood.map(|said| said.say(locale).to_owned())
                ticked=ticked.declared
                error=message_at(messages, DECLARED)
            />
            {consent}
            <p class="soft">
                {words.purpose.say(locale)}
                <a href=visit.url("/privacy")>{locale.say("隐私说明", "Privacy notice")}</a>
            </p>
            <p class="actions">
                <Button text=act />
            </p>
        </form>
        </section>
    }
}

fn not_yet(visit: &Visit, form: &BookingForm, missing: &[(Step, String)]) -> AnyView {
    let locale = visit.locale;
    let links: Vec<_> = missing
        .iter()
        .map(|(step, sentence)| {
            let (href, name) = (to_change(visit, form.pages, *step), form.pages.step_name(*step, locale));
            view! {
                <li>
                    <a href=href>{name}</a>
                    {locale.say("：", ": ")}
                    {sentence.clone()}
                </li>
            }
        })
        .collect();
    let listed = (!missing.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Warning title=locale.say("确认之前，还有几处要填写", "Before you can confirm, please complete the \
                                                                         following")>
                <ul>{links}</ul>
            </Notice>
        }
    });
    let choose = form.held.is_none().then(|| {
        view! {
            <LinkButton href=visit.url(&form.pages.at(Step::Time)) text=locale.say("选择时间", "Choose a time") />
        }
    });
    // The notice's buttons still need their form.
    view! {
        {listed}
        <form id=FORM method="post" action=visit.url(&form.pages.at(Step::Review))></form>
        <p class="actions">{choose}</p>
    }
    .into_any()
}
