//! Why nothing is free, and when that changes.

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::{appointments::month::Release, places::Place};
use shared::{
    appointments::{BookingRule, ClosedWhy, DayAvailability, DayView, day::closing_reason},
    calendar::shanghai_date,
    locale::Locale,
    say,
};

use super::{rules, service::BookingPages, until_release::until_release, wish::Wish};
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
    (rule, now): (&BookingRule, DateTime<Utc>),
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
                "有人放弃或取消的时间，稍后会放回来。可以过一会儿再看，也可以选别的日子。",
                "Times that others give up become available again later. Check back, or choose another day.",
            ),
        ],
        DayAvailability::NotYetReleased { opens_at } => {
            let opens = opening(locale, opens_at.to_utc(), now);
            let text = say!(
                locale,
                "{opens}放号，到时候打开这个页面就能约。",
                "It opens {opens}. Open this page then to book."
            );
            [say("这一天还没有放号", "This day is not open for booking yet"), text]
        }
        DayAvailability::TooSoon => {
            let (days, ahead) = (rule.lead_days, rules::counted(rule.lead_days, "day"));
            let text = say!(
                locale,
                "网上至少提前 {days} 天预约。急着办，可以打电话问{place}：{phone}。",
                "You need to book online at least {ahead} ahead. If it is urgent, phone the {place}: {phone}."
            );
            [say("这一天太近，网上不能再约", "This day is too soon to book online"), text]
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
            // Of today it may be the rest alone that was closed.
            let title = if day.date == shanghai_date(now) {
                say!(locale, "{place}今天停办了", "The {place} is closed for the rest of today")
            } else {
                say!(locale, "{place}这一天不办理", "The {place} is closed on this day")
            };
            match closing_reason(note, locale) {
                Some(reason) => [title, say!(locale, "{place}说明：{reason}", "The {place} says: {reason}")],
                None => [title, say("请选择别的日子。", "Please choose another day.")],
            }
        }
        DayAvailability::NoSlots => {
            let title =
                say!(locale, "{place}这一天没有开放网上预约", "The {place} takes no online bookings for this day");
            [title, call]
        }
    })
}

/// Why a booking cannot move to a day that others can book. When its people were born is not said.
pub(super) fn barred(locale: Locale) -> [String; 2] {
    [
        locale.say("这个预约不能改到这一天", "This booking cannot move to this day").to_owned(),
        locale
            .say(
                "预约的人里，有人在这一天还不到可以办理的年龄。请选择以后的日子。",
                "Somebody on the booking is still under age on this day. Please choose a later one.",
            )
            .to_owned(),
    ]
}

/// [`words::opening`] with the space that a clock needs before Chinese words.
fn opening(locale: Locale, instant: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let opens = words::opening(locale, instant, now);
    if locale == Locale::Zh && opens.ends_with(|last: char| last.is_ascii_digit()) { opens + " " } else { opens }
}

/// Said where the first free times would stand.
pub(super) fn nothing_free(visit: &Visit) -> AnyView {
    let title = visit.say("现在没有可以预约的时间", "No times are free at the moment");
    let back = visit.say(
        "已经放出的都约满了。有人放弃或取消的时间，稍后会放回来，可以过一会儿再看。",
        "All times open for booking have been taken. Times that others give up become available again later, so \
         please check back.",
    );
    view! { <Empty title=title><p>{back}</p></Empty> }.into_any()
}

/// When times open next, and what can be done until then, unless that is told already: `told` is the chosen day, and when it opens.
pub(super) fn next_release(
    visit: &Visit,
    wish: &Wish,
    (release, at): (Option<&Release>, &Place),
    told: Option<(NaiveDate, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> AnyView {
    let (locale, pages) = (visit.locale, wish.pages);
    let Some(release) = release else {
        let (place, phone) = (pages.words.place.say(locale), &at.phone);
        let unknown = say!(
            locale,
            "再往后的时间还没有排出来。过几天再来看，也可以打电话问{place}：{phone}。",
            "Later times have not been set yet. Check back in a few days, or phone the {place}: {phone}."
        );
        return view! { <p>{unknown}</p> }.into_any();
    };
    if told.is_some_and(|(day, at)| at == release.at && release.days == [day]) {
        return ().into_any();
    }
    let (when, days) = (words::opening(locale, release.at, now), listed(locale, &release.days));
    let next = say!(locale, "下一次放号：{when}，放出 {days}的时间。", "New times open {when}, for {days}.");
    let until = release.days.first().filter(|_| told.is_none());
    let until = until.map(|first| until_release(visit, &wish.at(&at.id).on(*first), release.at, now));
    view! {
        <div class="release">
            <p>{next}</p>
            {until}
        </div>
    }
    .into_any()
}

/// `5月28日 星期四、5月29日 星期五`, each day in full.
pub(super) fn listed(locale: Locale, days: &[NaiveDate]) -> String {
    let days: Vec<_> = days.iter().map(|day| locale.full_date(*day)).collect();
    match (locale, days.split_last()) {
        (Locale::En, Some((last, before))) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => days.join("、"),
    }
}

/// What to know about the month that is shown: days the place closed, dates in demand that open later, and
/// holidays that are not settled yet. Of the day that is told of with its release nothing is said twice.
pub(super) fn of_month(
    locale: Locale,
    days: &[DayView],
    told: Option<(NaiveDate, DateTime<Utc>)>,
    now: DateTime<Utc>,
) -> AnyView {
    let today = shanghai_date(now);
    let mut remarks = Vec::new();
    for day in days.iter().filter(|day| day.date >= today) {
        let date = locale.full_date(day.date);
        match (&day.availability, &day.hot) {
            (DayAvailability::Closed { why: ClosedWhy::Place { note } }, _) => {
                remarks.push(match closing_reason(note, locale) {
                    Some(reason) if day.date == today => {
                        say!(locale, "今天停办：{reason}", "Closed for the rest of today: {reason}")
                    }
                    Some(reason) => say!(locale, "{date}不办理：{reason}", "Closed on {date}: {reason}"),
                    None => say!(locale, "{date}不办理。", "Closed on {date}."),
                });
            }
            (DayAvailability::NotYetReleased { opens_at }, Some(hot))
                if told.is_none_or(|(told, _)| told != day.date) =>
            {
                let (name, opens) = (hot.name.say(locale), opening(locale, opens_at.to_utc(), now));
                remarks.push(say!(locale, "{name}（{date}）：{opens}放号。", "{name} ({date}) opens {opens}."));
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
            say!(locale, "{year}年的节假日安排还没有公布", "Public holidays for {year} have not been announced yet");
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
