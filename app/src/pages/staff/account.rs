//! `/staff/account`: who one is here, what one may do, and where one is signed in. Ending a session asks for password and
//! code within the last five minutes.

pub mod keys;

use axum::{
    Extension, Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    client::Client,
    error::Error,
    even_time,
    staff::{
        authority::Staff,
        passkey,
        session::{self, Signed as Sitting},
        sign_in::confirm,
    },
};
use shared::{calendar::shanghai, field::FieldMessage, locale::Locale, say, staff::Refusal};

use super::sign_in::{self, attempt};
use crate::{
    components::{
        button::{Button, Weight},
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
        tag::Tag,
    },
    draw,
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
    words,
};

const PAGE: &str = "/staff/account";

pub async fn show(State(app): State<App>, visit: Visit, Extension(staff): Signed) -> Result<Response, Rejection> {
    let asked = match visit.query.as_deref() {
        Some(DONE) => Asked::Done,
        _ => Asked::Nothing,
    };
    Ok(draw(&app, &visit, &staff, StatusCode::OK, asked).await?)
}

/// The query of this page when a session was just ended.
const DONE: &str = "ended";

/// What is to be ended.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ending {
    One(String),
    All,
}

impl Ending {
    fn read(typed: &Pairs) -> Option<Self> {
        match value(typed, "end")? {
            "all" => Some(Self::All),
            id => Some(Self::One(id.to_owned())),
        }
    }

    fn word(&self) -> &str {
        match self {
            Self::One(id) => id,
            Self::All => "all",
        }
    }
}

/// What the page says beside what it always shows.
enum Asked {
    Nothing,
    Done,
    /// Password and code, before this is ended.
    Proof(Ending, Vec<FieldMessage>),
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let Some(ending) = Ending::read(&typed) else {
        return Ok(Redirect::to(&visit.url(PAGE)).into_response());
    };
    if value(&typed, "password").is_none() {
        if staff.is_fresh() {
            return Ok(end(&app, &visit, &staff, ending).await?);
        }
        return Ok(draw(&app, &visit, &staff, StatusCode::OK, Asked::Proof(ending, Vec::new())).await?);
    }
    let messages = sign_in::missing(visit.locale, &typed, &["password", "code"]);
    if !messages.is_empty() {
        let asked = Asked::Proof(ending, messages);
        return Ok(draw(&app, &visit, &staff, StatusCode::UNPROCESSABLE_ENTITY, asked).await?);
    }
    let device = attempt::device(&app, &headers);
    let attempt = attempt::attempt(&client, device.as_ref(), &typed);
    match even_time::answer(confirm(&app, &staff.signed, attempt, app.now()), Result::is_err).await {
        Ok(token) => {
            let page = end(&app, &visit, &staff, ending).await?;
            Ok(attempt::with_cookies(page, [&token], app.settings().production()))
        }
        Err(error) => refused(&app, &visit, &staff, (error, ending)).await,
    }
}

async fn refused(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    (error, ending): (Error, Ending),
) -> Result<Response, Rejection> {
    let problem = error.into_problem();
    match problem.refusal() {
        Some(Refusal::NotRecognised | Refusal::TooManyTries { .. }) => {
            let messages = vec![sign_in::message("password", &problem.sentence(visit.locale))];
            let asked = Asked::Proof(ending, messages);
            Ok(draw(app, visit, staff, server::rejection::status(&problem), asked).await?)
        }
        _ => Err(problem.into()),
    }
}

async fn end(app: &App, visit: &Visit, staff: &Staff, ending: Ending) -> Result<Response, Error> {
    let now = app.now();
    let next = match ending {
        Ending::All => {
            session::end_all(app, staff.account(), staff.actor(), now).await?;
            "/staff/sign-in".to_owned()
        }
        Ending::One(id) => {
            session::end(app, staff.account(), &id, staff.actor(), now).await?;
            format!("{PAGE}?{DONE}")
        }
    };
    Ok(Redirect::to(&visit.url(&next)).into_response())
}

async fn draw(app: &App, visit: &Visit, staff: &Staff, status: StatusCode, asked: Asked) -> Result<Response, Error> {
    let locale = visit.locale;
    let sittings = session::list(app, staff.account(), app.now()).await?;
    let title = locale.say("我的账号", "My account");
    let messages = match &asked {
        Asked::Proof(_, messages) => messages.clone(),
        Asked::Nothing | Asked::Done => Vec::new(),
    };
    let asked = asked.draw(visit);
    let roles = roles(locale, staff);
    let withheld = withheld(visit, staff);
    let keys = passkey::are_offered(app.settings()).then(|| {
        view! {
            <p>
                <a href=visit.url("/staff/account/keys")>{locale.say("通行密钥", "Passkeys")}</a>
            </p>
        }
    });
    let list = sittings.into_iter().map(|sitting| {
        let here = sitting.id == staff.signed.id;
        view! { <li>{one(visit, &sitting, here)}</li> }
    });
    let list = list.collect_view();
    Ok(draw::staff(visit, status, title, || {
        view! {
            <div class="flow column">
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                <p>{locale.say("账号：", "Account: ")}<b>{staff.account().to_string()}</b></p>
                {roles}
                {withheld}
                {keys}
                {asked}
                <section class="flow">
                    <h2>{locale.say("登录过的浏览器", "Where you are signed in")}</h2>
                    <p class="soft">
                        {locale.say(
                            "半小时没有操作，或者登录满 12 小时，就要重新登录；填写的内容会留着。",
                            "A session ends after half an hour without a request, or after twelve hours; what you typed is \
                             kept.",
                        )}
                    </p>
                    <ul class="sittings" role="list">{list}</ul>
                    <form method="post" action=visit.url(PAGE)>
                        <p class="actions">
                            <Button
                                text=locale.say("结束全部登录，包括这一个", "End all, this one included")
                                weight=Weight::Danger
                                name="end"
                                value="all"
                            />
                        </p>
                    </form>
                </section>
            </div>
        }
    }))
}

impl Asked {
    fn draw(self, visit: &Visit) -> Option<AnyView> {
        let locale = visit.locale;
        match self {
            Self::Nothing => None,
            Self::Done => Some(
                view! { <Notice tone=Tone::Success title=locale.say("已经结束", "It has ended") live=true /> }
                    .into_any(),
            ),
            Self::Proof(ending, messages) => {
                let text = match ending {
                    Ending::One(_) => locale.say("确认，并结束这个登录", "Confirm and end this session"),
                    Ending::All => locale.say("确认，并结束全部登录", "Confirm and end all"),
                };
                Some(
                    view! {
                        <section class="flow" id="proof">
                            <h2>{locale.say("请再确认一次是您本人", "Please confirm that it is you")}</h2>
                            <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                                <input type="hidden" name="end" value=ending.word().to_owned() />
                                {sign_in::proof(locale, &messages)}
                                <p class="actions">
                                    <Button text=text weight=Weight::Danger />
                                </p>
                            </form>
                        </section>
                    }
                    .into_any(),
                )
            }
        }
    }
}

/// What somebody was given, in words.
fn roles(locale: Locale, staff: &Staff) -> AnyView {
    let roles = staff.roles().map(|grant| view! { <li><Tag text=grant.role.words(locale) /></li> });
    let roles = roles.collect_view();
    view! { <ul class="tags" role="list" aria-label=locale.say("岗位", "Roles")>{roles}</ul> }.into_any()
}

/// Roles that hold only once a passkey has opened the session.
fn withheld(visit: &Visit, staff: &Staff) -> Option<AnyView> {
    let locale = visit.locale;
    let roles: Vec<_> = staff.withheld().map(|grant| grant.role.words(locale)).collect();
    if roles.is_empty() {
        return None;
    }
    let roles = roles.join(locale.say("、", ", "));
    let view = view! {
        <Notice
            tone=Tone::Warning
            title=say!(locale, "{roles}：要用通行密钥登录才能工作", "{roles}: works only with a passkey")
        >
            <p>
                {locale.say(
                    "还没有通行密钥的，请在“通行密钥”里添加，马上就能用；已经有的，请退出后用它登录。",
                    "If you have none yet, add one under “Passkeys” and go on at once; if you have one, sign out and sign in \
                     with it.",
                )}
            </p>
        </Notice>
    };
    Some(view.into_any())
}

fn one(visit: &Visit, sitting: &Sitting, here: bool) -> AnyView {
    let locale = visit.locale;
    let since = words::short_moment(locale, sitting.created_at);
    let seen = locale.time(shanghai(sitting.seen_at).time());
    let when = say!(locale, "{since} 登录，最近一次操作 {seen}", "signed in {since}, last seen {seen}");
    let browser = if sitting.browser.is_empty() {
        locale.say("不知道是什么浏览器", "unknown browser")
    } else {
        &sitting.browser
    };
    let (id, whose) = (sitting.id.clone(), format!(" {when}"));
    view! {
        <div class="sitting">
            <div>
                <p class="sitting-browser">{browser.to_owned()}</p>
                <p class="soft">{when}</p>
            </div>
            {if here {
                view! { <p><Tag text=locale.say("就是这里", "this one") tone=Tone::Success /></p> }.into_any()
            } else {
                view! {
                    <form method="post" action=visit.url(PAGE)>
                        <button class="act" name="end" value=id>
                            {locale.say("结束这个登录", "End it")}
                            <span class="hidden-visually">{whose}</span>
                        </button>
                    </form>
                }
                .into_any()
            }}
        </div>
    }
    .into_any()
}
