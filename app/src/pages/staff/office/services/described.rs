//! What is said of each place: name, address, phone, and how to find the way; and one press that says that it is still right.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::{
    App, Error,
    counter::{described::PlaceSaid, place_change::PlaceChange},
    directory::shown,
};
use shared::{
    calendar::shanghai_date,
    places::{
        PlaceId,
        said::{Draft, Said},
    },
    problem::Problem,
    say,
};

use super::{Told, field};
use crate::{
    pages::staff::confirm,
    pairs::{Pairs, value},
    visit::Visit,
    words,
};

/// The press that says that all of it is still right.
pub const STILL_RIGHT: &str = "still-right";

/// A place that residents find.
#[derive(Clone, Copy)]
pub struct Listed {
    /// When somebody last said of anything there that it is right, if anybody has.
    confirmed: Option<NaiveDate>,
}

/// Those of these places that residents find.
///
/// # Errors
/// Those of the database.
pub async fn listed(app: &App, all: &[PlaceSaid], now: DateTime<Utc>) -> Result<BTreeMap<PlaceId, Listed>, Error> {
    let mut listed = BTreeMap::new();
    for PlaceSaid { id, .. } in all {
        let Some(directory) = shown::with(app, id, now).await? else { continue };
        if let Some(listing) = directory.get(id).filter(|one| one.is_open_for_good(shanghai_date(now))) {
            let confirmed = listing.confirmed.values().map(|confirmation| confirmation.on).max();
            listed.insert(id.clone(), Listed { confirmed });
        }
    }
    Ok(listed)
}

/// The place that a press is of.
pub fn place(typed: &Pairs) -> Result<PlaceId, Error> {
    Ok(PlaceId::parse(value(typed, "of").unwrap_or_default()).map_err(|_| Problem::Malformed)?)
}

/// The place and what was typed of it.
pub fn read(typed: &Pairs) -> Result<(PlaceId, Said), Error> {
    Ok((place(typed)?, described_as(typed).read()?))
}

/// How a place is described, as it was typed.
pub fn described_as(typed: &Pairs) -> Draft {
    let text = |name: &str| value(typed, name).unwrap_or_default().to_owned();
    Draft {
        name_zh: text("name_zh"),
        name_en: text("name_en"),
        address_zh: text("address_zh"),
        address_en: text("address_en"),
        phone: text("phone"),
        directions_zh: text("directions_zh"),
        directions_en: text("directions_en"),
    }
}

pub fn draw(
    visit: &Visit,
    action: &str,
    (all, waiting, listed): (&[PlaceSaid], &[PlaceChange], &BTreeMap<PlaceId, Listed>),
    told: &Told,
) -> AnyView {
    let locale = visit.locale;
    let places = all.iter().map(|place| {
        let waits = waiting.iter().find(|change| change.place == place.id);
        let listed = listed.get(&place.id).copied();
        view! { <li>{one(visit, action, (place, waits, listed), told)}</li> }
    });
    view! {
        <section class="flow" id="places">
            <h2>{locale.say("地点", "Places")}</h2>
            <p class="soft">
                {locale.say(
                    "这里写的会用机关的名义出现在网页和短信里，所以改动要另一位大厅负责人或者账号管理员确认才生效；还没有开服务的新地点马上生效。",
                    "This stands in pages and texts under the bureau's name, so a change is in force once another office manager or an \
                     account administrator has confirmed it; that of a new place which offers nothing yet is in force at once.",
                )}
            </p>
            <ul class="sign-rows" role="list">{places.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn one(
    visit: &Visit,
    action: &str,
    (place, waits, listed): (&PlaceSaid, Option<&PlaceChange>, Option<Listed>),
    told: &Told,
) -> AnyView {
    let locale = visit.locale;
    let PlaceSaid { id, said } = place;
    let (of, draft) = (id.as_str(), Draft::of(said));
    let is_typed = told.typed(of, "of").is_some();
    let field = |name: &'static str, zh: &str, en: &str, value: &str| {
        field(visit, told, (of, name), locale.say(zh, en), value.to_owned())
    };
    let facts = [said.address.say(locale), &said.phone, said.directions.say(locale)];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    let facts = if is_typed { say!(locale, "现在是：{facts}", "now: {facts}") } else { facts };
    let name = said.name.say(locale).to_owned();
    // While somebody writes of it, or a change waits, it is not all right.
    let right = listed.filter(|_| waits.is_none() && !is_typed);
    let right = right.map(|listed| still_right(visit, action, place, listed));
    view! {
        <div class="sign-row">
            <div class="flow">
                <p class="sign-name">{name.clone()}</p>
                <p>{facts}</p>
                {waits.map(|change| waiting(visit, change))}
                {right}
            </div>
            <details class="ask" open=is_typed>
                <summary>
                    {locale.say("修改", "Change")}
                    <span class="hidden-visually">{format!(" {name}")}</span>
                </summary>
                <form class="ask-body" method="post" action=action.to_owned() novalidate>
                    <input type="hidden" name="of" value=of.to_owned() />
                    <input type="hidden" name="seen" value=place.seen() />
                    <div class="paper-fields place-fields">
                        {field("name_zh", "名称", "Name in Chinese", &draft.name_zh)}
                        {field("name_en", "英文名称", "Name in English", &draft.name_en)}
                        {field("address_zh", "地址", "Address in Chinese", &draft.address_zh)}
                        {field("address_en", "英文地址", "Address in English", &draft.address_en)}
                        {field("phone", "电话", "Phone", &draft.phone)}
                        {field("directions_zh", "怎么走（可以不写）", "Directions in Chinese (optional)", &draft.directions_zh)}
                        {field("directions_en", "英文怎么走（可以不写）", "Directions in English (optional)", &draft.directions_en)}
                    </div>
                    <p class="acts">
                        <button class="act act-strong" name="do" value="describe">{locale.say("保存", "Save")}</button>
                    </p>
                </form>
            </details>
        </div>
    }
    .into_any()
}

/// When somebody last said that it is right, and the press that says so again.
fn still_right(visit: &Visit, action: &str, place: &PlaceSaid, listed: Listed) -> AnyView {
    let locale = visit.locale;
    let last = match listed.confirmed.map(|on| locale.date(on)) {
        Some(date) => say!(locale, "上次核实：{date}", "Last confirmed on {date}"),
        None => locale.say("还没有人核实过", "Nobody has confirmed it yet").to_owned(),
    };
    view! {
        <form class="acts" method="post" action=action.to_owned()>
            <input type="hidden" name="of" value=place.id.to_string() />
            <input type="hidden" name="seen" value=place.seen() />
            <span class="soft">{last}</span>
            <button class="act" name="do" value=STILL_RIGHT>
                {locale.say("都对，记今天核实过", "All of it is right: note today")}
                <span class="hidden-visually">{format!(" {}", place.said.name.say(locale))}</span>
            </button>
        </form>
    }
    .into_any()
}

/// What is proposed and not in force, by whom, and until when somebody else may confirm it.
fn waiting(visit: &Visit, change: &PlaceChange) -> AnyView {
    let locale = visit.locale;
    let (by, at) = (change.proposed_by.clone().unwrap_or_default(), words::short_moment(locale, change.proposed_at));
    let until = words::short_moment(locale, change.expires_at);
    let text = say!(
        locale,
        "已提出改动，等另一个人确认：{by} 于 {at} 提出，{until} 前没有人确认就作废。现在生效的还是上面的。",
        "A change waits for another person: proposed by {by} on {at}, void if nobody confirms it by {until}. What stands above is in \
         force."
    );
    view! {
        <p class="soft">{text}</p>
        <p><a href=visit.url(confirm::PAGE)>{locale.say("去看改动、撤回或者确认", "See it, withdraw or confirm it")}</a></p>
    }
    .into_any()
}
