//! Letting somebody in on a new machine, whom a stranger's tries keep out of it.

use axum::response::{IntoResponse, Redirect, Response};
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

use super::{PAGE, draw};
use crate::{
    components::{
        button::{Button, Weight},
        error_summary::message_at,
        text_field::TextField,
    },
    pages::staff::sign_in::message,
    pairs::{Pairs, address, value},
    visit::Visit,
};

/// What the button of its form does.
pub(super) const ACT: &str = "let-in";
/// The field for the account.
const ACCOUNT: &str = "new-machine";

/// On the button that proves who presses.
pub(super) fn words(visit: &Visit) -> &'static str {
    visit.say("确认，并放行十分钟", "Confirm and let them in for ten minutes")
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
    let Err(error) = letting_in::let_in(app, staff, account, app.now()).await else {
        return Ok(Redirect::to(&visit.url(&address(PAGE, [("done", ACT)]))).into_response());
    };
    let problem = error.into_problem();
    match problem {
        Problem::NotFound => draw(app, visit, staff, (wrong(visit), account.as_str()), None).await,
        _ if problem.refusal() == Some(Refusal::OwnAccount) => {
            draw(app, visit, staff, (Vec::new(), account.as_str()), Some(problem)).await
        }
        _ => Err(problem.into()),
    }
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
                        "有人在别处反复试错，本人在新电脑上也要等。请当面看本人，再放行十分钟：只管一次登录，密码和验证器的动态码照样要。\
                         会记下来，本人在“我的账号”里看得到。",
                        "While somebody tries wrong passwords elsewhere, the owner has to wait on a new machine as well. See them in \
                         person, then let them in for ten minutes: for one sign-in, with their password and a code of their \
                         authenticator as ever. It is on record, and they read of it under “My account”.",
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
                        text=locale.say("放行十分钟", "Let them in for ten minutes")
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
