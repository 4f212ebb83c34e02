//! `/staff/invitation`: setting an account up with the code that somebody handed over, in two steps: account and code, then
//! password and authenticator.

use axum::{Form, extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    client::Client,
    even_time,
    rejection::{status, with_retry_after},
    staff::{invitation, own, totp::Secret},
};
use shared::{
    field::FieldMessage,
    problem::Problem,
    staff::{AccountName, Refusal},
};

use super::{choosing, paper, refused::refused, sign_in::message};
use crate::{
    components::{
        button::Button,
        error_summary::{ErrorSummary, message_at},
        notice::Notice,
        text_field::TextField,
    },
    draw,
    pairs::{Pairs, value},
    visit::Visit,
};

const PAGE: &str = "/staff/invitation";

/// What somebody brings: the name of their account, and the code.
struct Brought {
    account: String,
    invitation: String,
}

pub async fn show(visit: Visit) -> Response {
    first(&visit, StatusCode::OK, &Brought { account: String::new(), invitation: String::new() }, Vec::new(), None)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let text = |name| value(&typed, name).unwrap_or_default().trim().chars().take(200).collect::<String>();
    // As it was read from paper: with its hyphens, with spaces, in capitals.
    let invitation = text("invitation").to_lowercase().replace(|c: char| c == '-' || c.is_whitespace(), "");
    let brought = Brought { account: text("account"), invitation };
    let messages = missing(&visit, &brought);
    if !messages.is_empty() {
        return Ok(first(&visit, StatusCode::UNPROCESSABLE_ENTITY, &brought, messages, None));
    }
    let opening = invitation::open(&app, (&brought.account, &brought.invitation), client.address, app.now());
    match even_time::answer(opening, Result::is_err).await {
        Ok(opened) => second(&app, &visit, &typed, (brought, opened)).await,
        Err(error) => not_opened(&visit, &brought, error),
    }
}

fn missing(visit: &Visit, brought: &Brought) -> Vec<FieldMessage> {
    let fields = [
        ("account", &brought.account, visit.say("请输入账号。", "Enter your account.")),
        (
            "invitation",
            &brought.invitation,
            visit.say("请输入管理员给您的邀请码。", "Enter the code that the administrator gave you."),
        ),
    ];
    let missing = fields.into_iter().filter(|(_, text, _)| text.is_empty());
    missing.map(|(field, _, sentence)| message(field, sentence)).collect()
}

/// Which of both was wrong nobody is told, so the message stands at the code, which is long and often mistyped.
fn not_opened(visit: &Visit, brought: &Brought, error: Error) -> Result<Response, Rejection> {
    let problem = error.into_problem();
    match problem.refusal() {
        Some(Refusal::InvitationOver) => {
            let sentence = visit.say(
                "账号和邀请码对不上，或者邀请已经用过、换过、超过了 24 小时。请检查后重试，还不行就请账号管理员重新发一个。",
                "Account and code do not match, or the invitation was used, replaced or is older than 24 hours. Check both, \
                 or ask the account administrator for a new one.",
            );
            Ok(first(visit, status(&problem), brought, vec![message("invitation", sentence)], None))
        }
        Some(Refusal::TooManyTries { .. }) => {
            let page = first(visit, status(&problem), brought, Vec::new(), Some(&problem));
            Ok(with_retry_after(page, &problem))
        }
        _ => Err(problem.into()),
    }
}

/// Password and authenticator, or the page that asks for them.
async fn second(
    app: &App,
    visit: &Visit,
    typed: &Pairs,
    (brought, (account, secret)): (Brought, (AccountName, Secret)),
) -> Result<Response, Rejection> {
    let locale = visit.locale;
    if value(typed, choosing::PASSWORD).is_none() {
        return Ok(choose(visit, StatusCode::OK, &brought, (&account, &secret), Vec::new()));
    }
    let password = choosing::read_password(locale, typed, &own::names(app, &account).await?);
    let (password, code) = match (password, choosing::read_code(locale, typed)) {
        (Ok(password), Ok(code)) => (password, code),
        (password, code) => {
            let messages = password.err().into_iter().chain(code.err()).collect();
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(choose(visit, status, &brought, (&account, &secret), messages));
        }
    };
    let taken = invitation::take_up(app, (&account, &brought.invitation), &password, &code, app.now()).await;
    match taken {
        Ok(ready) => {
            let title = locale.say("账号设置好了", "Your account is set up");
            let next = ("/staff/sign-in", locale.say("我收好了，去登录", "I have kept them: sign in"));
            let more = ready.number.map(|number| still_to_do(visit, number));
            Ok(paper::page(visit, &account, &ready.paper, (title, more), next))
        }
        Err(error) => {
            let problem = error.into_problem();
            if problem.refusal() != Some(Refusal::NotThisAuthenticator) {
                return Err(problem.into());
            }
            let messages = vec![message(choosing::CODE, &problem.sentence(locale))];
            Ok(choose(visit, status(&problem), &brought, (&account, &secret), messages))
        }
    }
}

/// An account that an administrator opened waits until a second person has seen whose it is.
fn still_to_do(visit: &Visit, number: u32) -> AnyView {
    let problem = Problem::from(Refusal::Unconfirmed { number });
    let sentence = problem.sentence(visit.locale);
    view! {
        <Notice title=visit.say("还差一步：第二个人确认", "One more step: a second person")>
            <p>{sentence}</p>
            <p class="one-time" id="number">{format!("{number:06}")}</p>
        </Notice>
    }
    .into_any()
}

fn first(
    visit: &Visit,
    status: StatusCode,
    brought: &Brought,
    messages: Vec<FieldMessage>,
    problem: Option<&Problem>,
) -> Response {
    let locale = visit.locale;
    let title = locale.say("设置账号", "Set up your account");
    let problem = problem.map(|problem| refused(locale, problem, None));
    let (account, invitation) = (brought.account.clone(), brought.invitation.clone());
    draw::staff(visit, status, title, || {
        view! {
            <div class="staff-door flow">
                <ErrorSummary locale=locale messages=messages.clone() />
                <h1>{title}</h1>
                <p class="soft">{locale.say("第 1 步，共 2 步", "Step 1 of 2")}</p>
                {problem}
                <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                    <TextField
                        locale=locale
                        name="account"
                        label=locale.say("账号", "Account")
                        value=account
                        error=message_at(&messages, "account")
                        autocomplete="username"
                    />
                    <TextField
                        locale=locale
                        name="invitation"
                        label=locale.say("邀请码", "Invitation code")
                        value=invitation
                        hint=Some(
                            locale
                                .say(
                                    "账号管理员当面给您的一串字母和数字，24 小时内有效，只能用一次。",
                                    "The letters and digits that the account administrator handed to you. It works once, \
                                     within 24 hours.",
                                )
                                .to_owned(),
                        )
                        error=message_at(&messages, "invitation")
                    />
                    <p class="soft">
                        {locale.say(
                            "账号启用以后，每次登录、查看和办理都有记录。记什么、存多久、谁能看，登录以后写在“我的账号”里。",
                            "Once the account is yours, each sign-in, look and act is on record: what, for how long and who reads it \
                             stands under “My account”.",
                        )}
                    </p>
                    <p class="actions">
                        <Button text=locale.say("下一步：设密码", "Next: choose a password") />
                    </p>
                </form>
            </div>
        }
    })
}

fn choose(
    visit: &Visit,
    status: StatusCode,
    brought: &Brought,
    (account, secret): (&AccountName, &Secret),
    messages: Vec<FieldMessage>,
) -> Response {
    let locale = visit.locale;
    let title = locale.say("设密码，绑定验证器", "Choose a password and set up the authenticator");
    let Brought { account: typed, invitation } = brought;
    let (typed, invitation) = (typed.clone(), invitation.clone());
    let page = draw::staff(visit, status, title, || {
        let fields =
            (choosing::password(locale, &messages), choosing::authenticator(locale, (account, secret), &messages));
        let (password, authenticator) = fields;
        view! {
            <div class="staff-door flow">
                <ErrorSummary locale=locale messages=messages />
                <h1>{title}</h1>
                <p class="soft">{locale.say("第 2 步，共 2 步", "Step 2 of 2")}</p>
                <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                    <input type="hidden" name="account" value=typed autocomplete="username" />
                    <input type="hidden" name="invitation" value=invitation />
                    {password}
                    {authenticator}
                    <p class="actions">
                        <Button text=locale.say("设置好，看备用码", "Set it up and show the codes on paper") />
                    </p>
                </form>
            </div>
        }
    });
    draw::no_store(page)
}

/// What leads here from the door.
pub(super) fn way(visit: &Visit) -> AnyView {
    view! {
        <p>
            <a href=visit.url(PAGE)>
                {visit.say("第一次登录，或者拿到了新的邀请码？先设置账号", "First time here, or a new invitation? Set up your account")}
            </a>
        </p>
    }
    .into_any()
}
