//! Why nothing is free, and when that changes.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::places::Place;
use shared::{
    appointments::{BookingRule, ClosedWhy, DayAvailability, DayView},
    calendar::shanghai_date,
    locale::Locale,
    say,
};

use super::{rules, service::BookingPages};
use crate::{
    components::{
        empty::Empty,
        notice::{Notice, Tone},
    },
    visit::Visit,
    words,
};

/// Why no time of a day can be taken; nothing for a day with free times.
pub(super) fn of_day(
    locale: Locale,
    pages: &BookingPages,
    rule: &BookingRule,
    at: &Place,
    day: &DayView,
) -> Option<[String; 2]> {
    let say = |zh: &str, en: &str| locale.say(zh, en).to_owned();
    let (phone, place) = (&at.phone, pages.words.place.say(locale));
    let call = say!(locale, "有疑问可以打电话给{place}：{phone}。", "Questions? Phone the {place}: {phone}.");
    Some(match &day.availability {
        DayAvailability::Free { .. } => return None,
        DayAvailability::Full => [
            say("这一天约满了", "This day is fully booked"),
            say(
                "有人放弃或取消的时间会随机放回来，可以过一会儿再看，也可以选别的日子。",
                "Times that others give up come back at random moments. Look again later, or choose another day.",
            ),
        ],
        DayAvailability::NotYetReleased { opens_at } => {
            let opens = words::moment(locale, opens_at.to_utc());
            let text = say!(
                locale,
                "{opens}放号，到时候打开这个页面就能约。",
                "It opens on {opens}. Open this page then to book."
            );
            [say("这一天还没有放号", "This day is not open for booking yet"), text]
        }
        DayAvailability::TooSoon => {
            let (days, ahead) = (rule.lead_days, rules::counted(rule.lead_days, "day"));
            let text = say!(
                locale,
                "网上至少提前 {days} 天预约。急着办，可以打电话问{place}：{phone}。",
                "Online bookings are made at least {ahead} ahead. If it is urgent, phone the {place}: {phone}."
            );
            [say("这一天太近，网上不能再约", "This day is too near to book online"), text]
        }
        DayAvailability::Past => {
            [say("这一天已经过去", "This day has passed"), say("请选择以后的日子。", "Please choose a later day.")]
        }
        DayAvailability::Closed { why: ClosedWhy::Weekend } => {
            [say("周末不办理", "Closed at the weekend"), say("请选择工作日。", "Please choose a working day.")]
        }
        DayAvailability::Closed { why: ClosedWhy::Holiday { name } } => {
            let name = name.say(locale);
            let title = say!(locale, "{name}放假，不办理", "Closed for the holiday: {name}");
            [title, say("请选择放假以外的日子。", "Please choose a day outside the holiday.")]
        }
        DayAvailability::Closed { why: ClosedWhy::Place { note } } => {
            let text = say!(locale, "{place}说明：{}", "The {place} says: {}", note.say(locale));
            let title = say!(locale, "{place}这一天不办理", "The {place} is closed on this day");
            [title, text]
        }
        DayAvailability::NoSlots => {
            let title =
                say!(locale, "{place}这一天没有开放网上预约", "The {place} takes no online bookings for this day");
            [title, call]
        }
    })
}

/// Said where the first free times would stand.
pub(super) fn nothing_free(visit: &Visit, rule: &BookingRule, now: DateTime<Utc>) -> AnyView {
    let locale = visit.locale;
    let title = visit.say("现在没有可以预约的时间", "Nothing is free at the moment");
    let back = visit.say(
        "已经放出的都约满了。有人放弃或取消的时间会随机放回来，可以过一会儿再看。",
        "Everything that is open has been taken. Times that others give up come back at random moments, so look again \
         later.",
    );
    let next = next_release(locale, rule, now);
    view! {
        <Empty title=title>
            <p>{back}</p>
            <p>{next}</p>
        </Empty>
    }
    .into_any()
}

/// `下一次放号：2026年5月14日 星期四 上午 8:30，放到 5月29日。`
pub(super) fn next_release(locale: Locale, rule: &BookingRule, now: DateTime<Utc>) -> String {
    let next = rule.next_release(now);
    let (when, reach) = (words::moment(locale, next), locale.full_date(rule.last_day(next)));
    say!(locale, "下一次放号：{when}，放出 {reach}的时间。", "Next release: {when}, for {reach}.")
}

/// What to know about the month that is shown: days the place closed, dates in demand that open later, and
/// holidays that are not settled yet.
pub(super) fn of_month(locale: Locale, days: &[DayView], now: DateTime<Utc>) -> AnyView {
    let today = shanghai_date(now);
    let mut remarks = Vec::new();
    for day in days.iter().filter(|day| day.date >= today) {
        let date = locale.full_date(day.date);
        match (&day.availability, &day.hot) {
            (DayAvailability::Closed { why: ClosedWhy::Place { note } }, _) => {
                remarks.push(say!(locale, "{date}不办理：{}", "Closed on {date}: {}", note.say(locale)));
            }
            (DayAvailability::NotYetReleased { opens_at }, Some(hot)) => {
                let (name, opens) = (hot.name.say(locale), words::moment(locale, opens_at.to_utc()));
                remarks.push(say!(locale, "{name}（{date}）：{opens}放号。", "{name} ({date}) opens on {opens}."));
            }
            _ => {}
        }
    }
    let remarks = (!remarks.is_empty()).then(|| {
        let lines = remarks.into_iter().map(|remark| view! { <li>{remark}</li> });
        view! { <ul class="month-remarks">{lines.collect_view()}</ul> }
    });
    let provisional = days.iter().find(|day| day.provisional && day.date >= today).map(|day| {
        let year = chrono::Datelike::year(&day.date);
        let title =
            say!(locale, "{year}年的节假日安排还没有公布", "The holidays of {year} have not been announced yet");
        view! {
            <Notice tone=Tone::Info title=title>
                <p>
                    {locale.say(
                        "日历按周末和固定的法定节日显示。公布以后，放假和调休的日子可能变化。",
                        "The calendar shows weekends and fixed public holidays. Days off and make-up working days may \
                         change once they are announced.",
                    )}
                </p>
            </Notice>
        }
    });
    view! {
        {remarks}
        {provisional}
    }
    .into_any()
}
