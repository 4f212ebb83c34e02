//! A service that is to be had at one place more of the office, and the way to add a place.

use leptos::prelude::*;
use server::{
    App, Error,
    counter::{described::PlaceSaid, offered::Offered, offering, office::Office},
    staff::authority::Staff,
};
use shared::{appointments::Service, places::PlaceId, problem::Problem, say};

use super::super::hours;
use crate::{
    components::notice::{Notice, Tone},
    pages::staff::{places, service_at},
    pairs::{Pairs, value},
    site::BookableServices,
    visit::Visit,
};

const WHAT: &str = "what";

/// What is offered now, by the name of its hours.
pub async fn take(app: &App, staff: &Staff, typed: &Pairs) -> Result<String, Error> {
    let what = value(typed, WHAT).unwrap_or_default();
    let (service, place) = service_at::read(what).ok_or(Problem::Malformed)?;
    offering::offer(app, staff, (&place, &service), app.now()).await?;
    Ok(service_at::write(&service, &place))
}

/// What comes next, once something is offered that nobody sees yet; `asked` names it.
pub fn done(visit: &Visit, office: &Office, asked: &Pairs) -> Option<AnyView> {
    let of = value(asked, "of").filter(|of| service_at::read(of).is_some())?;
    let locale = visit.locale;
    let hours = visit.url(&hours::address(&office.id, of));
    let title = locale.say("这项服务开好了，大家还看不到它", "It is offered, and nobody sees it yet");
    Some(
        view! {
            <Notice tone=Tone::Success live=true focus=true title=title>
                <p><a href=hours>{locale.say("接下来填办理时间", "Next, set its hours")}</a></p>
            </Notice>
        }
        .into_any(),
    )
}

pub fn draw(
    visit: &Visit,
    action: &str,
    (bookable, all, offers): (&BookableServices, &[PlaceSaid], &[Offered]),
    office: &Office,
) -> AnyView {
    let locale = visit.locale;
    let is_offered = |place: &PlaceId, service: &Service| {
        offers.iter().any(|offer| offer.point.place.id == *place && offer.point.service == *service)
    };
    let mut more = Vec::new();
    for place in all {
        for pages in bookable.0.iter() {
            let service = &pages.bookable.service;
            if !is_offered(&place.id, service) {
                let (what, at) = (pages.words.name.say(locale), place.said.name.say(locale));
                let text = say!(locale, "{at}：{what}", "{at}: {what}");
                more.push(view! { <option value=service_at::write(service, &place.id)>{text}</option> });
            }
        }
    }
    let add = visit.url(&places::address(&office.id));
    let form = (!more.is_empty()).then(|| {
        view! {
            <details class="ask">
                <summary>{locale.say("多开一项服务…", "Offer one more service…")}</summary>
                <form class="ask-body" method="post" action=action.to_owned()>
                    <div class="paper-field">
                        <label for=WHAT>{locale.say("在哪里办什么", "What, and where")}</label>
                        <select class="input" id=WHAT name=WHAT>{more}</select>
                    </div>
                    <p class="soft">
                        {locale.say(
                            "预约规则和本大厅已有的一样，预约要验证手机号。填好办理时间、放出名额以后，大家才看得到。",
                            "The rule of booking is that of your other places, and phones are confirmed by a code. Nobody sees it \
                             before it has hours and times.",
                        )}
                    </p>
                    <p class="acts">
                        <button class="act act-strong" name="do" value="offer">{locale.say("开这项服务", "Offer it")}</button>
                    </p>
                </form>
            </details>
        }
    });
    view! {
        {form}
        <p><a href=add>{locale.say("新增地点：分厅、服务点", "Add a place: a further hall or window")}</a></p>
    }
    .into_any()
}
