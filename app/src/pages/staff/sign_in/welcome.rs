//! What somebody reads who has just signed in, where there is something to say.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{App, staff::sign_in::SignedIn};
use shared::{locale::Locale, say};

use super::{Door, HOME, Kept, sent};
use crate::{
    components::{
        button::LinkButton,
        notice::{Notice, Tone},
    },
    draw,
    visit::Visit,
    words,
};

/// Goes on where nothing has to be said first.
pub(super) async fn welcome(app: &App, visit: &Visit, door: Door, signed: &SignedIn) -> Response {
    let next = door.next.unwrap_or_else(|| visit.url(HOME));
    let rows = match &door.kept {
        Kept::Form(typed) => sent::rows(app, visit, signed, (&next, &typed.form)).await,
        Kept::Nothing | Kept::Lost => Vec::new(),
    };
    if signed.failed_tries == 0 && matches!(door.kept, Kept::Nothing) {
        return Redirect::to(&next).into_response();
    }
    let locale = visit.locale;
    let title = locale.say("已经登录", "You are signed in");
    let failed = (signed.failed_tries > 0).then(|| failed_tries(locale, signed));
    let lost = matches!(door.kept, Kept::Lost).then(|| {
        let lost = locale.say(
            "刚才填写的内容不是用这个账号填的，没有保留，什么都没有办。要办的，请您自己再填一次。",
            "What had been typed was not typed under this account. It was not kept, and nothing was done. If it is to be done, \
             please fill it in yourself.",
        );
        view! { <p>{lost}</p> }
    });
    let on = match door.kept {
        Kept::Form(typed) => sent::offer(locale, (next, visit.url(HOME)), typed, rows),
        Kept::Nothing | Kept::Lost => {
            view! { <p class="actions"><LinkButton href=next text=locale.say("继续", "Go on") /></p> }.into_any()
        }
    };
    draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="staff-door flow">
                <h1 tabindex="-1" autofocus>{title}</h1>
                {failed}
                {lost}
                {on}
            </div>
        }
    })
}

/// Whoever tried, the owner learns of it.
fn failed_tries(locale: Locale, signed: &SignedIn) -> AnyView {
    let tries = signed.failed_tries;
    let last = signed.failed_at.map(|at| words::moment(locale, at));
    let title = say!(
        locale,
        "上次登录以后，有 {tries} 次没有登录成功",
        "There were {tries} failed tries since you last signed in"
    );
    view! {
        <Notice tone=Tone::Warning title=title>
            {last.map(|last| view! { <p>{say!(locale, "最近一次：{last}。", "The last one: {last}.")}</p> })}
            <p>
                {locale.say(
                    "如果不是您自己，请马上告诉账号管理员。",
                    "If that was not you, tell the account administrator at once.",
                )}
            </p>
        </Notice>
    }
    .into_any()
}
