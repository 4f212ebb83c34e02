//! `…/print`: the booking on one sheet of paper. No manage link is on it: whoever finds the paper can do nothing.

use axum::response::Response;
use leptos::prelude::*;
use shared::appointments::AppointmentState;

use super::{Opened, counter_code, facts, title};
use crate::{
    components::{
        back_link::BackLink,
        summary::{Row, Summary},
    },
    draw,
    visit::Visit,
    words,
};

pub async fn show(visit: Visit, opened: Opened) -> Response {
    let (locale, booking) = (visit.locale, &opened.booking);
    let live = booking.state == AppointmentState::Booked;
    let heading = if live {
        locale.say("结婚登记预约", "Marriage registration booking")
    } else {
        title(&visit, booking.state)
    };
    let rows = vec![
        Row::new(locale.say("预约号", "Reference number"), booking.reference.to_string()),
        Row::new(locale.say("时间", "Time"), words::period(locale, booking.starts_at, booking.ends_at)),
        Row::new(locale.say("登记处", "Registry"), booking.registry.name.say(locale)),
        Row::new(locale.say("地址", "Address"), booking.registry.address.say(locale)),
        Row::new(locale.say("登记处电话", "Registry’s phone"), booking.registry.phone.clone()),
    ];
    let people = facts::couple(locale, &booking.parties)
        .map(|(label, party)| Row::new(label, format!("{} {}", party.name, party.id_number)));
    let rows = rows.into_iter().chain(people).collect();
    draw::sheet(&visit, heading, || {
        view! {
            <div class="sheet-screen">
                <BackLink href=opened.address(&visit, "") text=visit.say("返回预约", "Back to the booking") />
                <p>
                    {visit.say(
                        "这一页是打印用的：请点浏览器菜单里的“打印”。",
                        "This page is made for paper: choose Print in your browser’s menu.",
                    )}
                </p>
            </div>
            <div class="sheet-head">
                <div>
                    <h1>{heading}</h1>
                    {live
                        .then(|| {
                            view! {
                                <p>{locale.say("请两个人带好证件一起到场。", "Please come together, with your documents.")}</p>
                            }
                        })}
                </div>
                {live.then(|| counter_code::counter_code(&visit, &opened))}
            </div>
            <Summary locale=locale rows=rows />
            {live.then(|| facts::bring(&visit, &booking.parties))}
        }
    })
}
