//! What stands instead of a new time to confirm.

use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::appointments::booking::view::BookingView;
use shared::say;

use super::super::{remembered, target_closed};
use crate::{
    appointments::{
        again::Lost,
        bookings::booking::Opened,
        held::{self, Held},
        hold_notice::booking_unchanged,
    },
    components::{
        back_link::BackLink,
        button::{LinkButton, Weight},
        notice::{Notice, Tone},
    },
    draw,
    visit::Visit,
    words,
};

/// In another window the booking has moved, to another time than the one that was confirmed here.
pub(super) fn moved_elsewhere(
    visit: &Visit,
    opened: &Opened,
    booking: &BookingView,
    missed: Option<DateTime<Utc>>,
) -> Response {
    let locale = visit.locale;
    let title = locale.say("没有改到刚才那个时间", "The booking did not move to that time");
    let now = words::short_moment(locale, booking.starts_at);
    let notice = say!(
        locale,
        "预约在另一个窗口里改过了，现在是 {now}",
        "The booking was moved in another window and is now on {now}"
    );
    let missed = missed.map(|missed| {
        let missed = words::short_moment(locale, missed);
        let text = say!(locale, "这一页上的 {missed} 没有用上。", "The time on this page, {missed}, was not used.");
        view! { <p>{text}</p> }
    });
    draw::page_as(visit, StatusCode::CONFLICT, title, || {
        view! {
            <div class="column flow">
                <h1>{title}</h1>
                <Notice tone=Tone::Warning title=notice live=true>{missed}</Notice>
                <p class="actions">
                    <LinkButton href=opened.address(visit, "") text=locale.say("看预约", "See the booking") />
                    <LinkButton
                        href=opened.address(visit, "reschedule")
                        text=locale.say("另选时间", "Choose another time")
                        weight=Weight::Secondary
                    />
                </p>
            </div>
        }
    })
}

/// The place closed the day of the new time: there is nothing to confirm.
pub(super) fn closed(visit: &Visit, opened: &Opened, held: &Held) -> Response {
    let locale = visit.locale;
    let title = locale.say("不能改到这个时间了", "The booking cannot move to this time");
    draw::page(visit, title, || {
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回预约", "Back to the booking") />
                <h1>{title}</h1>
                {held::line(visit, held.record.starts_at, &held.point.place)}
                {target_closed(visit, opened, held)}
            </div>
        }
    })
}

pub(super) fn nothing_held(visit: &Visit, opened: &Opened, past: Option<&Lost>) -> Response {
    let locale = visit.locale;
    let title = locale.say("没有保留新的时间", "No new time is held");
    draw::page(visit, title, || {
        let what = match past {
            Some(past) => remembered::notice(visit, opened, past),
            None => view! {
                <Notice
                    tone=Tone::Warning
                    title=locale.say("新的时间没有选，或者保留已经到期", "No new time was chosen, or the time we held has run out")
                >
                    <p>{booking_unchanged(locale)}</p>
                </Notice>
                <p class="actions">
                    <LinkButton
                        href=opened.address(visit, "reschedule")
                        text=locale.say("重新选时间", "Choose a time")
                    />
                </p>
            }
            .into_any(),
        };
        view! {
            <div class="column flow">
                <BackLink href=opened.address(visit, "") text=locale.say("返回预约", "Back to the booking") />
                <h1>{title}</h1>
                {what}
            </div>
        }
    })
}
