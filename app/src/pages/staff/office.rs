//! `/staff/office`: what an office sets for itself: its counters, the screens that hang and stand there, and the ways to its
//! hours, places and order of calling, for whoever manages it.

pub mod hours;
mod reason;
mod screens;
pub mod services;
pub mod today;
mod told;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    counter::{
        counters::{self, Counter},
        office::Office,
    },
    staff::authority::Staff,
};
use shared::{
    calendar::shanghai_date,
    counter::{CounterId, CounterName, CounterState, Refusal},
    locale::Locale,
    problem::Problem,
    say,
    staff::{OfficeId, Right},
};

use super::{
    day::{
        asked::{Asked, Show},
        mine::of_another_day,
        seen,
    },
    refused::refused,
};
use crate::{
    components::{
        button::{Button, Weight},
        empty::Empty,
        notice::{Notice, Tone},
        tag::Tag,
        text_field::TextField,
    },
    draw,
    pages::left_open,
    pairs::{Pairs, address, value},
    site::Signed,
    visit::Visit,
};

const PAGE: &str = "/staff/office";

/// What the page says beside what there is.
#[derive(Default)]
struct Told {
    problem: Option<Problem>,
    /// At the field of a new counter or screen.
    wrong: Option<(&'static str, String)>,
    /// What the last press did, where nothing else shows it.
    done: Option<&'static str>,
    /// The link of a screen that was just made.
    link: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let office = office(&app, &staff, &asked).await?;
    let done = value(&asked, DONE).and_then(|done| said(visit.locale, done));
    Ok(draw(&app, &visit, &staff, &office, Told { done, ..Told::default() }).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let office = office(&app, &staff, &asked).await?;
    match take(&app, &visit, &staff, &office, &typed).await {
        Ok(told) if told.wrong.is_none() && told.link.is_none() => {
            let act = value(&typed, "do").and_then(|pressed| pressed.split(':').next()).unwrap_or_default();
            let done = said(visit.locale, act).map(|_| (DONE, act));
            let there = address(PAGE, [("office", office.id.as_str())].into_iter().chain(done));
            Ok(Redirect::to(&visit.url(&there)).into_response())
        }
        Ok(told) => Ok(draw(&app, &visit, &staff, &office, told).await?),
        Err(error) => {
            let problem = error.into_problem();
            if !matches!(problem, Problem::Refused(_)) || problem.status() == 401 {
                return Err(problem.into());
            }
            let told = Told { problem: Some(problem), ..Told::default() };
            Ok(draw(&app, &visit, &staff, &office, told).await?)
        }
    }
}

/// The name of the last act in the address.
const DONE: &str = "done";

/// What a press did after which less is there than before.
fn said(locale: Locale, act: &str) -> Option<&'static str> {
    match act {
        "close" => Some(locale.say("窗口已经关闭", "The counter is closed")),
        "remove" => Some(locale.say("窗口已经拆除", "The counter is removed")),
        "revoke" => Some(locale.say("屏幕已经断开，不再显示叫号", "The screen is disconnected and shows no calls")),
        _ => None,
    }
}

/// The office that is asked for, or the first that this person manages.
async fn office(app: &App, staff: &Staff, asked: &Pairs) -> Result<Office, Error> {
    Ok(seen::asked_for(app, staff, Right::ManageOffice, asked).await?.0)
}

/// The settings of an office.
pub(super) fn here(office: &Office) -> String {
    address(PAGE, [("office", office.id.as_str())])
}

/// One press: `rename:3`, `remove:3`, `open:3`, `close:3`, `create`, `screen`, `revoke:id`.
async fn take(app: &App, visit: &Visit, staff: &Staff, office: &Office, typed: &Pairs) -> Result<Told, Error> {
    let now = app.now();
    let pressed = value(typed, "do").unwrap_or_default();
    let (act, of) = pressed.split_once(':').unwrap_or((pressed, ""));
    let counter = || of.parse().map(CounterId).map_err(|_| Problem::NotFound);
    let name = || CounterName::choose(value(typed, "name").unwrap_or_default());
    match act {
        "create" => match name() {
            Ok(name) => {
                counters::create(app, staff, &office.id, &name, now).await?;
            }
            Err(_) => return Ok(wrong("name", misnamed(visit.locale))),
        },
        "rename" => match name() {
            Ok(name) => {
                counters::rename(app, staff, counter()?, &name, now).await?;
            }
            Err(_) => return Ok(wrong("rename", misnamed(visit.locale))),
        },
        "remove" => {
            counters::remove(app, staff, counter()?, now).await?;
        }
        // Whoever sits there today is not who was seen there before.
        "close" => {
            left_open::drawn_today(typed, now)?;
            counters::close(app, staff, counter()?, now).await?;
        }
        "screen" => return screens::make(app, visit, staff, office, typed).await,
        "revoke" => server::counter::screens::revoke(app, staff, of, now).await?,
        _ => return Err(Problem::Malformed.into()),
    }
    Ok(Told::default())
}

fn wrong(field: &'static str, message: &str) -> Told {
    Told { wrong: Some((field, message.to_owned())), ..Told::default() }
}

fn misnamed(locale: Locale) -> &'static str {
    locale.say(
        "窗口的牌子写 1 到 12 个字，以中文、字母或者数字开头，只用中文、英文字母、空格、短横线和最多 4 个数字，比如 3 或者 涉外 1；\
         不写账号，不叫人加好友、进群。",
        "A sign has 1 to 12 Chinese or Latin letters, spaces or dashes and up to 4 digits, and begins with a letter or a digit, such as \
         3 or Foreign 1. It names no account elsewhere and asks nobody to join anything.",
    )
}

async fn draw(app: &App, visit: &Visit, staff: &Staff, office: &Office, told: Told) -> Result<Response, Error> {
    let locale = visit.locale;
    let all = counters::list(app, &office.id).await?;
    let screens = server::counter::screens::list(app, staff, &office.id).await?;
    let tickets = server::counter::screens::tickets(app, staff, &office.id, app.now()).await?;
    let offices = seen::offices(app, staff, Right::ManageOffice).await?;
    let title = say!(locale, "{}：大厅设置", "{}: office settings", office.name.say(locale));
    let status = match (&told.problem, &told.wrong) {
        (Some(problem), _) => server::rejection::status(problem),
        (None, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, None) => StatusCode::OK,
    };
    let problem = told.problem.as_ref().map(|problem| {
        let said = refused(locale, problem, None);
        // Whoever stands in the way of closing a counter is set aside or handed over on the day sheet.
        let there = match problem.refusal() {
            Some(Refusal::CounterBusy { date, .. }) => Some(view! {
                <p>
                    <a href=at_counters(visit, office, date, app.now())>
                        {locale.say("去名单里看窗口上的号：可以暂放", "See who is at the counters: set aside")}
                    </a>
                </p>
            }),
            _ => None,
        };
        view! {
            {said}
            {there}
        }
    });
    let counters = counters_of(visit, office, (&all, app.now()), &told);
    let screens = screens::draw(visit, office, (screens, &tickets), app.now(), &told);
    let chooser = choose_at(PAGE, visit, office, &offices);
    let done = told.done.map(|done| view! { <Notice tone=Tone::Success title=done live=true focus=true /> });
    let tiles = tiles(visit, office);
    Ok(draw::staff(visit, status, &title, || {
        view! {
            <div class="flow">
                <h1>{title.clone()}</h1>
                {chooser}
                {problem}
                {done}
                {tiles}
                <div class="two-parts">
                    {counters}
                    {screens}
                </div>
            </div>
        }
    }))
}

/// What else an office sets, each on its page.
fn tiles(visit: &Visit, office: &Office) -> AnyView {
    let locale = visit.locale;
    let services = address(services::PAGE, [("office", office.id.as_str())]);
    let all = [
        (
            format!("{services}#services"),
            locale.say("服务与办理时间", "Services and hours"),
            locale.say("每周的时间、个别日子、停办", "the week, single days, closing"),
        ),
        (
            format!("{services}#calling"),
            locale.say("叫号的先后", "Who is called first"),
            locale.say("早到、迟到怎么排", "early and late"),
        ),
        (
            format!("{services}#places"),
            locale.say("地点", "Places"),
            locale.say("地址、电话、怎么走", "address, phone, directions"),
        ),
        (
            today::address(&office.id),
            locale.say("今天加号", "More places today"),
            locale.say("名额给完了再放几个", "once all are given out"),
        ),
    ];
    let tiles = all.map(|(href, name, what)| {
        view! {
            <li>
                <a class="staff-tile" href=visit.url(&href)>
                    <b>{name}</b>
                    <span>{what}</span>
                </a>
            </li>
        }
    });
    view! { <ul class="staff-tiles" role="list">{tiles.into_iter().collect_view()}</ul> }.into_any()
}

/// The same page of another office.
fn choose_at(page: &'static str, visit: &Visit, office: &Office, offices: &[Office]) -> Option<AnyView> {
    let there = |id: &OfficeId| visit.url(&address(page, [("office", id.as_str())]));
    seen::choose(visit.locale, offices, &office.id, there)
}

/// Those at the counters of a day, which is named in the address unless it is today.
fn at_counters(visit: &Visit, office: &Office, date: NaiveDate, now: DateTime<Utc>) -> String {
    let date = (date != shanghai_date(now)).then_some(date);
    visit.url(&Asked { office: Some(office.id.clone()), date, show: Show::AtCounter, ..Asked::default() }.path())
}

fn counters_of(visit: &Visit, office: &Office, (all, now): (&[Counter], DateTime<Utc>), told: &Told) -> AnyView {
    let locale = visit.locale;
    let list = if all.is_empty() {
        view! {
            <Empty title=locale.say("还没有窗口", "No counters yet")>
                <p>{locale.say("先添加一个，工作人员就可以坐进来叫号。", "Add one, and a clerk can sit down and call.")}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = all.iter().map(|counter| view! { <li>{one(visit, office, (counter, now), told)}</li> });
        view! { <ul class="sign-rows" role="list">{rows.collect_view()}</ul> }.into_any()
    };
    let error = told.wrong.as_ref().filter(|(field, _)| *field == "name").map(|(_, message)| message.clone());
    view! {
        <section class="flow" id="counters">
            <h2>{locale.say("窗口", "Counters")}</h2>
            {list}
            <form class="flow" method="post" action=visit.url(&here(office)) novalidate>
                <TextField
                    locale=locale
                    name="name"
                    label=locale.say("新窗口的牌子", "Sign of a new counter")
                    hint=Some(locale.say("叫号时说“请到 3 号窗口”，这里就填 3", "What follows “counter”: 3").to_owned())
                    error=error
                    width="input-short"
                />
                <p class="actions">
                    <Button text=locale.say("添加窗口", "Add the counter") name="do" value="create" weight=Weight::Secondary />
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn one(visit: &Visit, office: &Office, (counter, now): (&Counter, DateTime<Utc>), told: &Told) -> AnyView {
    let locale = visit.locale;
    let (tone, is_closed) = match counter.state {
        CounterState::Open => (Tone::Success, false),
        CounterState::Break => (Tone::Warning, false),
        CounterState::Closed => (Tone::Info, true),
    };
    let sign = say!(locale, "{} 号窗口", "Counter {}", counter.name);
    // Whoever is at it is set aside or handed over first, where that can be done.
    let busy = counter.visit.as_ref().map(|there| {
        let words = if there.date == shanghai_date(now) {
            locale.say("有人在办，先看这个号", "Somebody is there: see the visit").to_owned()
        } else {
            let whom = of_another_day(locale, there);
            say!(locale, "{whom}没有办完，先看这个号", "Not ended: {whom}; see the visit")
        };
        view! {
            <a class="act" href=at_counters(visit, office, there.date, now)>
                {words}
                <span class="hidden-visually">{format!(" {sign}")}</span>
            </a>
        }
    });
    let close = (!is_closed && busy.is_none()).then(|| {
        view! {
            <form method="post" action=visit.url(&here(office))>
                <button class="act" name="do" value=format!("close:{}", counter.id)>
                    {locale.say("关闭", "Close")}
                    <span class="hidden-visually">{format!(" {sign}")}</span>
                </button>
            </form>
        }
    });
    let remove = is_closed.then(|| {
        view! {
            <form method="post" action=visit.url(&here(office))>
                <button class="act act-taking" name="do" value=format!("remove:{}", counter.id)>
                    {say!(locale, "拆除 {sign}", "Remove {sign}")}
                </button>
            </form>
        }
    });
    let field = format!("rename-{}", counter.id);
    let wrong = told.wrong.as_ref().filter(|(field, _)| *field == "rename").map(|(_, message)| message.clone());
    view! {
        <div class="sign-row">
            <p>
                <span class="sign-name">{sign.clone()}</span>
                " "
                <Tag text=counter.state.words(locale) tone=tone />
            </p>
            <div class="acts">{close} {busy}</div>
            <details class="ask">
                <summary>
                    {locale.say("改牌子、拆除…", "Rename, remove…")}
                    <span class="hidden-visually">{format!(" {sign}")}</span>
                </summary>
                <form class="joined" method="post" action=visit.url(&here(office))>
                    <label class="hidden-visually" for=field.clone()>{say!(locale, "{sign}的新牌子", "New sign of {sign}")}</label>
                    <input class="input" type="text" id=field name="name" value=counter.name.to_string() autocomplete="off" />
                    <button class="act" name="do" value=format!("rename:{}", counter.id)>
                        {locale.say("改牌子", "Rename")}
                    </button>
                </form>
                {wrong.map(|wrong| view! { <p class="error">{wrong}</p> })}
                {remove}
            </details>
        </div>
    }
    .into_any()
}
