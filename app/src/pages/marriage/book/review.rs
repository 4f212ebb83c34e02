//! `/marriage/book/review`: everything at a glance, the rules, and the declaration.

mod answers;

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{App, appointments::codes::unconfirmed as unconfirmed_for, client::Client, error::Error};
use shared::{calendar::shanghai_date, field::FieldMessage, identity::Phone, locale::Locale};

use super::{
    booking_form::{BookingForm, FORM, Held, held_notice},
    codes,
    confirming::{self, Outcome},
    details::{FROM_REVIEW, back_to, identity},
    step::{Step, Who, steps},
};
use crate::{
    components::{
        button::{Button, LinkButton},
        checkbox::Checkbox,
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
        source::SourceLine,
    },
    draw,
    layout::keep_typing,
    site,
    visit::Visit,
    words,
};

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The hold whose time this page showed.
    hold: String,
    declared: String,
    action: String,
}

pub async fn show(State(app): State<App>, visit: Visit) -> Response {
    match BookingForm::open(&app, &visit).await {
        Ok(form) => draw(&app, &visit, &form, false),
        Err(error) => site::refused(&visit, error),
    }
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
    form.draft.declared = typed.declared == "yes";
    form.save(app).await?;
    if let Some(elsewhere) = form.act(app, visit, &typed.action).await? {
        return Ok(elsewhere);
    }
    let shown = form.held.as_ref().is_some_and(|held| held.hold.id.as_str() == typed.hold);
    if !shown || !missing(visit, &form).is_empty() || form.lacks_authority() {
        // Another time is held now, or something changed in another tab: look again before confirming.
        return Ok(form.go(app, visit, Step::Review.path()));
    }
    if !form.draft.declared {
        return Ok(draw(app, visit, &form, true));
    }
    if form.asks_for_codes(app) && !unconfirmed(app, &form).await?.is_empty() {
        let sent = codes::send(app, visit, client, &form).await?;
        return Ok(form.go(app, visit, &codes::page_after(sent)));
    }
    match confirming::confirm(app, visit, headers, &form).await? {
        Outcome::Answered(response) => Ok(response),
        Outcome::Wrong(_) => Ok(form.go(app, visit, Step::Codes.path())),
    }
}

/// The couple's distinct phones that still need a code.
pub(super) async fn unconfirmed(app: &App, form: &BookingForm) -> Result<Vec<Phone>, Error> {
    let Some(held) = &form.held else { return Ok(Vec::new()) };
    unconfirmed_for(app, &held.hold.id, phones(form)).await
}

/// The couple's distinct phones, in order.
pub(super) fn phones(form: &BookingForm) -> Vec<Phone> {
    let mut phones: Vec<Phone> =
        form.draft.parties.iter().filter_map(|party| Phone::parse(&party.phone).ok()).collect();
    phones.dedup();
    phones
}

/// What has to be filled in or put right before booking, each with the step where that is done.
pub(super) fn missing(visit: &Visit, form: &BookingForm) -> Vec<(Step, String)> {
    let locale = visit.locale;
    let mut missing = Vec::new();
    for who in Who::BOTH {
        let typed = &form.draft.parties[who.index()];
        if typed.name.is_empty() && typed.id_number.is_empty() {
            missing.push((Step::Identity(who), locale.say("还没有填写。", "Not filled in yet.").to_owned()));
        } else if let Err(errors) = identity::judge(&form.draft.parties, who, shanghai_date(form.now), form.day())
            && let Some(error) = errors.iter().next()
        {
            missing.push((Step::Identity(who), error.reason.sentence(locale)));
        }
        if let Err(errors) = form.draft.parties[who.index()].contact()
            && let Some(error) = errors.iter().find(|error| error.field == "phone")
        {
            missing.push((Step::Contact(who), error.reason.sentence(locale)));
        }
    }
    missing
}

fn draw(app: &App, visit: &Visit, form: &BookingForm, undeclared: bool) -> Response {
    let locale = visit.locale;
    let title = locale.say("核对并确认", "Check and confirm");
    let missing = missing(visit, form);
    let codes = form.asks_for_codes(app);
    let ready = form.held.as_ref().filter(|_| missing.is_empty() && !form.lacks_authority());
    let declaration_error = undeclared.then(|| {
        locale.say("请先阅读并勾选这一条，再继续。", "Please read this and tick it before you go on.").to_owned()
    });
    let messages: Vec<FieldMessage> = declaration_error
        .iter()
        .map(|message| FieldMessage {
            field: "declared".to_owned(),
            code: "declaration_missing".to_owned(),
            message: message.clone(),
        })
        .collect();
    let status = if undeclared { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    draw::page_as(visit, status, title, || {
        keep_typing(FORM);
        let act = match ready {
            Some(held) => confirm_form(visit, form, held, codes, declaration_error).into_any(),
            None => not_yet(visit, form, &missing),
        };
        view! {
            <div class="column flow">
                {back_to(visit, Step::Contact(Who::Second))}
                <ErrorSummary locale=locale messages=messages />
                {steps(visit, Step::Review, codes)}
                {held_notice(visit, form)}
                <h1>{title}</h1>
                <p>
                    {locale.say(
                        "请对照证件逐项核对。预约以后，姓名和证件号码不能再改。",
                        "Compare every line with your documents. Names and document numbers cannot be changed after \
                         booking.",
                    )}
                </p>
                {answers::draw(visit, form)}
                {form.held.as_ref().map(|held| rules(visit, held, form))}
                {act}
            </div>
        }
    })
}

/// The registry's rule on giving the time back, before anything is confirmed.
fn rules(visit: &Visit, held: &Held, form: &BookingForm) -> AnyView {
    let locale = visit.locale;
    let Ok(rule) = held.registry.rule(form.now) else { return ().into_any() };
    let date = shanghai_date(held.record.starts_at);
    let cancel = words::deadline(locale, rule.cancel_until(date));
    let reschedule = words::deadline(locale, rule.reschedule_until(date));
    let one = cancel == reschedule;
    let penalty = rule.penalty.as_ref().map(|penalty| penalty.say(locale).to_owned());
    let lines = match locale {
        Locale::Zh if one => vec![format!("可在 {cancel} 前改期或取消。")],
        Locale::En if one => vec![format!("You can move or cancel it until {cancel}.")],
        Locale::Zh => vec![format!("可在 {reschedule} 前改期。"), format!("可在 {cancel} 前取消。")],
        Locale::En => {
            vec![format!("You can move it until {reschedule}."), format!("You can cancel it until {cancel}.")]
        }
    };
    view! {
        <section class="flow">
            <h2>{locale.say("来不了怎么办", "If you cannot come")}</h2>
            <ul>
                {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                {penalty.map(|penalty| view! { <li>{penalty}</li> })}
            </ul>
            <SourceLine locale=locale title=rule.source.title.clone() checked=rule.checked />
        </section>
    }
    .into_any()
}

fn confirm_form(
    visit: &Visit,
    form: &BookingForm,
    held: &Held,
    codes: bool,
    error: Option<String>,
) -> impl IntoView + use<> {
    let locale = visit.locale;
    let act = if codes {
        locale.say("发送验证码", "Send the codes")
    } else {
        locale.say("确认预约", "Confirm the booking")
    };
    let declaration = locale.say(
        "以上内容真实准确，到时候两个人都会带上证件亲自到场。",
        "All of this is true and exact, and both of us will come in person with our documents.",
    );
    view! {
        <section class="flow">
        <h2>{locale.say("确认", "Confirm")}</h2>
        <form class="flow" id=FORM method="post" action=visit.url(Step::Review.path()) novalidate>
            <input type="hidden" name="hold" value=held.hold.id.as_str().to_owned() />
            <Checkbox
                locale=locale
                name="declared"
                label=declaration
                ticked=form.draft.declared
                error=error
            />
            <p class="soft">
                {locale.say(
                    "这些信息只用来办理这次登记预约，加密保存。",
                    "This information is used only for this appointment and is kept encrypted. ",
                )}
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
            let href = format!("{}?{FROM_REVIEW}", visit.url(step.path()));
            let name = step.name(locale);
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
            <Notice tone=Tone::Warning title=locale.say("确认之前，还有几处要填写", "Before you can confirm")>
                <ul>{links}</ul>
            </Notice>
        }
    });
    let choose = form.held.is_none().then(|| {
        view! {
            <LinkButton href=visit.url(Step::Time.path()) text=locale.say("选择时间", "Choose a time") />
        }
    });
    // The notice's buttons still need their form.
    view! {
        {listed}
        <form id=FORM method="post" action=visit.url(Step::Review.path())></form>
        <p class="actions">{choose}</p>
    }
    .into_any()
}
