//! `GET /offline`: what can be done without a network. A browser keeps it, and shows it in place of a page that it has not kept.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;

use crate::{draw, offline, visit::Visit};

pub async fn show(visit: Visit) -> Response {
    if !visit.portal.offline {
        return StatusCode::NOT_FOUND.into_response();
    }
    draw::page(&visit, visit.say("没有网络的时候", "Without a connection"), || body(&visit))
}

fn body(visit: &Visit) -> impl IntoView + use<> {
    let locale = visit.locale;
    view! {
        {offline::not_kept(visit)}
        <div class="column flow">
            <h1>{locale.say("没有网络的时候", "Without a connection")}</h1>
            <p>
                {locale.say(
                    "急事打电话问，电话不用上网：",
                    "Ask by phone if it cannot wait; a call needs no connection:",
                )}
            </p>
            <p>
                <a class="button place-call" href="tel:12345">
                    <span>{locale.say("打电话", "Call")}</span>
                    <span class="nowrap">"12345"</span>
                </a>
            </p>
            <h2>{locale.say("看过的地点", "Places that you looked at")}</h2>
            <p>
                {locale.say(
                    "名单和地点的页面，连着网看过的，断网时列在这里，点一下就能打开。",
                    "Lists and places that you looked at while connected stand here when there is no connection: press one to open it.",
                )}
            </p>
            // Where a browser puts them.
            <div class="seen" hidden></div>
            <p class="links">
                // Of the page that was asked for.
                <a href="">{locale.say("再试一次", "Try again")}</a>
            </p>
        </div>
    }
}
