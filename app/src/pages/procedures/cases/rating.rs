//! `…/rating`: what somebody says of how their application was handled, once it is decided. Nobody has to say anything, nobody is
//! asked twice, and silence is no grade.

use axum::{
    Form,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    procedures::ratings::{self, Rated},
};
use shared::{
    field::FieldMessage,
    locale::Locale,
    problem::Problem,
    procedures::{Complaint, Grade, Rating, Refusal, State as CaseState},
    say,
};

use super::opened::Opened;
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
        choice::{Choice, ChoiceOption},
        error_summary::{ErrorSummary, message_at},
        field::Group,
        heading::StepHeading,
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
const FORM: &str = "rating";
/// The query of the application's page once it was rated.
pub(super) const RATED: &str = "rated";

/// What stands in the form.
#[derive(Default)]
struct Filled {
    grade: String,
    reasons: Vec<String>,
    words: String,
}

pub async fn show(State(app): State<App>, visit: Visit, opened: Opened) -> Result<Response, Rejection> {
    let rated = ratings::of_family(&app, &opened.family).await?;
    if !may_rate(&opened, rated.as_ref()) {
        return Ok(Redirect::to(&opened.address(&visit, "")).into_response());
    }
    Ok(draw(&visit, &opened, &rated.map(Filled::of).unwrap_or_default(), Vec::new()))
}

pub async fn submit(
    State(app): State<App>,
    mut visit: Visit,
    opened: Opened,
    Form(sent): Form<Pairs>,
) -> Result<Response, Rejection> {
    let filled = Filled::read(&sent);
    match value(&sent, "action").and_then(Switch::read) {
        // The browser sends the same form again to the address of the other language.
        Some(Switch::Language(other)) if other != visit.locale => {
            let there = [(header::LOCATION, visit.here_in(other))];
            return Ok((StatusCode::TEMPORARY_REDIRECT, there).into_response());
        }
        Some(Switch::Language(_)) => return Ok(draw(&visit, &opened, &filled, Vec::new())),
        Some(Switch::Mode(mode)) => {
            visit.mode = mode;
            let page = draw(&visit, &opened, &filled, Vec::new());
            return Ok(remembered(mode, page, app.settings().production()));
        }
        None => {}
    }
    let reasons = filled.reasons.iter().map(String::as_str);
    let rating = match Rating::read(&filled.grade, reasons, &filled.words) {
        Ok(rating) => rating,
        Err(errors) => return Ok(draw(&visit, &opened, &filled, errors.messages(visit.locale))),
    };
    match ratings::rate(&app, &opened.family, &rating, opened.now).await {
        Ok(_) => Ok(Redirect::to(&format!("{}?{RATED}", opened.address(&visit, ""))).into_response()),
        // Its page says how the application, or what was said of it, stands now.
        Err(error) if matches!(error.refusal(), Some(Refusal::RatedTooEarly)) => {
            Ok(Redirect::to(&opened.address(&visit, "")).into_response())
        }
        Err(Error::Problem(problem))
            if matches!(problem.refusal(), Some(Refusal::RatingRead | Refusal::RatedOften)) =>
        {
            Ok(stays(&visit, &opened, &problem))
        }
        Err(error) => Err(error.into()),
    }
}

fn is_decided(opened: &Opened) -> bool {
    !opened.case.is_erased && matches!(opened.case.state, CaseState::Decided { .. } | CaseState::Closed { .. })
}

fn may_rate(opened: &Opened, rated: Option<&Rated>) -> bool {
    is_decided(opened) && rated.is_none_or(|rated| rated.read_at.is_none())
}

/// What the application's own page says of it: a way to say something, or what was said.
pub(super) fn section(visit: &Visit, opened: &Opened, rated: Option<&Rated>) -> Option<AnyView> {
    let locale = visit.locale;
    let way = |text: &'static str| {
        let href = opened.address(visit, "rating");
        view! { <p><LinkButton href=href text=text weight=Weight::Quiet /></p> }
    };
    let body = match rated {
        None if is_decided(opened) => view! {
            <p>
                {locale.say(
                    "愿意的话，说说这次办得怎么样。不评价，对您没有任何影响。",
                    "If you like, say how this was handled. Saying nothing makes no difference to you.",
                )}
            </p>
            {way(locale.say("评价这次办理", "Say how it was handled"))}
        }
        .into_any(),
        None => return None,
        Some(rated) => {
            let grade = rated.grade.words();
            let grade = grade.say(locale);
            let said = say!(locale, "您评的是：{grade}。", "You said: {grade}.");
            let change = may_rate(opened, Some(rated)).then(|| way(locale.say("改评价", "Change what you said")));
            let read = rated
                .read_at
                .is_some()
                .then(|| locale.say("工作人员已经看过，不能再改。", "Staff have read it, so it stays as it is."));
            let followed = rated.followed.as_ref().map(|followed| {
                let when = words::moment(locale, followed.at);
                say!(
                    locale,
                    "没有办过这件申请的工作人员跟进过，时间：{when}。",
                    "Somebody who had not worked on your application followed it up: {when}."
                )
            });
            view! {
                <p>{said}</p>
                {read.map(|read| view! { <p class="soft">{read}</p> })}
                {followed.map(|followed| view! { <p class="soft">{followed}</p> })}
                {change}
            }
            .into_any()
        }
    };
    Some(
        view! {
            <section class="flow">
                <h2>{locale.say("评价", "How it was handled")}</h2>
                {body}
            </section>
        }
        .into_any(),
    )
}

impl Filled {
    fn of(rated: Rated) -> Self {
        let reasons = rated.reasons.iter().map(|reason| reason.name().to_owned()).collect();
        Self { grade: rated.grade.name().to_owned(), reasons, words: rated.words.unwrap_or_default() }
    }

    fn read(sent: &Pairs) -> Self {
        let text = |name: &str| value(sent, name).unwrap_or_default().to_owned();
        let reasons = sent.iter().filter(|(name, _)| name == "reasons").map(|(_, reason)| reason.clone()).collect();
        Self { grade: text("grade"), reasons, words: text("words") }
    }
}

fn draw(visit: &Visit, opened: &Opened, filled: &Filled, messages: Vec<FieldMessage>) -> Response {
    let locale = visit.locale;
    let title = locale.say("这次办得怎么样？", "How was it handled?");
    let status = if messages.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = form(visit, opened, filled, &messages);
    let wrong = !messages.is_empty();
    let full_title = format!("{title} · {}", opened.name(locale));
    draw::no_store(draw::page_of_form(visit, status, &full_title, FORM, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回申请", "Back to the application") />
                <ErrorSummary locale=locale messages=messages />
                <StepHeading title=title wrong=wrong />
                <p>
                    {locale.say(
                        "评什么都不影响已经作出的决定。有工作人员看过以前，可以再改。",
                        "Whatever you say, the decision stays as it is. You can change it until staff have read it.",
                    )}
                </p>
                {form}
            </div>
        }
    }))
}

fn form(visit: &Visit, opened: &Opened, filled: &Filled, messages: &[FieldMessage]) -> AnyView {
    let locale = visit.locale;
    let grades = Grade::ALL.map(|grade| ChoiceOption::new(grade.name(), capital(grade.words().say(locale)))).to_vec();
    let hint = locale.say("不要写号码；不想写可以空着。", "No numbers, please. You may leave it empty.").to_owned();
    view! {
        <form class="flow rating" id=FORM method="post" action=opened.address(visit, "rating") novalidate>
            <Choice
                locale=locale
                name="grade"
                legend=locale.say("您满意吗", "Are you satisfied?")
                answers=grades
                chosen=filled.grade.clone()
                error=message_at(messages, "grade")
            />
            {reasons(locale, filled, messages)}
            <TextArea
                locale=locale
                name="words"
                label=locale.say("还想说什么", "Anything else you want to say")
                value=filled.words.clone()
                hint=Some(hint)
                error=message_at(messages, "words")
                rows=3
            />
            <p class="actions">
                <Button text=locale.say("送出评价", "Send it") />
                <LinkButton
                    href=opened.address(visit, "")
                    text=locale.say("不评价，返回申请", "Say nothing and go back")
                    weight=Weight::Quiet
                />
            </p>
        </form>
    }
    .into_any()
}

/// What went badly; only beside a bad grade, where a browser can tell.
fn reasons(locale: Locale, filled: &Filled, messages: &[FieldMessage]) -> AnyView {
    let boxes = Complaint::ALL.into_iter().enumerate().map(|(place, reason)| {
        let id = if place == 0 { "reasons".to_owned() } else { format!("reasons.{place}") };
        let is_ticked = filled.reasons.iter().any(|ticked| ticked == reason.name());
        view! {
            <div class="choice">
                <input type="checkbox" id=id.clone() name="reasons" value=reason.name() checked=is_ticked />
                <label for=id>{capital(reason.words().say(locale))}</label>
            </div>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <div class="for-bad">
            <Group
                locale=locale
                name="reasons"
                legend=locale.say("不满意的，是哪里（可以不选）", "If you are not: what went badly? (optional)")
                error=message_at(messages, "reasons")
            >
                <div class="choices">{boxes}</div>
            </Group>
        </div>
    }
    .into_any()
}

/// In a sentence it is written small, here it stands alone.
fn capital(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// What was sent too late to be kept.
fn stays(visit: &Visit, opened: &Opened, problem: &Problem) -> Response {
    let locale = visit.locale;
    let (title, sentence) = (problem.title(locale), problem.sentence(locale));
    draw::no_store(draw::page_as(visit, StatusCode::CONFLICT, &title, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回申请", "Back to the application") />
                <StepHeading title=title.clone() />
                <p>{sentence}</p>
            </div>
        }
    }))
}
