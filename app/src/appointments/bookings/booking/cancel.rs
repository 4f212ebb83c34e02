//! `…/cancel`: what cancelling means, then the act.

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;
use server::{App, appointments::booking::cancel, rejection::Rejection};
use shared::{appointments::Refusal, say};

use super::{Opened, facts};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, LinkButton, Weight},
        notice::{Notice, Tone},
        source::SourceFold,
        summary::{Row, Summary},
    },
    draw,
    visit::Visit,
    words,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    draw(&visit, &opened, StatusCode::OK)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct CancelForm {
    /// How often the booking had been changed when this page showed its time.
    changes: Option<i64>,
}

/// Cancels the time that the page showed, and no other one that the booking has moved to since.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    Form(typed): Form<CancelForm>,
) -> Result<Response, Rejection> {
    if opened.can_cancel() && typed.changes != Some(opened.booking.changes) {
        return Ok(draw(&visit, &opened, StatusCode::CONFLICT));
    }
    match cancel::cancel(&app, opened.pages.bookable, &opened.holder, app.now()).await {
        // Cancelled a moment ago, perhaps by the same button: the booking's page says so.
        Ok(()) => Ok(Redirect::to(&opened.address(&visit, "")).into_response()),
        Err(error) => match error.refusal() {
            Some(Refusal::BookingEnded) => Ok(Redirect::to(&opened.address(&visit, "")).into_response()),
            Some(Refusal::TooLate { .. } | Refusal::SlotPast) => Ok(draw(&visit, &opened, StatusCode::CONFLICT)),
            _ => Err(error.into()),
        },
    }
}

fn draw(visit: &Visit, opened: &Opened, status: StatusCode) -> Response {
    let locale = visit.locale;
    let title = locale.say("取消预约", "Cancel the booking");
    let booking = &opened.booking;
    let rows = vec![
        Row::new(locale.say("办什么", "What for"), opened.pages.words.name.say(locale)),
        Row::new(
            if opened.stands() { locale.say("时间", "Time") } else { locale.say("原来的时间", "Original time") },
            words::moment(locale, booking.starts_at),
        ),
        Row::new(opened.pages.place_label(locale), booking.point.place.name.say(locale)),
        Row::new(locale.say("预约号", "Reference number"), booking.reference.to_string()),
    ];
    let moved = (status == StatusCode::CONFLICT && opened.can_cancel()).then(|| {
        let title =
            locale.say("预约刚刚改过时间，还没有取消", "The booking was moved a moment ago and has not been cancelled");
        let look = locale.say("请看清楚下面的时间，再决定。", "Please check the time below before you decide.");
        view! { <Notice tone=Tone::Warning title=title live=true><p>{look}</p></Notice> }
    });
    let body = if opened.can_cancel() { consequences(visit, opened) } else { too_late(visit, opened) };
    draw::page_as(visit, status, &opened.pages.titled(locale, title), || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回预约", "Back to the booking") />
                <h1>{title}</h1>
                {moved}
                <Summary locale=locale rows=rows />
                {body}
            </div>
        }
    })
}

fn consequences(visit: &Visit, opened: &Opened) -> AnyView {
    let booking = &opened.booking;
    let locale = visit.locale;
    let rule = booking.point.rule(opened.now).ok();
    let stands = booking.closed.is_none();
    let penalty = rule.filter(|_| stands).and_then(|rule| Some(rule.penalty.as_ref()?.say(locale).to_owned()));
    let given_up = stands.then(|| {
        let given_up = locale.say(
            "这个时间会放回给大家预约，不能恢复。",
            "Your time will become available to others, and you cannot get it back.",
        );
        view! { <li>{given_up}</li> }
    });
    let source = rule.map(|rule| (rule.source.cited(locale).to_owned(), rule.checked));
    let you = words::capital(opened.pages.words.you.say(locale));
    let free_again = say!(locale, "{you}马上就可以预约别的时间。", "{you} can book another time straight away.");
    let instead = opened.can_move().then(|| {
        view! {
            <section class="flow">
                <h2>{locale.say("只是想换个时间？", "Just need another time?")}</h2>
                <p>{locale.say("预约号和填写的内容都保留。", "Your reference number and details stay the same.")}</p>
                <p>
                    <LinkButton
                        href=opened.address(visit, "reschedule")
                        text=locale.say("改到别的时间", "Move it to another time")
                        weight=Weight::Secondary
                    />
                </p>
            </section>
        }
    });
    // What keeps the booking stands apart from what loses it, and before it.
    view! {
        <p>{facts::until(locale, facts::BookingChange::Cancel, booking.cancel_until, true)}</p>
        {instead}
        <section class="flow">
            <h2>{locale.say("取消以后", "If you cancel")}</h2>
            <ul>
                {given_up}
                <li>{free_again}</li>
                {penalty.map(|penalty| view! { <li>{penalty}</li> })}
            </ul>
            {source.map(|(title, checked)| view! { <SourceFold locale=locale title=title checked=checked /> })}
        </section>
        <form method="post" action=opened.address(visit, "cancel")>
            <input type="hidden" name="changes" value=booking.changes.to_string() />
            <p class="actions">
                <Button text=locale.say("取消这个预约", "Cancel this booking") weight=Weight::Danger />
            </p>
        </form>
    }
    .into_any()
}

fn too_late(visit: &Visit, opened: &Opened) -> AnyView {
    let locale = visit.locale;
    let booking = &opened.booking;
    if opened.is_ahead() {
        let until = facts::until(locale, facts::BookingChange::Cancel, booking.cancel_until, false);
        let (call, phone) = facts::phone_instead(locale, opened);
        return view! {
            <Notice tone=Tone::Warning title=locale.say("已经不能在网上取消", "It can no longer be cancelled online")>
                <p>
                    {until}
                    {call}
                    {phone}
                    {locale.say("。", ".")}
                </p>
            </Notice>
        }
        .into_any();
    }
    view! {
        <Notice title=locale.say("这个预约已经结束", "This booking has ended")>
            <p>{locale.say("不需要取消。", "There is nothing to cancel.")}</p>
        </Notice>
    }
    .into_any()
}
