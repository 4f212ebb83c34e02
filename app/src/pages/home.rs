//! `GET /`: what can be done here, and where to begin.

use axum::{Extension, response::Response};
use leptos::prelude::*;

use crate::{
    draw,
    site::{Tile, Tiles},
    visit::Visit,
};

pub async fn show(visit: Visit, Extension(Tiles(tiles)): Extension<Tiles>) -> Response {
    draw::page(&visit, visit.say("民政服务", "Civil affairs services"), || body(&visit, &tiles))
}

fn body(visit: &Visit, tiles: &[Tile]) -> impl IntoView + use<> {
    let title = visit.say("您想办什么事？", "What would you like to do?");
    let tiles = tiles.iter().map(|tile| tile(visit)).collect_view();
    let lead = visit.say("不用注册，不用下载，打开就能办。", "No account, nothing to install: just begin.");
    view! {
        <div class="welcome bleed">
            <div class="column">
                <h1>{title}</h1>
                <p class="lead">{lead}</p>
            </div>
        </div>
        <div class="beside welcome-below">
            <div class="home-services">{tiles}</div>
            {(!visit.mode.is_elder()).then(|| ways(visit))}
        </div>
    }
}

fn ways(visit: &Visit) -> impl IntoView + use<> {
    view! {
        <aside class="aside flow">
            <h2>{visit.say("想要大字", "Larger text")}</h2>
            <p>
                {visit.say(
                    "点页面上方的“长者版”，每一页都会变成大字。",
                    "Press “Large text” at the top; it stays on for every page.",
                )}
            </p>
            <h2>{visit.say("不方便上网", "Not at ease online")}</h2>
            <p>
                {visit.say("请家人帮您操作，或者拨打 ", "Let a relative help you, or call ")}
                <a class="nowrap" href="tel:12345">"12345"</a>
                {visit.say(" 咨询。", ".")}
            </p>
        </aside>
    }
}
