//! The booking rule of a place in words, with its source.

use chrono::{NaiveTime, TimeDelta};
use leptos::prelude::*;
use shared::{
    appointments::{BookingRule, Horizon},
    locale::Locale,
    say,
};

use super::service::BookingPages;
use crate::{components::source::SourceLine, visit::Visit};

pub(super) fn rules(visit: &Visit, pages: &BookingPages, rule: &BookingRule) -> AnyView {
    let locale = visit.locale;
    let place = pages.words.place.say(locale);
    let title = say!(locale, "这个{place}的预约规则", "Booking rules of this {place}");
    let mut facts = vec![
        (locale.say("能约哪些天", "Which days"), which_days(locale, rule)),
        (locale.say("什么时候放号", "When days open"), when_released(locale, rule)),
        (locale.say("改期和取消", "Moving and cancelling"), cut_off(locale, rule)),
    ];
    if let Some(penalty) = &rule.penalty {
        facts.push((locale.say("预约未到", "Missed appointments"), penalty.say(locale).to_owned()));
    }
    let facts = facts.into_iter().map(|(name, text)| {
        view! { <div class="fact"><dt>{name}</dt><dd>{text}</dd></div> }
    });
    view! {
        <details class="fold">
            <summary>{title}</summary>
            <dl class="facts">{facts.collect_view()}</dl>
            <SourceLine locale=locale title=rule.source.cited(locale) checked=rule.checked />
        </details>
    }
    .into_any()
}

/// The time of day at which days open: `8:30`, or `midnight`.
pub(super) fn release_time(locale: Locale, rule: &BookingRule) -> String {
    let time = NaiveTime::MIN.overflowing_add_signed(TimeDelta::minutes(rule.release_minute.into())).0;
    if rule.release_minute == 0 { locale.say("零点", "midnight").to_owned() } else { locale.time(time) }
}

fn which_days(locale: Locale, rule: &BookingRule) -> String {
    let farthest = match rule.horizon {
        Horizon::Days(days) => {
            let ahead = counted(days, "day");
            say!(locale, "最远 {days} 天后", "up to {ahead} ahead")
        }
        Horizon::Months(months) => {
            let ahead = counted(months, "month");
            say!(locale, "最远 {months} 个月后的同一天", "up to {ahead} ahead")
        }
    };
    match rule.lead_days {
        0 => say!(locale, "最早当天，{farthest}。", "From today, {farthest}."),
        1 => say!(locale, "最早明天，{farthest}。", "From tomorrow, {farthest}."),
        days => {
            let later = counted(days, "day");
            say!(locale, "最早 {days} 天后，{farthest}。", "From {later} ahead, {farthest}.")
        }
    }
}

fn when_released(locale: Locale, rule: &BookingRule) -> String {
    let time = release_time(locale, rule);
    match rule.horizon {
        Horizon::Days(days) => {
            let later = counted(days, "day");
            say!(
                locale,
                "每天{time}，放出 {days} 天后那一天的全部时间。",
                "Every day at {time}, all times for the day {later} ahead open."
            )
        }
        Horizon::Months(months) => {
            let later = counted(months, "month");
            say!(
                locale,
                "每天{time}，放出 {months} 个月后同一天的全部时间。",
                "Every day at {time}, all times for the same day {later} ahead open."
            )
        }
    }
}

fn cut_off(locale: Locale, rule: &BookingRule) -> String {
    let (cancel, reschedule) = (rule.cancel_cutoff_days, rule.reschedule_cutoff_days);
    if cancel == reschedule {
        return say!(
            locale,
            "都可以在网上办，最晚到{}。",
            "You can do both online until {}.",
            day_before(locale, cancel)
        );
    }
    let (cancel, reschedule) = (day_before(locale, cancel), day_before(locale, reschedule));
    say!(
        locale,
        "网上改期最晚到{reschedule}，取消最晚到{cancel}。",
        "Online, you can move a booking until {reschedule} and cancel it until {cancel}."
    )
}

fn day_before(locale: Locale, days: u32) -> String {
    match (days, locale) {
        (0, Locale::Zh) => "预约当天开始办理之前".to_owned(),
        (0, Locale::En) => "the appointment begins".to_owned(),
        (days, Locale::Zh) => format!("预约日前 {days} 天的 24:00"),
        (1, Locale::En) => "the end of the day before".to_owned(),
        (days, Locale::En) => format!("the end of the day {days} days before"),
    }
}

/// `1 day`, `3 days`.
pub(super) fn counted(number: u32, unit: &str) -> String {
    if number == 1 { format!("{number} {unit}") } else { format!("{number} {unit}s") }
}
