//! What is looked for: a few conditions as one press each, and all of them as a form whose answers stand in the address.

use chrono::{Days, NaiveDateTime, NaiveTime};
use leptos::prelude::*;
use shared::{
    directory::{Filter, When, said::month_day::moment},
    field::FieldMessage,
    locale::Locale,
    say,
};

use super::{Scene, near, streets::to};
use crate::{
    components::{
        button::{Button, Weight},
        error_summary::message_at,
        field::Labelled,
        text_field::TextField,
    },
    words::capital,
};

/// Draws both; the form is open where something in it is wrong, or nothing is called so.
pub fn draw(scene: &Scene<'_>, filter: &Filter, wrong: &[FieldMessage]) -> AnyView {
    let locale = scene.locale();
    // Whoever found nothing sees what they typed.
    let in_vain = !filter.q.is_empty() && scene.find(filter).is_empty();
    let is_open = in_vain || !wrong.is_empty();
    view! {
        <div class="filters off-paper">
            <ul class="chips" role="list">{chips(scene, filter)}</ul>
            <details class="fold" open=is_open>
                <summary>{locale.say("按名称找，更多条件", "Search by name, more conditions")}</summary>
                {form(scene, filter, wrong)}
            </details>
        </div>
    }
    .into_any()
}

/// What most people look for, each put on and taken off by one press.
fn chips(scene: &Scene<'_>, filter: &Filter) -> Vec<AnyView> {
    let locale = scene.locale();
    let is_now = filter.open_at == Some(When::Now);
    let open = Filter { open_at: (!is_now).then_some(When::Now), ..filter.clone() };
    let mut all = vec![chip(scene, locale.say("现在开着", "Open now"), is_now, &open)];
    all.extend(scene.kind().services.first().map(|service| {
        let on = filter.service.as_ref() == Some(&service.id);
        let other = Filter { service: (!on).then(|| service.id.clone()), ..filter.clone() };
        chip(scene, &capital(service.name.say(locale)), on, &other)
    }));
    let step_free = Filter { step_free: !filter.step_free, ..filter.clone() };
    all.push(chip(scene, locale.say("没有台阶或有坡道", "Step-free or with a ramp"), filter.step_free, &step_free));
    all
}

fn chip(scene: &Scene<'_>, text: &str, on: bool, other: &Filter) -> AnyView {
    let locale = scene.locale();
    let class = if on { "chip chip-on" } else { "chip" };
    let state = on.then(|| view! { <span class="hidden-visually">{locale.say("（已选，点一下去掉）", " (chosen; press to remove)")}</span> });
    let mark = on.then_some("✓ ");
    view! { <li><a class=class href=to(scene, other)>{mark}{text.to_owned()}{state}</a></li> }.into_any()
}

fn form(scene: &Scene<'_>, filter: &Filter, wrong: &[FieldMessage]) -> AnyView {
    let (visit, locale, kind) = (scene.visit, scene.locale(), scene.kind());
    let any = || (String::new(), locale.say("都可以", "Any").to_owned());
    let services = kind.services.iter().map(|one| (one.id.clone(), capital(one.name.say(locale))));
    let tiers = kind.tiers.iter().map(|one| (one.id.clone(), capital(one.name.say(locale))));
    let services = [any()].into_iter().chain(services).collect::<Vec<_>>();
    let tiers = [any()].into_iter().chain(tiers).collect::<Vec<_>>();
    let chosen = |value: &Option<String>| value.clone().unwrap_or_default();
    let open_at = filter.pairs().into_iter().find(|(name, _)| *name == "open_at").map(|(_, value)| value);
    let most = filter.most_yuan.map_or_else(String::new, |yuan| yuan.to_string());
    let area = [("street", &filter.street), ("community", &filter.community)];
    let area = area
        .into_iter()
        .filter_map(|(name, code)| code.clone().map(|code| view! { <input type="hidden" name=name value=code /> }));
    let select = |name: &'static str, label: &str, options: Vec<(String, String)>, chosen: String| {
        let options = options.into_iter().map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        });
        let options = options.collect_view();
        let error = message_at(wrong, name);
        view! {
            <Labelled locale=locale name=name label=label.to_owned() error=error>
                <select class="input" id=name name=name>{options}</select>
            </Labelled>
        }
        .into_any()
    };
    let of_tier = (!kind.tiers.is_empty())
        .then(|| select("tier", locale.say("哪一类", "Which kind"), tiers, chosen(&filter.tier)));
    let by_price = (!kind.is_free()).then(|| {
        view! {
            {select("most", locale.say("一次最多付多少", "At most how much"), prices(locale, filter), most)}
            {tick("free", locale.say("不收费", "Free of charge"), filter.free_of_charge)}
        }
    });
    view! {
        <form method="get" action=scene.pages.url(visit, "") class="flow">
            {area.collect_view()}
            <TextField
                locale=locale
                name="q"
                label=locale.say("名称、地址或社区", "Name, address or community")
                value=filter.q.clone()
                hint=Some(locale.say("可以写拼音或者拼音的第一个字母", "Chinese, pinyin or its initials").to_owned())
                error=message_at(wrong, "q")
            />
            {near::typed()}
            {near::invented_hours(scene)}
            {select("service", locale.say("要哪项服务", "Which service"), services, chosen(&filter.service))}
            {select("open_at", locale.say("什么时候去", "When"), times(scene, filter), open_at.unwrap_or_default())}
            {of_tier}
            {tick("step_free", locale.say("入口没有台阶，或者有坡道", "No step at the entrance, or a ramp"), filter.step_free)}
            {by_price}
            <p class="actions">
                <Button text=locale.say("找一找", "Search") weight=Weight::Secondary />
                <a href=scene.pages.url(visit, "")>{locale.say("去掉所有条件", "Remove all conditions")}</a>
            </p>
        </form>
    }
    .into_any()
}

fn tick(name: &'static str, label: &'static str, on: bool) -> AnyView {
    view! {
        <div class="choice">
            <input type="checkbox" id=name name=name value="1" checked=on />
            <label for=name>{label}</label>
        </div>
    }
    .into_any()
}

/// Prices that are offered, in yuan.
const PRICES: [u32; 5] = [5, 10, 15, 20, 50];

/// Any, and some round ones; what is asked for is among them.
fn prices(locale: Locale, filter: &Filter) -> Vec<(String, String)> {
    let mut offered = PRICES.to_vec();
    offered.extend(filter.most_yuan.filter(|yuan| !PRICES.contains(yuan)));
    offered.sort_unstable();
    let any = (String::new(), locale.say("都可以", "Any").to_owned());
    let offered =
        offered.into_iter().map(|yuan| (yuan.to_string(), say!(locale, "不超过 {yuan} 元", "At most {yuan} yuan")));
    [any].into_iter().chain(offered).collect()
}

/// Times of day to come at.
const HOURS: [u32; 2] = [10, 15];
/// Days ahead that are offered.
const DAYS: u64 = 7;

/// Now, and a morning and an afternoon of each day to come; what is asked for is among them.
fn times(scene: &Scene<'_>, filter: &Filter) -> Vec<(String, String)> {
    let (locale, now) = (scene.locale(), scene.now);
    let at = |day: u64, hour: u32| {
        Some(now.date().checked_add_days(Days::new(day))?.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?))
    };
    let offered = (0..=DAYS).flat_map(|day| HOURS.into_iter().filter_map(move |hour| at(day, hour)));
    let mut offered: Vec<NaiveDateTime> = offered.filter(|at| *at > now).collect();
    if let Some(When::At(asked)) = filter.open_at {
        offered.extend((!offered.contains(&asked)).then_some(asked));
    }
    let said =
        |at: NaiveDateTime| if at.date() == now.date() { today(locale, at, now) } else { moment(locale, at, now) };
    let offered = offered.into_iter().map(|at| (at.format("%Y-%m-%dT%H:%M").to_string(), said(at)));
    let any = (String::new(), locale.say("都可以", "Any time").to_owned());
    let open = ("now".to_owned(), locale.say("现在", "Now").to_owned());
    [any, open].into_iter().chain(offered).collect()
}

fn today(locale: Locale, at: NaiveDateTime, now: NaiveDateTime) -> String {
    let clock = moment(locale, at, now);
    say!(locale, "今天 {clock}", "Today, {clock}")
}
