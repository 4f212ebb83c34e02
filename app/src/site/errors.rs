//! Pages for what went wrong: each says what to do next, none says what happened inside.

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::Response,
};
use leptos::prelude::*;
use server::{App, error::Error};
use shared::locale::Locale;

use crate::{
    draw,
    visit::{House, Visit},
};

/// Draws a page in place of every bare error of the pages and of axum's extractors.
pub(super) async fn draw_errors(State(app): State<App>, request: Request, next: Next) -> Response {
    let house = House::of(app.settings());
    let visit = Visit::read(request.uri(), request.headers(), request.extensions(), house);
    let bare = next.run(request).await;
    let status = bare.status();
    let drawn =
        bare.headers().get(header::CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    if drawn || !(status.is_client_error() || status.is_server_error()) {
        return bare;
    }
    let mut response = answer(&visit, status);
    for kept in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = bare.headers().get(&kept) {
            response.headers_mut().insert(kept, value.clone());
        }
    }
    response
}

/// The page for an error status.
pub fn answer(visit: &Visit, status: StatusCode) -> Response {
    let Words { title, what, next } = words(visit.locale, status);
    let page = draw::page_as(visit, status, title, || {
        view! {
            <div class="column flow">
                <h1>{title}</h1>
                <p>{what}</p>
                <p>{next}</p>
                <p class="actions">
                    <a class="button button-secondary" href=visit.url("/")>{visit.say("回到首页", "Go to the home page")}</a>
                </p>
            </div>
        }
    });
    draw::no_store(page)
}

/// The page for what the server refused, or could not do.
pub fn refused(visit: &Visit, error: Error) -> Response {
    let status = StatusCode::from_u16(error.into_problem().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer(visit, status)
}

struct Words {
    title: &'static str,
    what: &'static str,
    next: &'static str,
}

fn words(locale: Locale, status: StatusCode) -> Words {
    let say = |zh: [&'static str; 3], en: [&'static str; 3]| {
        let [title, what, next] = match locale {
            Locale::Zh => zh,
            Locale::En => en,
        };
        Words { title, what, next }
    };
    match status {
        StatusCode::NOT_FOUND => say(
            [
                "没有找到这个页面",
                "网址可能打错了，或者页面已经搬走。",
                "如果网址是别人发给您的，请对照原文检查有没有少复制几个字符。",
            ],
            [
                "We can’t find this page",
                "The address may be mistyped, or the page may have moved.",
                "If somebody sent you the address, check that all of it was copied.",
            ],
        ),
        StatusCode::METHOD_NOT_ALLOWED => say(
            ["这个页面不能这样打开", "它只用来接收表单，或者只能查看。", "请从首页重新进入。"],
            [
                "This page can’t be opened this way",
                "It only takes forms, or can only be looked at.",
                "Please start again from the home page.",
            ],
        ),
        StatusCode::FORBIDDEN => say(
            [
                "为了您的安全，我们没有接收这次提交",
                "它看起来不是从本站的页面发出的，所以什么都没有改变。",
                "请回到本站的页面，再填写一次。",
            ],
            [
                "For your safety we did not accept this",
                "It does not seem to come from a page of this site, so nothing was changed.",
                "Please go back to our page and send the form from there.",
            ],
        ),
        StatusCode::PAYLOAD_TOO_LARGE => say(
            [
                "填写的内容太长了",
                "一次最多接收 64 kB，大约两万个汉字，所以这次没有保存。",
                "请返回上一页，把内容改短后再继续。",
            ],
            [
                "That is too much text",
                "We can take at most 64 kB at a time, so nothing was saved.",
                "Please go back, shorten what you entered and continue.",
            ],
        ),
        StatusCode::TOO_MANY_REQUESTS => say(
            ["请稍等一会儿再试", "短时间内的请求太多了。", "一分钟后再试，您填写过的内容不会丢失。"],
            [
                "Please wait a moment",
                "There were too many requests in a short time.",
                "Try again in a minute. What you have already saved is not lost.",
            ],
        ),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => say(
            ["现在太忙了，请稍后再试", "我们暂时没能完成这一步。", "请过几分钟重新打开这个页面。急事请拨打 12345。"],
            [
                "We are very busy right now",
                "We could not finish this step for the moment.",
                "Please open the page again in a few minutes. If it is urgent, call 12345.",
            ],
        ),
        status if status.is_client_error() => say(
            [
                "没有看懂这次提交的内容",
                "可能是页面没有完整打开，所以什么都没有保存。",
                "请返回上一页，刷新后再填写一次。",
            ],
            [
                "We could not read what was sent",
                "The page may not have loaded completely, so nothing was saved.",
                "Please go back, reload the page and fill it in again.",
            ],
        ),
        _ => say(
            [
                "出了点问题，是我们这边的",
                "这一步没有完成，您不用为此做什么。",
                "请过几分钟再试。如果还是不行，请拨打 12345。",
            ],
            [
                "Something went wrong on our side",
                "This step was not completed. You did nothing wrong.",
                "Please try again in a few minutes. If it still fails, call 12345.",
            ],
        ),
    }
}
