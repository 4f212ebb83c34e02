//! Messages about a booking, and how far each has come.

use leptos::prelude::*;
use server::outbox::{Delivery, Posted};
use shared::{identity::Phone, locale::Locale};

use crate::{
    components::{notice::Tone, tag::Tag},
    visit::Visit,
    words,
};

/// A message's state as a tag.
pub fn state(locale: Locale, delivery: Delivery) -> AnyView {
    let (text, tone) = match delivery {
        Delivery::Sent => (locale.say("已发送", "Sent"), Tone::Success),
        Delivery::Waiting => (locale.say("等待发送", "Waiting to be sent"), Tone::Info),
        Delivery::Failed => (locale.say("未送达", "Not delivered"), Tone::Danger),
        Delivery::Overtaken => (locale.say("后来有变，没有发", "Not sent: it was no longer so"), Tone::Info),
    };
    view! { <Tag text=text tone=tone /> }.into_any()
}

/// Who was told what, when, and whether it arrived; what has not, takes nothing from a booking that stands.
pub fn list(visit: &Visit, posted: &[Posted], stands: bool) -> AnyView {
    let locale = visit.locale;
    let lost = stands && posted.iter().any(|posted| posted.delivery == Delivery::Failed);
    let rows = posted.iter().map(|posted| {
        let to = Phone::parse(&posted.message.to).map(|phone| phone.masked()).unwrap_or_default();
        let time = words::moment(locale, posted.sent_at.unwrap_or(posted.created_at));
        view! {
            <li class="told">
                <p>
                    {about(locale, &posted.kind).to_owned()}
                    " "
                    {state(locale, posted.delivery)}
                </p>
                <p class="soft">{to} {locale.say("，", ", ")} {time}</p>
            </li>
        }
    });
    let help = lost.then(|| {
        view! {
            <p>
                {locale.say(
                    "没有送达也不影响预约。请记下预约号，或者打印这一页。",
                    "Your booking is still valid. Please make a note of the reference number, or print this page.",
                )}
            </p>
        }
    });
    view! {
        <ul class="tellings" role="list">{rows.collect_view()}</ul>
        {help}
    }
    .into_any()
}

pub fn about(locale: Locale, kind: &str) -> &'static str {
    match kind {
        "booking_made" => locale.say("预约成功的短信", "Booking confirmation"),
        "booking_moved" => locale.say("改期的短信", "Change of time"),
        "booking_cancelled" => locale.say("取消的短信", "Cancellation"),
        "booking_released" => locale.say("预约被撤销的短信", "Booking withdrawn"),
        "people_corrected" => locale.say("信息更正过的短信", "Details corrected"),
        "booking_day_closed" => locale.say("停办的短信", "Closed"),
        "booking_day_reopened" => locale.say("恢复办理的短信", "Open again"),
        "booking_reminder" => locale.say("提醒办理的短信", "Appointment reminder"),
        "duplicate_tried" => locale.say("有人想重复预约的提醒", "Alert: someone tried to book again"),
        "visit_no_show" => locale.say("没有到场的短信", "Missed appointment"),
        "visit_refused" => locale.say("没有办成的短信", "Not completed"),
        "visit_to_return" => locale.say("还差材料的短信", "Papers missing"),
        "visit_not_done" => locale.say("没有办完的短信", "Not finished"),
        _ => locale.say("短信", "Text message"),
    }
}
