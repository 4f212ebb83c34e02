//! `/stations/{id}/wrong` and its like: whoever knows better says so, and gets a receipt.

use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, Error, Rejection, client::Client, directory::reports, keys::token::new_id, rejection};
use shared::{
    directory::{About, Listing, Report},
    field::FieldMessage,
    locale::Locale,
    problem::Problem,
    say,
};

use super::{DirectoryPages, Scene, gone, receipts};
use crate::{
    components::{
        back_link::BackLink,
        button::Button,
        choice::{Choice, ChoiceOption},
        error_summary::{ErrorSummary, message_at},
        notice::{Notice, Tone},
        text_area::TextArea,
        text_field::TextField,
    },
    draw,
    layout::Switch,
    pages::preferences::remembered,
    pairs::{Pairs, value},
    visit::Visit,
};

/// The form's id, which the switches of language and large print send.
const FORM: &str = "wrong";
/// By which a press that comes twice is known.
const PRESS: &str = "press";

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(pages): Extension<&'static DirectoryPages>,
    Path(id): Path<String>,
) -> Result<Response, Rejection> {
    let scene = Scene::read(&app, &visit, pages).await?;
    Ok(match gone::there(&scene, &id) {
        Ok(listing) => form(&scene, listing, &Pairs::new(), Told::default()),
        Err(gone) => gone::page(&scene, gone),
    })
}

pub async fn submit(
    State(app): State<App>,
    mut visit: Visit,
    client: Client,
    Extension(pages): Extension<&'static DirectoryPages>,
    Path(id): Path<String>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let switch = value(&typed, "action").and_then(Switch::read);
    match switch {
        // The browser sends the same form again to the address of the other language.
        Some(Switch::Language(other)) if other != visit.locale => {
            let there = [(header::LOCATION, visit.here_in(other))];
            return Ok((StatusCode::TEMPORARY_REDIRECT, there).into_response());
        }
        Some(Switch::Mode(mode)) => visit.mode = mode,
        _ => {}
    }
    let scene = Scene::read(&app, &visit, pages).await?;
    let listing = match gone::there(&scene, &id) {
        Ok(listing) => listing,
        Err(gone) => return Ok(gone::page(&scene, gone)),
    };
    if let Some(switch) = switch {
        let page = form(&scene, listing, &typed, Told::default());
        return Ok(match switch {
            Switch::Mode(mode) => remembered(mode, page, app.settings().production()),
            Switch::Language(_) => page,
        });
    }
    let given = |name: &str| value(&typed, name).unwrap_or_default();
    let report = match Report::read(given("about"), given("text"), given("phone")) {
        Ok(report) => report,
        Err(errors) => {
            let told = Told { wrong: errors.messages(visit.locale), ..Told::default() };
            return Ok(form(&scene, listing, &typed, told));
        }
    };
    let said = (&report, value(&typed, PRESS).filter(|press| !press.is_empty()));
    match reports::make(&app, &client, &listing.id, said, app.now()).await.map_err(Error::into_problem) {
        Ok(receipt) => Ok(Redirect::to(&visit.url(&receipts::path(&receipt))).into_response()),
        // Nobody writes their sentence twice.
        Err(problem @ (Problem::RateLimited { .. } | Problem::Busy | Problem::Unavailable | Problem::Unanswered)) => {
            let told = Told { problem: Some(problem.clone()), ..Told::default() };
            Ok(rejection::with_retry_after(form(&scene, listing, &typed, told), &problem))
        }
        Err(problem) => Err(problem.into()),
    }
}

/// What the page says beside its fields.
#[derive(Default)]
struct Told {
    wrong: Vec<FieldMessage>,
    /// Why nothing came of the press, where nothing is wrong with what was typed.
    problem: Option<Problem>,
}

impl Told {
    fn status(&self) -> StatusCode {
        match &self.problem {
            Some(problem) => rejection::status(problem),
            None if self.wrong.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

fn not_sent(locale: Locale, problem: &Problem) -> AnyView {
    let title = match problem {
        Problem::Unanswered => locale.say("不知道交上去没有", "It may have been sent or not"),
        _ => locale.say("还没有交上去", "Not sent yet"),
    };
    let why = problem.sentence(locale);
    let kept = locale.say(
        "您写的都在下面，过后再按一次就行，不会记成两次。",
        "What you wrote is below. Press again later; it is never counted twice.",
    );
    view! {
        <Notice tone=Tone::Warning title=title live=true focus=true>
            <p>{why}</p>
            <p>{kept}</p>
        </Notice>
    }
    .into_any()
}

fn form(scene: &Scene<'_>, listing: &Listing, typed: &Pairs, told: Told) -> Response {
    let (visit, locale) = (scene.visit, scene.locale());
    let title = visit.say("这里写得不对", "Something here is wrong");
    let here = scene.pages.url(visit, &format!("/{}", listing.id));
    let given = |name: &str| value(typed, name).unwrap_or_default().to_owned();
    let answers = About::ALL.iter().map(|about| ChoiceOption::new(about.name(), about.words().say(locale)));
    let answers = answers.collect::<Vec<_>>();
    let press = value(typed, PRESS).map_or_else(new_id, str::to_owned);
    let status = told.status();
    let Told { wrong, problem } = told;
    let problem = problem.map(|problem| not_sent(locale, &problem));
    draw::page_of_form(visit, status, title, FORM, || {
        let name = listing.name.say(locale).to_owned();
        let action = format!("{here}/wrong");
        view! {
            <div class="column flow">
                <BackLink href=here text=name.clone() />
                <ErrorSummary locale=locale messages=wrong.clone() />
                {problem}
                <h1>{title}</h1>
                <p>{say!(locale, "{name}：告诉我们哪里不对，我们去核实。", "{name}: tell us what is wrong and we will look into it.")}</p>
                <form method="post" action=action id=FORM class="flow">
                    <input type="hidden" name=PRESS value=press />
                    <Choice
                        locale=locale
                        name="about"
                        legend=visit.say("哪里不对", "What is wrong?")
                        answers=answers
                        chosen=given("about")
                        error=message_at(&wrong, "about")
                    />
                    <TextArea
                        locale=locale
                        name="text"
                        label=visit.say("怎么不对", "How it really is")
                        value=given("text")
                        hint=Some(
                            visit
                                .say(
                                    "一句话就行。不要写自己的姓名、电话和证件号码。",
                                    "A sentence will do. Leave out your own name, phone and document numbers.",
                                )
                                .to_owned(),
                        )
                        error=message_at(&wrong, "text")
                        rows=3
                    />
                    <TextField
                        locale=locale
                        name="phone"
                        label=visit.say("正确的电话（知道就写）", "The right phone, if you know it")
                        value=given("phone")
                        inputmode="tel"
                        error=message_at(&wrong, "phone")
                    />
                    <p class="actions">
                        <Button text=visit.say("告诉工作人员", "Tell the office") />
                    </p>
                </form>
                <p class="soft">
                    {visit.say(
                        "不用登记您是谁。交了以后给您一个回执号，凭它看处理结果。急事请打 12345。",
                        "Nobody asks who you are. You get a receipt number by which you see what came of it. If it is urgent, call 12345.",
                    )}
                    {visit.portal.answer_days.map(|days| say!(locale, "{days} 天以内答复。", " It is answered within {days} days."))}
                </p>
                {receipts::way(visit)}
            </div>
        }
    })
}
