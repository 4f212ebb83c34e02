//! `GET /offline`: what can be done without a network. A browser keeps it, and shows it in place of a page that it has not kept.

use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::prelude::*;

use crate::{
    components::{
        button::{Button, Weight},
        notice::{Notice, Tone},
    },
    draw, offline,
    pairs::{Pairs, value},
    visit::Visit,
};

/// Where it lies, without the language prefix.
pub const PAGE: &str = "/offline";

/// In the query: what its browser is asked to forget, before any server hears of it, and that it has.
const FORGET: &str = "forget";
const FORGOTTEN: &str = "forgotten";

pub async fn show(visit: Visit, Query(asked): Query<Pairs>) -> Response {
    if !visit.portal.offline {
        return StatusCode::NOT_FOUND.into_response();
    }
    draw::page(&visit, visit.say("没有网络的时候", "Without a connection"), || body(&visit, &asked))
}

/// What became of the press.
fn forgotten(visit: &Visit, asked: &Pairs) -> Option<AnyView> {
    let title = if value(asked, FORGOTTEN).is_some() {
        visit.say("看过的地点已经从这台设备上清除", "The places that you looked at are gone from this device")
    } else {
        // A browser that keeps pages does not ask for this one.
        value(asked, FORGET)?;
        visit.say("这个浏览器没有留下看过的地点", "This browser has kept no places that you looked at")
    };
    Some(view! { <Notice tone=Tone::Success live=true title=title /> }.into_any())
}

fn body(visit: &Visit, asked: &Pairs) -> impl IntoView + use<> {
    let locale = visit.locale;
    let forgotten = forgotten(visit, asked);
    view! {
        {offline::not_kept(visit)}
        {offline::not_sent(visit)}
        <div class="column flow">
            {forgotten}
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
            <p>
                {locale.say(
                    "和别人共用这台设备的，谁打开这一页都看得到看过哪些地点。用完请清除。",
                    "If you share this device, whoever opens this page reads which places were looked at. Clear them when you are done.",
                )}
            </p>
            <form method="get" action=visit.url(PAGE)>
                <Button
                    text=locale.say("清除看过的地点", "Clear what was looked at")
                    weight=Weight::Secondary
                    name=FORGET
                    value="1"
                />
            </form>
            <p class="links again">
                // Of the page that was asked for.
                <a href="">{locale.say("再试一次", "Try again")}</a>
            </p>
        </div>
    }
}
