//! What stands in the place of a page that was sent after somebody else has signed in: nothing was done, and what was typed
//! waits for whoever typed it.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use shared::say;

use super::{Kept, PAGE, credentials, next_page};
use crate::{
    components::button::{Button, LinkButton, Weight},
    draw,
    pairs::Pairs,
    visit::Visit,
};

/// The page for a form that was drawn for somebody else than `account`, who is signed in.
pub fn in_place(visit: &Visit, account: &str, typed: Pairs) -> Response {
    let locale = visit.locale;
    let title = locale
        .say("这一页是用另一个账号打开的，没有办", "This page was opened under another account: nothing was done");
    let here = visit.here_in(locale);
    let typed = way_on(visit, account, &Kept::of_another(typed));
    let page = draw::staff(visit, StatusCode::CONFLICT, title, || {
        view! {
            <div class="staff-door flow">
                <h1 tabindex="-1" autofocus>{title}</h1>
                <p>
                    {say!(
                        locale,
                        "现在登录的是 {account}。打开这一页的时候，登录的是另一个账号，所以刚才按的没有办，什么都没有改。",
                        "{account} is signed in now. When this page was opened it was somebody else, so what was pressed was not \
                         done, and nothing has changed."
                    )}
                </p>
                <p>
                    {say!(
                        locale,
                        "{account} 要办的，请重新打开这一页，看清楚再办。",
                        "What {account} wants to do is done on a page opened anew."
                    )}
                </p>
                <p class="actions">
                    <LinkButton
                        href=here
                        text=say!(locale, "用 {account} 重新打开这一页", "Open the page again as {account}")
                    />
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
                    <Button text=locale.say("登录，再看要发的内容", "Sign in and go on") weight=Weight::Secondary />
                </p>
            </form>
        }
        .into_any(),
    )
}
