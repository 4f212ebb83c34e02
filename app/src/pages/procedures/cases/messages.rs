//! `…/messages`: what the family and the office write to each other. Whoever opens it has read what the office wrote.

use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    procedures::{
        cases::Side,
        talk::{self, Line},
    },
};
use shared::{
    field::FieldMessage,
    locale::Locale,
    problem::Problem,
    procedures::{Refusal, message::LONGEST},
    say,
};

use super::{opened::Opened, told as beside};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
        error_summary::{ErrorSummary, message_at},
        heading::StepHeading,
        notice::{Notice, Tone},
        summary::Row,
        text_area::TextArea,
    },
    draw,
    layout::Switch,
    pages::preferences::remembered,
    pairs::{Pairs, value},
    visit::Visit,
    words,
};

/// Id of the form, which the switches of language and large print send.
const FORM: &str = "message";
const WORDS: &str = "words";
/// The query of this page once something was sent.
const SENT: &str = "sent";

/// What the form says when it comes back.
#[derive(Default)]
struct Filled {
    words: String,
    messages: Vec<FieldMessage>,
    /// Why it was not sent.
    refused: Option<Problem>,
}

pub async fn show(State(app): State<App>, visit: Visit, opened: Opened) -> Result<Response, Rejection> {
    if opened.case.is_erased {
        return Ok(Redirect::to(&opened.address(&visit, "")).into_response());
    }
    drawn(&app, &visit, &opened, Filled::default()).await
}

pub async fn submit(
    State(app): State<App>,
    mut visit: Visit,
    opened: Opened,
    Form(sent): Form<Pairs>,
) -> Result<Response, Rejection> {
    let words = value(&sent, WORDS).unwrap_or_default().to_owned();
    let filled = Filled { words, ..Filled::default() };
    match value(&sent, "action").and_then(Switch::read) {
        // The browser sends the same form again to the address of the other language.
        Some(Switch::Language(other)) if other != visit.locale => {
            let there = [(header::LOCATION, visit.here_in(other))];
            return Ok((StatusCode::TEMPORARY_REDIRECT, there).into_response());
        }
        Some(Switch::Language(_)) => return drawn(&app, &visit, &opened, filled).await,
        Some(Switch::Mode(mode)) => {
            visit.mode = mode;
            let page = drawn(&app, &visit, &opened, filled).await?;
            return Ok(remembered(mode, page, app.settings().production()));
        }
        None => {}
    }
    match talk::ask(&app, &opened.family, &filled.words, opened.now).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?{SENT}", opened.address(&visit, "messages"))).into_response()),
        Err(Error::Problem(Problem::Fields(errors))) => {
            let filled = Filled { messages: errors.messages(visit.locale), ..filled };
            drawn(&app, &visit, &opened, filled).await
        }
        // What was typed stays there for the time when it can be sent.
        Err(Error::Problem(problem)) if matches!(problem.refusal(), Some(Refusal::WrittenOften)) => {
            drawn(&app, &visit, &opened, Filled { refused: Some(problem), ..filled }).await
        }
        Err(error) if matches!(error.refusal(), Some(Refusal::Erased)) => {
            Ok(Redirect::to(&opened.address(&visit, "")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// What the application's own page says of it: the way there, and first that something waits to be read.
pub(super) fn section(visit: &Visit, opened: &Opened, unread: i64) -> Option<AnyView> {
    if opened.case.is_erased {
        return None;
    }
    let href = opened.address(visit, "messages");
    let waits = (unread > 0).then(|| {
        view! { <p>{visit.say("工作人员给您留了言，还没有看。", "Staff have written to you, and you have not read it yet.")}</p> }
    });
    let (text, weight) = if unread > 0 {
        (visit.say("看留言", "Read the messages"), Weight::Secondary)
    } else {
        (visit.say("有话问工作人员，看以前的留言", "Ask the staff something, or see earlier messages"), Weight::Quiet)
    };
    Some(
        view! {
            <section class="flow">
                <h2>{visit.say("留言", "Messages")}</h2>
                {waits}
                <p><LinkButton href=href text=text weight=weight /></p>
            </section>
        }
        .into_any(),
    )
}

/// All messages by who wrote them and when, for the copy of one's data.
pub(super) fn rows(lines: &[Line], locale: Locale) -> Vec<Row> {
    let row = |line: &Line| {
        let (who, when) = (beside::side(locale, line.side), words::moment(locale, line.at));
        Row::new(format!("{who} · {when}"), line.words.say(locale))
    };
    lines.iter().map(row).collect()
}

async fn drawn(app: &App, visit: &Visit, opened: &Opened, filled: Filled) -> Result<Response, Rejection> {
    let lines = talk::of_family(app, &opened.family, opened.now).await?;
    Ok(draw(visit, opened, &lines, filled))
}

fn draw(visit: &Visit, opened: &Opened, lines: &[Line], filled: Filled) -> Response {
    let locale = visit.locale;
    let title = locale.say("和工作人员的留言", "Messages with the staff");
    let full_title = format!("{title} · {}", opened.name(locale));
    let status = match &filled.refused {
        Some(problem) => server::rejection::status(problem),
        None if filled.messages.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let refused = filled.refused.as_ref().map(|problem| {
        let (title, sentence) = (problem.title(locale), problem.sentence(locale));
        view! { <Notice tone=Tone::Warning title=title focus=true><p>{sentence}</p></Notice> }
    });
    let is_sent = visit.query.as_deref() == Some(SENT) && status == StatusCode::OK;
    let sent = is_sent.then(|| {
        let title = locale.say("留言已经送到民政部门", "Your message has arrived at the bureau");
        view! { <Notice tone=Tone::Success title=title live=true /> }
    });
    let wrong = !filled.messages.is_empty();
    let form = form(visit, opened, &filled);
    let messages = filled.messages;
    let list = list(lines, locale);
    draw::no_store(draw::page_of_form(visit, status, &full_title, FORM, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回申请", "Back to the application") />
                <ErrorSummary locale=locale messages=messages />
                {refused}
                {sent}
                <StepHeading title=title wrong=wrong />
                <p>
                    {locale.say(
                        "问办理的事、说明情况，都可以写在这里，工作人员看到会回复；有了回复，您的手机会收到短信。着急的，请拨打 12345。",
                        "Ask about your application or explain something: staff read it here and answer, and a text tells your phone once \
                         they have. If it is urgent, call 12345.",
                    )}
                </p>
                {list}
                {form}
            </div>
        }
    }))
}

fn list(lines: &[Line], locale: Locale) -> AnyView {
    if lines.is_empty() {
        let none = locale.say("还没有留言。", "There is no message yet.");
        return view! { <p class="soft">{none}</p> }.into_any();
    }
    let rows = lines.iter().map(|line| {
        let (who, when) = (beside::side(locale, line.side), words::moment(locale, line.at));
        let seen = match (line.side, line.seen_at) {
            (Side::Family, Some(at)) => {
                Some(say!(locale, "工作人员看过，时间：{}", "read by staff: {}", words::moment(locale, at)))
            }
            (Side::Family, None) => Some(locale.say("工作人员还没有看", "not read by staff yet").to_owned()),
            (Side::Office | Side::Clock, _) => None,
        };
        let facts = [Some(format!("{who} · {when}")), seen].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        view! {
            <li class="claim-look">
                <p>{line.words.say(locale).to_owned()}</p>
                <p class="soft">{facts}</p>
            </li>
        }
    });
    view! { <ul class="claim-looks" role="list">{rows.collect_view()}</ul> }.into_any()
}

fn form(visit: &Visit, opened: &Opened, filled: &Filled) -> AnyView {
    let locale = visit.locale;
    let hint = say!(
        locale,
        "最多 {LONGEST} 个字。不要写证件、电话、银行卡这样的号码；要改填过的内容，写明改哪一项就行，工作人员会联系您。",
        "At most {LONGEST} characters, without numbers of documents, phones or bank cards. To have an answer changed, say which one: \
         staff will get in touch."
    );
    view! {
        <form class="flow" id=FORM method="post" action=opened.address(visit, "messages") novalidate>
            <TextArea
                locale=locale
                name=WORDS
                label=locale.say("要说的话", "What you want to say")
                value=filled.words.clone()
                hint=Some(hint)
                error=message_at(&filled.messages, WORDS)
                rows=4
            />
            <p class="actions">
                <Button text=locale.say("送出留言", "Send it") />
            </p>
        </form>
    }
    .into_any()
}
