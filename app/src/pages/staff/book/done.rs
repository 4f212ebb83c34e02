//! What became of it, as the database has it now: the number to read out, and when and where.

use axum::{http::StatusCode, response::Response};
use leptos::prelude::*;
use server::{appointments::service_point::ServicePoint, counter::for_people::One};
use shared::say;

use super::PAGE;
use crate::{
    components::{
        button::{LinkButton, Weight},
        confirmation::Confirmation,
    },
    draw,
    pages::staff::day::{act::told, asked::Asked as Day},
    site::BookableServices,
    visit::Visit,
    words,
};

pub(super) fn draw(
    visit: &Visit,
    services: &BookableServices,
    (one, point): (&One, &ServicePoint),
    moved: bool,
) -> Response {
    let locale = visit.locale;
    let title = if moved {
        locale.say("已经改到新的时间", "The booking has a new time")
    } else {
        locale.say("已经预约", "Booked")
    };
    let row = &one.row;
    let reference = row.reference.map(|reference| reference.to_string()).unwrap_or_default();
    let people = row.people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join("、");
    let what = services.of(&row.service).map(|pages| pages.words.name.say(locale));
    let told = told(row, locale).map(|tails| {
        view! { <p>{say!(locale, "短信发到尾号 {tails} 的手机。", "A text goes to the phones ending in {tails}.")}</p> }
    });
    let (name, address) = (point.place.name.say(locale), point.place.address.say(locale));
    let place = say!(locale, "请念给对方听：{name}，{address}", "Read out to them: {name}, {address}");
    let when = words::moment(locale, row.starts_at);
    let day = Day { office: Some(one.office.clone()), date: Some(one.date), ..Day::default() };
    draw::no_store(draw::staff(visit, StatusCode::OK, title, || {
        view! {
            <div class="flow column">
                <Confirmation title=title label=locale.say("预约号", "Reference number") reference=reference>
                    <p class="confirmed-time">{when}</p>
                    <p>{what}</p>
                    <p>{people}</p>
                    <p>{place}</p>
                    {told}
                </Confirmation>
                <p class="actions">
                    <LinkButton href=visit.url(PAGE) text=locale.say("再为别人预约", "Book for somebody else") weight=Weight::Secondary />
                    <LinkButton href=visit.url(&day.path()) text=locale.say("看那一天的名单", "See that day") weight=Weight::Secondary />
                    <LinkButton href=visit.url("/staff/day") text=locale.say("回到今天", "Back to today") weight=Weight::Quiet />
                </p>
            </div>
        }
    }))
}
