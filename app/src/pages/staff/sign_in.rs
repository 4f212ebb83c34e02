//! `/staff/sign-in`: account, password and code. Whoever was signed out in the middle of something finds what they had
//! typed again, and sends it themselves.

pub mod another;
pub(super) mod attempt;
mod kept;
pub mod key;
mod sent;
mod welcome;

use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    client::Client,
    rejection::retry_after,
    staff::{authority, passkey},
};
use shared::{field::FieldMessage, locale::Locale, problem::Problem, staff::Refusal};

pub use kept::{Kept, typist};

use self::welcome::welcome;
use super::{invitation, next_page};
use crate::{
    components::{
        button::Button,
        error_summary::{ErrorSummary, message_at},
        field::{Labelled, described_by},
        notice::{Notice, Tone},
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, address as with_query, value},
    visit::Visit,
};

const PAGE: &str = "/staff/sign-in";
const HOME: &str = "/staff";

/// The page that leads on to `next` once somebody is signed in, without the language prefix.
pub fn address(next: &str) -> String {
    match next_page::own(next) {
        Some(next) => with_query(PAGE, [("next", next)]),
        None => PAGE.to_owned(),
    }
}

/// What stands on the page.
struct Door {
    /// Where to go on, with the language prefix.
    next: Option<String>,
    kept: Kept,
    account: String,
    /// What lets them in on a new machine, as it was typed.
    word: String,
    messages: Vec<FieldMessage>,
    /// Why nobody was let in, where no field is at fault.
    problem: Option<Problem>,
    /// Whether passkeys are offered.
    keys: bool,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    axum::extract::Query(asked): axum::extract::Query<Pairs>,
) -> Response {
    let next = value(&asked, "next").and_then(next_page::own).map(str::to_owned);
    draw(&visit, StatusCode::OK, Door { next, keys: passkey::are_offered(app.settings()), ..Door::closed() })
}

/// The page in the place of one that a form was sent to.
pub fn in_place(visit: &Visit, next: String, kept: Kept) -> Response {
    let next = next_page::own(&next).map(str::to_owned);
    draw::no_store(draw(visit, StatusCode::UNAUTHORIZED, Door { next, kept, ..Door::closed() }))
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    headers: HeaderMap,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    if value(&typed, "ask").is_some() {
        return Ok(draw::no_store(key::ask(&app, &visit, &client, &headers, &typed).await));
    }
    let text = |name| value(&typed, name).unwrap_or_default().to_owned();
    let door = Door {
        next: next_page::own(&text("next")).map(str::to_owned),
        account: text("account").chars().take(100).collect(),
        word: text("word").chars().take(100).collect(),
        kept: Kept::again(&typed),
        ..Door::closed()
    };
    let answered = key::answered(&app, &headers, &typed).await;
    let messages = missing(visit.locale, &typed, &["account", "password", "code"]);
    if answered.is_none() && !messages.is_empty() {
        let door = Door { messages, keys: passkey::are_offered(app.settings()), ..door };
        return Ok(draw(&visit, StatusCode::UNPROCESSABLE_ENTITY, door));
    }
    let tried = match answered {
        Some(answered) => answered,
        None => attempt::sign_in(&app, &client, &headers, &typed).await,
    };
    match tried {
        Ok(signed) => {
            authority::end_before(&app, &headers, app.now()).await?;
            let door = Door { kept: door.kept.for_typist(&typist(&app, &signed.account)), ..door };
            let page = welcome(&app, &visit, door, &signed).await;
            Ok(attempt::with_cookies(page, [&signed.session, &signed.device], app.settings().production()))
        }
        Err(error) => {
            refused(&visit, error.into_problem(), Door { keys: passkey::are_offered(app.settings()), ..door })
        }
    }
}

/// What was not filled in of what is asked.
pub(super) fn missing(locale: Locale, typed: &Pairs, asked: &[&str]) -> Vec<FieldMessage> {
    let sentence = |field: &str| match field {
        "account" => locale.say("请输入账号。", "Enter your account."),
        "password" => locale.say("请输入密码。", "Enter your password."),
        _ => locale.say("请输入动态码，或者一个备用码。", "Enter the code, or one of your codes on paper."),
    };
    let is_empty = |field: &&&str| value(typed, field).is_none_or(|text| text.trim().is_empty());
    asked.iter().filter(is_empty).map(|field| message(field, sentence(field))).collect()
}

pub(super) fn message(field: &str, sentence: &str) -> FieldMessage {
    FieldMessage { field: field.to_owned(), code: "proof".to_owned(), message: sentence.to_owned() }
}

/// The page again with what was wrong. Which of the three it was nobody is told, so the message stands at the first.
fn refused(visit: &Visit, problem: Problem, door: Door) -> Result<Response, Rejection> {
    let status = server::rejection::status(&problem);
    let after = retry_after(&problem);
    let door = match problem.refusal() {
        Some(Refusal::NotRecognised) => {
            let messages = vec![message("account", &problem.sentence(visit.locale))];
            Door { messages, ..door }
        }
        Some(
            Refusal::TooManyTries { .. }
            | Refusal::PasskeyRefused
            | Refusal::NoPasskey
            | Refusal::Unconfirmed { .. }
            | Refusal::OpenedInVain,
        ) => Door { problem: Some(problem), ..door },
        _ if problem == Problem::Busy => Door { problem: Some(problem), ..door },
        _ => return Err(problem.into()),
    };
    let mut page = draw(visit, status, door);
    if let Some(seconds) = after {
        page.headers_mut().insert(axum::http::header::RETRY_AFTER, seconds.into());
    }
    Ok(page)
}

impl Door {
    fn closed() -> Self {
        let (account, word, messages) = (String::new(), String::new(), Vec::new());
        Self { next: None, kept: Kept::default(), account, word, messages, problem: None, keys: false }
    }
}

fn draw(visit: &Visit, status: StatusCode, door: Door) -> Response {
    let locale = visit.locale;
    let title = locale.say("工作人员登录", "Staff sign-in");
    let Door { next, kept, account, word, messages, problem, keys } = door;
    let over = match &kept {
        _ if !messages.is_empty() || problem.is_some() => None,
        Kept::Nothing => None,
        Kept::Form(_) => Some(locale.say(
            "登录已经失效：太久没有操作，或者登录被结束了。刚才填写的内容还在，登录以后由填写的人再发一次。",
            "You were away too long, or your session was ended. What you typed is still here; whoever typed it sends it again \
             once they are signed in.",
        )),
        Kept::Lost => Some(locale.say(
            "现在没有人登录。不知道刚才的内容是谁填的，所以没有保留，什么都没有办。登录以后请再填一次。",
            "Nobody is signed in. It is not known who typed this, so it was not kept, and nothing was done. Please fill it in \
             again once you are signed in.",
        )),
    };
    let over = over.map(|words| {
        view! {
            <Notice title=locale.say("请重新登录", "Please sign in again") live=true focus=true>
                <p>{words}</p>
            </Notice>
        }
    });
    let is_waiting = |problem: &Problem| matches!(problem.refusal(), Some(Refusal::TooManyTries { .. }));
    let waits = problem.as_ref().is_some_and(is_waiting);
    let word = let_in(locale, word, waits);
    let problem = problem.map(|problem| {
        view! {
            <Notice tone=Tone::Warning title=problem.title(locale) live=true focus=true>
                <p>{problem.sentence(locale)}</p>
            </Notice>
        }
    });
    let demo = visit.portal.demo.then(|| demo(visit));
    let (kept, fields) = (kept.hidden(), credentials(locale, &account, &messages));
    draw::staff(visit, status, title, || {
        view! {
            <div class="staff-door flow">
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                {over}
                {problem}
                <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                    {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                    {kept}
                    {fields}
                    {word}
                    <p class="actions">
                        <Button text=locale.say("登录", "Sign in") />
                    </p>
                    {keys.then(|| key::button(visit))}
                </form>
                {invitation::way(visit)}
                {demo}
            </div>
        }
    })
}

fn credentials(locale: Locale, account: &str, messages: &[FieldMessage]) -> AnyView {
    view! {
        <TextField
            locale=locale
            name="account"
            label=locale.say("账号", "Account")
            value=account
            error=message_at(messages, "account")
            autocomplete="username"
        />
        {proof(locale, messages)}
    }
    .into_any()
}

/// The field for whoever waits on a new machine and was handed a word for it; open where it is needed.
fn let_in(locale: Locale, word: String, waits: bool) -> AnyView {
    let is_open = waits || !word.is_empty();
    view! {
        <details class="ask" open=is_open>
            <summary>{locale.say("有放行码…", "I was handed a word…")}</summary>
            <TextField
                locale=locale
                name="word"
                label=locale.say("放行码", "The word")
                value=word
                hint=Some(
                    locale
                        .say(
                            "大厅负责人或者账号管理员当面给的 8 位字母和数字，十分钟内有效。密码和动态码照样要填。",
                            "Eight letters and digits that your manager or an administrator handed you, good for ten minutes. \
                             Password and code are needed as ever.",
                        )
                        .to_owned(),
                )
                width="input-code"
            />
        </details>
    }
    .into_any()
}

/// Password and code, wherever they are asked for. Both can be pasted.
pub(super) fn proof(locale: Locale, messages: &[FieldMessage]) -> AnyView {
    let error = message_at(messages, "password");
    let described = described_by("password", false, error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <Labelled locale=locale name="password" label=locale.say("密码", "Password") error=error>
            <input
                class="input"
                type="password"
                id="password"
                name="password"
                autocomplete="current-password"
                aria-describedby=described
                aria-invalid=invalid
            />
        </Labelled>
        <TextField
            locale=locale
            name="code"
            label=locale.say("动态码", "Code")
            hint=Some(
                locale
                    .say(
                        "手机验证器上的 6 位数字。手机不在身边，就填纸上的一个备用码。",
                        "The six digits of your authenticator. Without it, one of your codes on paper.",
                    )
                    .to_owned(),
            )
            error=message_at(messages, "code")
            autocomplete="one-time-code"
        />
    }
    .into_any()
}

/// How to come in where nothing is real.
fn demo(visit: &Visit) -> AnyView {
    view! {
        <div class="flow">
            <h2>{visit.say("演示账号", "Demo accounts")}</h2>
            <p>
                {visit.say(
                    "窗口：demo-clerk、demo-clerk-2；大厅负责人：demo-manager、demo-manager-2；账号管理员：demo-admin、demo-admin-2；\
                     审计：demo-auditor；编辑：demo-editor；审核：demo-reviewer；审批：demo-approver；财务：demo-finance。密码都是 \
                     demo-huimin。",
                    "Counter: demo-clerk, demo-clerk-2; office manager: demo-manager, demo-manager-2; administrator: demo-admin, \
                     demo-admin-2; auditor: demo-auditor; editor: demo-editor; reviewer: demo-reviewer; approver: demo-approver; \
                     finance: demo-finance. The password is demo-huimin for all.",
                )}
            </p>
            <p>
                <a href=visit.url("/demo/mailbox") target="_blank">
                    {visit.say("在新窗口打开演示信箱看动态码", "See the codes in the demo mailbox (new window)")}
                </a>
            </p>
        </div>
    }
    .into_any()
}
