//! What stands in the place of a page that was sent after somebody else has signed in, or of which nobody knows for whom it was
//! opened: nothing was done, and what was typed waits for whoever typed it.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use shared::say;

use super::{Kept, PAGE, credentials, kept::without_proof, next_page, sent};
use crate::{
    components::button::{Button, LinkButton, Weight},
    draw::{self, DRAWN_FOR},
    pairs::{Pairs, value},
    visit::Visit,
};

/// The page in the place of a form that was not drawn for whoever is signed in, by account and mark; none for one that was. One
/// that says of nobody that it was drawn for them has stood open since before forms said so, or is none of a page of ours.
pub fn instead(visit: &Visit, (account, mark): (&str, &str), typed: &Pairs) -> Option<Response> {
    match value(typed, DRAWN_FOR) {
        Some(drawn_for) if drawn_for == mark => None,
        Some(_) => Some(of_another(visit, account, typed)),
        None => Some(of_nobody(visit, typed)),
    }
}

/// The page for a form that was drawn for somebody else than `account`, who is signed in.
fn of_another(visit: &Visit, account: &str, typed: &Pairs) -> Response {
    let locale = visit.locale;
    let title = locale
        .say("这一页是用另一个账号打开的，没有办", "This page was opened under another account: nothing was done");
    let what = say!(
        locale,
        "现在登录的是 {account}。打开这一页的时候，登录的是另一个账号，所以刚才按的没有办，什么都没有改。",
        "{account} is signed in now. When this page was opened it was somebody else, so what was pressed was not done, and nothing \
         has changed."
    );
    let next = say!(
        locale,
        "{account} 要办的，请重新打开这一页，看清楚再办。",
        "What {account} wants to do is done on a page opened anew."
    );
    let again = say!(locale, "用 {account} 重新打开这一页", "Open the page again as {account}");
    page(visit, title, [what, next], again, way_on(visit, account, &Kept::of(typed.clone())))
}

/// The page for a form of which nobody knows for whom it was drawn: what was typed can be read, and is nobody's to send.
fn of_nobody(visit: &Visit, typed: &Pairs) -> Response {
    let locale = visit.locale;
    let title = locale
        .say("这一页没有写明是给谁打开的，没有办", "It is not known for whom this page was opened: nothing was done");
    let what = locale.say(
        "这一页打开得太久了，或者不是从这里打开的，不知道是谁填的，所以刚才按的没有办，什么都没有改。",
        "It has stood open for too long, or was not opened here, and nobody knows who filled it in. So what was pressed was not \
         done, and nothing has changed.",
    );
    let next =
        locale.say("要办的，请重新打开这一页，看清楚再办。", "What is to be done is done on the page opened anew.");
    let again = locale.say("重新打开这一页", "Open the page again").to_owned();
    let typed = sent::to_read(locale, &without_proof(typed.clone()));
    page(visit, title, [what, next].map(str::to_owned), again, typed)
}

fn page(
    visit: &Visit,
    title: &'static str,
    [what, next]: [String; 2],
    again: String,
    typed: Option<AnyView>,
) -> Response {
    let here = visit.here_in(visit.locale);
    let page = draw::staff(visit, StatusCode::CONFLICT, title, || {
        view! {
            <div class="staff-door flow">
                <h1 tabindex="-1" autofocus>{title}</h1>
                <p>{what}</p>
                <p>{next}</p>
                <p class="actions">
                    <LinkButton href=here text=again />
                </p>
                {typed}
            </div>
        }
    });
    draw::no_store(page)
}

/// The way for whoever typed it; none where nothing was typed.
fn way_on(visit: &Visit, account: &str, kept: &Kept) -> Option<AnyView> {
    let locale = visit.locale;
    let kept = kept.hidden()?;
    let next = next_page::own(&visit.here_in(locale)).map(str::to_owned);
    let words = say!(
        locale,
        "刚才填写的内容还在。请填写的人用自己的账号登录，再发一次；登录以后，{account} 就退出了。",
        "What you typed is still here. Sign in with your own account and send it again; {account} is signed out then."
    );
    Some(
        view! {
            <h2>{locale.say("是您填写的，要接着办", "You typed it, and it is to be done")}</h2>
            <p>{words}</p>
            <form class="flow" method="post" action=visit.url(PAGE) novalidate>
                {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                {kept}
                {credentials(locale, "", &[])}
                <p class="actions">
                    <Button
                        text=locale.say("登录，再看要发的内容", "Sign in and see what will be sent")
                        weight=Weight::Secondary
                    />
                </p>
            </form>
        }
        .into_any(),
    )
}
