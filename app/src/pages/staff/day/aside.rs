//! Opening a visit to keep somebody safe: who holds the booking never learns of it, so it is said before.

use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use server::{App, Error, staff::authority::Staff};
use shared::counter::Refusal;

use super::{
    Told,
    act::Pressed,
    asked::{Asked, Number},
    draw as draw_day,
    found::Found,
    seen::Seen,
};
use crate::{
    pages::staff::visits,
    pairs::{Pairs, value},
    site::BookableServices,
    visit::Visit,
};

/// Leads to where the visit that was named by its ticket or reference is opened for a reason.
pub async fn open(
    app: &App,
    visit: &Visit,
    services: &BookableServices,
    staff: &Staff,
    asked: &Asked,
    typed: &Pairs,
) -> Result<Response, Error> {
    let seen = Seen::load(app, visit, asked, staff, services).await?;
    let found = match value(typed, "aside").and_then(Number::read) {
        Some(number) => Found::named(app, &seen, &number).await?.rows,
        None => Vec::new(),
    };
    if let Some(row) = found.first() {
        return Ok(Redirect::to(&visit.url(&visits::aside(&row.id))).into_response());
    }
    let told = Told { problem: Some(Refusal::NotHere.into()), ..Told::default() };
    draw_day(app, visit, services, staff, asked, told).await
}

pub fn draw(seen: &Seen<'_>) -> AnyView {
    let locale = seen.locale();
    view! {
        <details class="ask">
            <summary>{locale.say("为保护当事人查看…", "Look to keep somebody safe…")}</summary>
            <form class="ask-body" method="post" action=seen.itself()>
                <p class="tells">
                    {locale.say(
                        "打开预约不出现在“谁看过”里，只留在内部记录里；下一步要写明原因，大厅负责人和审计员看得到。",
                        "It stands in the record, and not among “who looked”. It takes a reason, \
                         which the office manager and the auditor read.",
                    )}
                </p>
                <label for="aside">{locale.say("号或者预约号", "Ticket or reference")}</label>
                <div class="joined">
                    <input class="input" type="text" id="aside" name="aside" autocomplete="off" spellcheck="false" />
                    <button class="act" name="do" value=Pressed::Aside.value()>
                        {locale.say("打开", "Open")}
                    </button>
                </div>
            </form>
        </details>
    }
    .into_any()
}
