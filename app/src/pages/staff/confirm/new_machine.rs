//! Letting somebody in on a new machine, whom a stranger's tries keep out of it.

use axum::response::Response;
use leptos::prelude::*;
use server::{
    App, Error,
    staff::{authority::Staff, letting_in},
};
use shared::{
    field::FieldMessage,
    problem::Problem,
    staff::{AccountName, Refusal},
};

use super::{PAGE, Told, draw};
use crate::{
    components::{
        button::{Button, Weight},
        error_summary::message_at,
        text_field::TextField,
    },
    pages::staff::sign_in::message,
    pairs::{Pairs, value},
    visit::Visit,
};

/// What the button of its form does.
pub(super) const ACT: &str = "let-in";
/// The field for the account.
const ACCOUNT: &str = "new-machine";

/// On the button that proves who presses.
pub(super) fn words(visit: &Visit) -> &'static str {
    visit.say("确认，并给一个放行码", "Confirm and make the word")
}

/// The account that was typed.
pub(super) fn typed(typed: &Pairs) -> &str {
    value(typed, ACCOUNT).unwrap_or_default()
}

/// What is wrong with it: what is nobody's name and who works elsewhere is told the same.
pub(super) fn wrong(visit: &Visit) -> Vec<FieldMessage> {
    let sentence = visit.say(
        "您的大厅没有这个在用的账号，请核对本人登录用的账号。",
        "No account in use at your office has this name. Check the one that they sign in with.",
    );
    vec![message(ACCOUNT, sentence)]
}

pub(super) async fn take(app: &App, visit: &Visit, staff: &Staff, account: &AccountName) -> Result<Response, Error> {
    let typed = account.as_str();
    let problem = match letting_in::let_in(app, staff, account, app.now()).await {
        Ok(word) => return draw(app, visit, staff, Told { word: Some((account, &word)), ..Told::default() }).await,
        Err(error) => error.into_problem(),
    };
    match (&problem, problem.refusal()) {
        (Problem::NotFound, _) => {
            draw(app, visit, staff, Told { messages: wrong(visit), typed, ..Told::default() }).await
        }
        (_, Some(Refusal::OwnAccount | Refusal::LetInOften { .. })) => {
            draw(app, visit, staff, Told { problem: Some(problem), typed, ..Told::default() }).await
        }
        _ => Err(problem.into()),
    }
}

/// The word on its way to whom it is for: shown once, to be handed over in person.
pub(super) fn handed(visit: &Visit, account: &AccountName, word: &str) -> AnyView {
    let locale = visit.locale;
    let (first, second) = word.split_at(word.len() / 2);
    view! {
        <section class="flow met handed" tabindex="-1" autofocus role="status">
            <h2>{locale.say("请当面把放行码交给本人", "Hand them this word in person")}</h2>
            <dl class="one-time">
                <dt>{locale.say("账号", "Account")}</dt>
                <dd>{account.to_string()}</dd>
                <dt>{locale.say("放行码", "Word")}</dt>
                <dd><code>{format!("{first}-{second}")}</code></dd>
            </dl>
            <p class="soft">
                {locale.say(
                    "十分钟内在新电脑的登录页上填，只管一次登录，离开这一页以后不再显示。不要用短信或者聊天软件发送。",
                    "They type it on the sign-in page of the new machine within ten minutes, for one sign-in. It is not shown \
                     again. Do not send it by text message or chat.",
                )}
            </p>
        </section>
    }
    .into_any()
}

pub(super) fn form(visit: &Visit, messages: &[FieldMessage], typed: &str) -> AnyView {
    let locale = visit.locale;
    let error = message_at(messages, ACCOUNT);
    let open = error.is_some();
    view! {
        <details class="ask" open=open>
            <summary>{locale.say("同事在新电脑上登录不了…", "A colleague cannot sign in on a new machine…")}</summary>
            <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                <p>
                    {locale.say(
                        "有人在别处反复试错，本人在新电脑上也要等。请当面看本人，再给一个放行码：十分钟内有效，只管一次登录，密码和验证器的\
                         动态码照样要。会记下来，本人在“我的账号”里看得到。",
                        "While somebody tries wrong passwords elsewhere, the owner has to wait on a new machine as well. See them in \
                         person, then hand them a word that lets them in: within ten minutes, for one sign-in, with their password \
                         and a code of their authenticator as ever. It is on record, and they read of it under “My account”.",
                    )}
                </p>
                <TextField
                    locale=locale
                    name=ACCOUNT
                    label=locale.say("本人登录用的账号", "The account that they sign in with")
                    value=typed
                    error=error
                    width="input-code"
                />
                <p class="actions">
                    <Button
                        text=locale.say("给一个放行码", "Make the word")
                        weight=Weight::Secondary
                        name="do"
                        value=ACT
                    />
                </p>
            </form>
        </details>
    }
    .into_any()
}
