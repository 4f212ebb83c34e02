//! Another service or place that goes on with a visit: in this office with a new ticket at once, in another one with a ticket
//! that they take there.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error,
    appointments::point,
    counter::{
        day::Row,
        office::{self, Office},
    },
};
use shared::{
    appointments::Service,
    counter::{ActName, Elsewhere},
    locale::Locale,
    places::PlaceId,
    say,
};

use super::{act::asking, seen::Seen};
use crate::{appointments::places::number, pages::staff::service_at, site::BookableServices};

/// A service at a place.
pub struct Named {
    pub there: Elsewhere,
    /// `演示湾婚姻登记处：结婚登记`.
    pub words: String,
    /// The place alone.
    pub place: String,
    /// Whether somebody can be sent there: its hours have begun.
    pub is_open: bool,
    /// Whether it is of the office whose day is looked at.
    pub is_here: bool,
    /// The address and the phone, as they are read out.
    pub whereabouts: String,
}

/// Every service at every place, as an office sees them.
pub async fn load(
    app: &App,
    locale: Locale,
    services: &BookableServices,
    (office, now): (&Office, DateTime<Utc>),
) -> Result<Vec<Named>, Error> {
    let of_office = office::places_of(app, &office.id).await?;
    let mut all = Vec::new();
    for pages in services.0.iter() {
        let service = &pages.bookable.service;
        for point in point::all(app, service).await?.iter() {
            let (what, place) = (pages.words.name.say(locale), &point.place);
            let (address, (phone, _)) = (place.address.say(locale), number(locale, place));
            all.push(Named {
                there: Elsewhere { place: place.id.clone(), service: service.clone() },
                words: say!(locale, "{}：{what}", "{}: {what}", place.name.say(locale)),
                place: place.name.say(locale).to_owned(),
                is_open: point.is_shown(now),
                is_here: of_office.contains(&place.id),
                whereabouts: say!(locale, "{address}，电话 {phone}", "{address}, phone {phone}"),
            });
        }
    }
    Ok(all)
}

/// The one that is meant; none where that is done there no more.
pub fn find<'a>(all: &'a [Named], place: &PlaceId, service: &Service) -> Option<&'a Named> {
    all.iter().find(|named| named.there.place == *place && named.there.service == *service)
}

/// Where somebody was sent on to, with the way to it where that is another office; nothing where it is known no more.
pub fn sent_to(locale: Locale, all: &[Named], there: &Elsewhere) -> Option<String> {
    let named = find(all, &there.place, &there.service)?;
    let Named { words, whereabouts, .. } = named;
    if named.is_here {
        return Some(say!(locale, "已转到{words}，给了新号", "sent on to {words}, with a new ticket"));
    }
    Some(say!(
        locale,
        "已转到{words}（{whereabouts}），到了要取号",
        "sent on to {words} ({whereabouts}), where they take a ticket"
    ))
}

/// The same where there is little room: another office by its name alone.
pub fn sent_to_in_short(locale: Locale, all: &[Named], there: &Elsewhere) -> Option<String> {
    let named = find(all, &there.place, &there.service)?;
    let name = if named.is_here { &named.words } else { &named.place };
    Some(say!(locale, "已转到{name}", "sent on to {name}"))
}

/// The two ways to send somebody on, each where there is one.
pub fn redirect(seen: &Seen<'_>, row: &Row) -> AnyView {
    let is_elsewhere =
        |named: &&Named| named.is_open && (named.there.place != row.place || named.there.service != row.service);
    let (here, mut there): (Vec<&Named>, Vec<&Named>) =
        seen.elsewhere.iter().filter(is_elsewhere).partition(|named| named.is_here);
    // Nobody goes to another office for something else than they came for.
    there.retain(|named| named.there.service == row.service);
    view! {
        {(!here.is_empty()).then(|| here_on(seen, row, &here))}
        {(!there.is_empty()).then(|| there_on(seen, row, &there))}
    }
    .into_any()
}

fn here_on(seen: &Seen<'_>, row: &Row, choices: &[&Named]) -> AnyView {
    let locale = seen.locale();
    let body = view! {
        {pick(seen, row, choices, |named| named.words.clone())}
        <p class="tells">
            {locale.say(
                "马上给新号，按原来到的时间排。不发短信，请把新号告诉他们。",
                "They get a new ticket at once and keep their place by when they came. No text goes out: tell them the number.",
            )}
        </p>
        <button class="act">{locale.say("换一项，马上给新号", "Send on, with a new ticket")}</button>
    };
    let asked = (ActName::Redirect, "elsewhere");
    asking(seen, row, asked, locale.say("换一项…", "Another service here…"), body.into_any())
}

fn there_on(seen: &Seen<'_>, row: &Row, choices: &[&Named]) -> AnyView {
    let locale = seen.locale();
    let told = if row.walk_in {
        locale.say(
            "这里不给号，也不发短信：请把名称、地址和电话念给他们，到了要取号。",
            "No ticket is given here and no text goes out: read them the name, address and phone. They take a ticket there.",
        )
    } else {
        locale.say(
            "这里不给号，也不发短信：请把名称、地址和电话念给他们，到了要取号。他们的预约页面也会写。",
            "No ticket is given here and no text goes out: read them the name, address and phone. They take a ticket there. \
             The page of their booking says it too.",
        )
    };
    let body = view! {
        {pick(seen, row, choices, |named| format!("{}{}{}", named.words, locale.say("，", ", "), named.whereabouts))}
        <p class="tells">{told}</p>
        <button class="act">{locale.say("转到那里，去了再取号", "Send on: they take a ticket there")}</button>
    };
    let asked = (ActName::Redirect, "elsewhere");
    asking(seen, row, asked, locale.say("去别的大厅…", "Another office…"), body.into_any())
}

fn pick(seen: &Seen<'_>, row: &Row, choices: &[&Named], words: impl Fn(&Named) -> String) -> AnyView {
    let is_here = choices.iter().any(|named| named.is_here);
    let field = format!("{}-{}", if is_here { "service" } else { "elsewhere" }, row.id);
    // Nobody is sent to whichever comes first in a list.
    let choose =
        (choices.len() > 1).then(|| view! { <option value="">{seen.locale().say("请选择", "Choose")}</option> });
    let options = choices.iter().map(|named| {
        let value = service_at::write(&named.there.service, &named.there.place);
        view! { <option value=value>{words(named)}</option> }
    });
    view! {
        <label for=field.clone()>{seen.locale().say("转到哪里", "Where to")}</label>
        <select class="input" id=field name="elsewhere">{choose} {options.collect_view()}</select>
    }
    .into_any()
}
