//! The month, the times of a day, and the time that is held.

use chrono::{Datelike, Days, FixedOffset, NaiveDate, TimeDelta, TimeZone};
use leptos::prelude::*;
use server::appointments::hold::Hold;
use shared::{
    appointments::{HoldId, HoldToken, SlotId, SlotState, SlotView},
    calendar::{LunarDay, SHANGHAI},
    locale::Locale,
};

use super::sample;
use crate::{
    appointments::hold_notice::{Line, hold_line},
    components::{
        month::{Month, MonthDay, Openness, Work},
        times::Times,
    },
    pages::marriage::book::MARRIAGE,
    visit::Visit,
};

pub(super) fn show(visit: &Visit) -> AnyView {
    let locale = visit.locale;
    let next = Some("#".to_owned());
    let grid = (!visit.mode.is_elder()).then(|| {
        let grid = view! { <Month locale=locale days=may(locale) next=next.clone() /> };
        sample(locale.say("月历", "Month"), grid.into_any())
    });
    let list = view! { <Month locale=locale days=may(locale) next=next as_list=true /> };
    let times = view! { <Times locale=locale slots=day() /> };
    view! {
        {grid}
        {sample(locale.say("月历（长者版）", "Month in the large-text view"), list.into_any())}
        {sample(locale.say("一天的时间", "Times of a day"), times.into_any())}
        {sample(locale.say("保留的时间", "A time that is held"), held(visit))}
    }
    .into_any()
}

/// Just taken, nearly over, and extended twice.
fn held(visit: &Visit) -> AnyView {
    let now = SHANGHAI.with_ymd_and_hms(2026, 5, 20, 9, 0, 0).single().unwrap_or_default().to_utc();
    let notices =
        [("taken", 900, 2), ("ending", 100, 1), ("extended", 1500, 0)].map(|(id, seconds, extensions_left)| {
            let ids = (HoldId::parse(id).ok()?, HoldToken::parse(id).ok()?);
            let hold = Hold { id: ids.0, token: ids.1, expires_at: now + TimeDelta::seconds(seconds), extensions_left };
            let longer = (extensions_left > 0).then_some(15);
            let place = visit.say("南山区", "Nanshan District");
            let line = Line { hold: &hold, slot: SlotId(1), starts_at: now + TimeDelta::days(1), place, longer };
            Some(hold_line(visit, &MARRIAGE, line, now))
        });
    view! { <div class="flow">{notices.into_iter().flatten().collect_view()}</div> }.into_any()
}

/// May 2026 with one day of each kind.
fn may(locale: Locale) -> Vec<MonthDay> {
    let first = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap_or_default();
    (0..31).map(|offset| first + Days::new(offset)).map(|date| day_of_may(locale, date)).collect()
}

fn day_of_may(locale: Locale, date: NaiveDate) -> MonthDay {
    let number = date.day();
    let work = match number {
        1..=5 => Work::Holiday(locale.say("劳动节", "Labour Day").to_owned()),
        9 => Work::MakeUp,
        _ => Work::Ordinary,
    };
    let weekend = date.weekday().num_days_from_monday() >= 5;
    let openness = match number {
        1..=7 => Openness::Past,
        8 => Openness::TooSoon,
        _ if weekend && work == Work::Ordinary => Openness::Closed,
        11 | 14 => Openness::Full,
        23.. => Openness::NotYetReleased,
        _ => Openness::Open { remaining: number * 7 % 30 + 1, href: "#".to_owned() },
    };
    let hot = match number {
        20 | 21 => Some(format!("5{number}")),
        _ => None,
    };
    // 17 May 2026 is 四月初一.
    let (month, day) = if number < 17 { (3, number + 14) } else { (4, number - 16) };
    let lunar = (locale == Locale::Zh && day <= 30).then_some(LunarDay { month, leap: false, day });
    MonthDay { date, openness, work, hot, lunar, chosen: number == 13 }
}

fn day() -> Vec<SlotView> {
    let offset: FixedOffset = SHANGHAI;
    let Some(nine) = offset.with_ymd_and_hms(2026, 5, 20, 9, 0, 0).single() else { return Vec::new() };
    let states = [
        (0, SlotState::Past, 0),
        (15, SlotState::TooSoon, 2),
        (30, SlotState::Full, 0),
        (45, SlotState::Free, 1),
        (60, SlotState::Free, 4),
        (75, SlotState::Free, 3),
        (300, SlotState::Free, 12),
        (315, SlotState::NotYetReleased, 3),
        (330, SlotState::Closed, 3),
    ];
    let slot = |(minutes, state, remaining): (i64, SlotState, u32)| {
        let starts_at = nine + TimeDelta::minutes(minutes);
        let ends_at = starts_at + TimeDelta::minutes(15);
        SlotView { id: SlotId(minutes), starts_at, ends_at, capacity: 12, remaining, state, opens_at: None }
    };
    states.into_iter().map(slot).collect()
}
