//! `/staff/messages`: texts that did not arrive. Whoever has told people otherwise says so, and the task is gone.

use axum::{
    Extension, Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Rejection,
    counter::untold::{self, Untold},
    error::Error,
    staff::authority::Staff,
};
use shared::{
    locale::Locale,
    problem::Problem,
    say,
    staff::{OfficeId, Right},
};

use super::day::seen;
use crate::{
    appointments::messages::about,
    components::{back_link::BackLink, empty::Empty},
    draw,
    pairs::{Pairs, address as with_query, value},
    site::Signed,
    visit::Visit,
    words,
};

const PAGE: &str = "/staff/messages";

/// The messages of one office, without the language prefix.
pub fn address(office: &OfficeId) -> String {
    with_query(PAGE, [("office", office.as_str())])
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let office = office(&app, &staff, &asked).await?;
    let tasks = untold::list(&app, &staff, &office, app.now()).await?;
    Ok(draw(&visit, &office, tasks))
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(asked): Query<Pairs>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let office = office(&app, &staff, &asked).await?;
    let message = value(&typed, "told").and_then(|id| id.parse().ok()).ok_or(Problem::NotFound)?;
    untold::settle(&app, &staff, (&office, message), app.now()).await?;
    Ok(Redirect::to(&visit.url(&address(&office))).into_response())
}

async fn office(app: &App, staff: &Staff, asked: &Pairs) -> Result<OfficeId, Error> {
    Ok(seen::asked_for(app, staff, Right::WorkAtCounter, asked).await?.0.id)
}

fn draw(visit: &Visit, office: &OfficeId, tasks: Vec<Untold>) -> Response {
    let locale = visit.locale;
    let title = locale.say("没有送到的短信", "Messages that did not arrive");
    let list = if tasks.is_empty() {
        view! {
            <Empty title=locale.say("都送到了", "All have arrived")>
                <p>{locale.say("最近两周没有要另外通知的人。", "There is nobody to be told otherwise, of the last two weeks.")}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = tasks.into_iter().map(|task| view! { <li>{one(visit, office, &task)}</li> });
        view! { <ul class="sittings" role="list">{rows.collect_view()}</ul> }.into_any()
    };
    let back = visit.url(&with_query("/staff/day", [("office", office.as_str())]));
    draw::staff(visit, axum::http::StatusCode::OK, title, || {
        view! {
            <div class="flow column">
                <BackLink href=back text=locale.say("回到当天的名单", "Back to the day") />
                <h1>{title}</h1>
                <p class="soft">
                    {locale.say(
                        "打开预约可以看到本人的号码（会记录原因）。打过电话或者当面说过以后，点“已经告诉本人”。",
                        "Open the booking to see the number, which is written down with the reason. Once you have told them, \
                         press “They have been told”.",
                    )}
                </p>
                {list}
            </div>
        }
    })
}

fn one(visit: &Visit, office: &OfficeId, task: &Untold) -> AnyView {
    let locale = visit.locale;
    let (what, to) = (about(locale, &task.kind), &task.to);
    let what = if to.is_empty() { what.to_owned() } else { say!(locale, "{what}，发给 {to}", "{what}, to {to}") };
    let when = words::moment(locale, task.starts_at);
    let written = words::moment(locale, task.written_at);
    let of = say!(locale, "约 {when}；{written} 写的", "booked for {when}; written {written}");
    let booking = visit.url(&super::visits::path(&task.visit));
    let whose = format!(" {}", task.reference);
    view! {
        <div class="sitting">
            <div>
                <p class="sitting-browser">{what}</p>
                <p class="soft">{of}</p>
                <p><a href=booking>{open(locale)} {whose.clone()}</a></p>
            </div>
            <form method="post" action=visit.url(&address(office))>
                <button class="act" name="told" value=task.message.to_string()>
                    {locale.say("已经告诉本人", "They have been told")}
                    <span class="hidden-visually">{whose}</span>
                </button>
            </form>
        </div>
    }
    .into_any()
}

fn open(locale: Locale) -> &'static str {
    locale.say("打开预约", "Open the booking")
}
