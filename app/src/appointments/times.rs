//! The page of one place: its first free times, its calendar, and the times of the chosen day.

use std::{ops::RangeInclusive, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{
        month::{self, Release},
        slots,
    },
    error::Error,
};
use shared::{
    appointments::{BookingRule, DayAvailability, DayView, SlotView},
    calendar::{DayKind, LunarDay, Month, shanghai_date},
    locale::Locale,
    say,
};

use super::{
    instead::{self, Instead},
    moving::{Moving, first_times_of, without},
    places::{self, ChoosablePlace},
    reasons, rules,
    until_release::until_release,
    wish::Wish,
};
use crate::{
    components::{
        month::{Month as MonthGrid, MonthDay, Openness, Work, in_lunar},
        notice::Notice,
        times::Times,
    },
    islands::SlotRefresh,
    visit::Visit,
};

/// What a place offers, as far as the page shows it.
pub(super) struct Offer {
    pub(super) place: ChoosablePlace,
    rule: BookingRule,
    wish: Wish,
    /// The months that can be turned to.
    months: RangeInclusive<Month>,
    month: Month,
    days: Arc<[DayView]>,
    /// The lunar dates of those days, for pages in Chinese.
    lunar: Vec<Option<LunarDay>>,
    chosen: Option<Chosen>,
    first: Arc<[SlotView]>,
    /// When times open next.
    release: Option<Release>,
    /// Whether a date that many want needs a confirmed phone first.
    codes: bool,
    /// What the booking cannot move to.
    moving: Option<Moving>,
    /// The day or month that was asked for is not shown.
    elsewhere: bool,
    /// The times of the chosen day stand before the calendar: one of them could not be had.
    pub(super) times_first: bool,
    now: DateTime<Utc>,
}

/// The day somebody chose.
struct Chosen {
    day: DayView,
    lunar: Option<LunarDay>,
    /// Its times, when it has free or taken ones.
    times: Arc<[SlotView]>,
    /// The people of the booking that moves may not come on it.
    barred: bool,
    /// What can be had when it has no free one.
    instead: Option<Instead>,
    /// When its times open, where that is to come.
    release: Option<Release>,
}

pub(super) async fn load(
    app: &App,
    place: ChoosablePlace,
    wish: Wish,
    moving: Option<Moving>,
    now: DateTime<Utc>,
) -> Result<Offer, Error> {
    let point = &place.point;
    let rule = point.rule(now)?.clone();
    let first = first_times_of(app, &place, &rule, moving.as_ref(), now).await?;

    let this_month = Month::of(shanghai_date(now));
    let newest = Month::of(rule.last_day(now));
    // One month beyond the newest day, where people look when a day will open.
    let months = this_month..=newest.next().unwrap_or(newest);
    let usual = first.first().map_or(rule.first_day(now), |slot| slot.starts_at.date_naive());
    let date = wish.date.filter(|date| months.contains(&Month::of(*date)));
    let month = wish.month.or(date.map(Month::of)).filter(|month| months.contains(month));
    let elsewhere = date != wish.date || (wish.month.is_some() && month.is_none());
    let month = month.or(date.map(Month::of)).unwrap_or(Month::of(usual));

    let shown = (month.first_day(), month.last_day());
    let days = month::days(app, point, shown, now).await?;
    let lunar: Vec<_> = days.iter().map(|day| app.calendar().lunar(day.date)).collect();
    let chosen = match days.iter().zip(&lunar).find(|(day, _)| Some(day.date) == date) {
        Some((day, lunar)) => {
            let barred = moving.as_ref().is_some_and(|moving| moving.bars(day.date));
            let free = matches!(day.availability, DayAvailability::Free { .. });
            let times = if barred {
                Arc::default()
            } else if free || day.availability == DayAvailability::Full {
                let times = slots::between(app, point, (day.date, day.date), now).await?;
                without(&times, place.id(), moving.as_ref())
            } else {
                Arc::default()
            };
            let from = moving.as_ref().and_then(|moving| moving.from);
            let instead = if free || barred {
                None
            } else {
                Some(instead::load(app, (&place, &rule), &wish, (day.date, from), now).await?)
            };
            let release = match day.availability {
                DayAvailability::NotYetReleased { .. } => month::next_release(app, point, Some(day.date), now).await?,
                _ => None,
            };
            Some(Chosen { day: day.clone(), lunar: *lunar, times, barred, instead, release })
        }
        None => None,
    };
    let release = month::next_release(app, point, None, now).await?;
    let codes = point.phone_codes && app.settings().phone_codes;
    Ok(Offer {
        place,
        rule,
        wish,
        months,
        month,
        days,
        lunar,
        chosen,
        first,
        release,
        codes,
        moving,
        elsewhere,
        times_first: false,
        now,
    })
}

/// The forms and facts below the title.
pub(super) fn page(visit: &Visit, offer: &Offer) -> AnyView {
    let elsewhere = offer.elsewhere.then(|| {
        let title = visit.say("那一天不在可以预约的范围里", "That day is outside the booking period");
        let months = visit.say("已经为您显示可以预约的月份。", "The calendar shows a month that can be booked.");
        view! { <Notice title=title><p>{months}</p></Notice> }
    });
    // Whoever has chosen a day wants its times first; they stand beside the calendar where there is room.
    let first = first_times(visit, offer);
    let times = |times: AnyView| {
        let action = visit.url(&offer.wish.path());
        view! { <form class="flow by-time" method="post" action=action>{times}</form> }
    };
    let (before, after) = match &offer.chosen {
        Some(chosen) => {
            let times = Some(times((chosen_day(visit, offer, chosen), first).into_any()));
            if offer.times_first { (times, None) } else { (None, times) }
        }
        None => (Some(times(first)), None),
    };
    view! {
        {elsewhere}
        <div class="choose-time">
            {before}
            {calendar(visit, offer)}
            {after}
            <div class="flow about-place">
                {rules::rules(visit, offer.wish.pages, &offer.rule)}
                <aside class="aside flow">
                    <h2>{offer.place.point.place.name.say(visit.locale).to_owned()}</h2>
                    {places::tag(visit, offer.wish.pages, &offer.place)}
                    <dl class="pairs">{places::contact(visit, &offer.place.point.place)}</dl>
                </aside>
            </div>
        </div>
    }
    .into_any()
}

fn first_times(visit: &Visit, offer: &Offer) -> AnyView {
    if offer.first.is_empty() {
        return reasons::nothing_free(visit);
    }
    let locale = visit.locale;
    let today = shanghai_date(offer.now);
    let minutes = offer.rule.hold_minutes;
    let you = offer.wish.pages.words.you.say(locale);
    let what = if offer.wish.moving.is_some() {
        say!(
            locale,
            "点一个时间，先为{you}保留，下一步再确认改期。",
            "Choose a time and we will hold it for {you}. You confirm the move on the next page."
        )
    } else {
        say!(
            locale,
            "点一个时间，就为{you}保留 {minutes} 分钟，再填写资料。",
            "Choose a time and we will hold it for {you} for {minutes} minutes while you fill in your details."
        )
    };
    // The first times are often one morning's, so the day is said once.
    let days = offer.first.chunk_by(|one, next| one.starts_at.date_naive() == next.starts_at.date_naive());
    let days = days.map(|slots| {
        let day = locale.near_day(slots[0].starts_at.date_naive(), today);
        let times = slots.iter().map(|slot| offered(locale, &day, slot)).collect_view();
        view! {
            <h3>{day}</h3>
            <ol class="offers" role="list">{times}</ol>
        }
    });
    let others = visit.say("要别的日子或者时段，请", "For another day or time, ");
    view! {
        <section class="flow" aria-labelledby="first">
            <h2 id="first">{visit.say("最早可约", "First free times")}</h2>
            <p>{what}</p>
            {days.collect_view()}
            <p>
                {others}
                <a href="#calendar">{visit.say("按日期选", "choose from the calendar")}</a>
                {visit.say("。", ".")}
            </p>
        </section>
    }
    .into_any()
}

/// The button of a time; its label includes the day for screen readers.
fn offered(locale: Locale, day: &str, slot: &SlotView) -> impl IntoView + use<> {
    let chosen = say!(locale, "选择{day} ", "Choose {day}, ");
    view! {
        <li>
            <button class="offer" name="slot" value=slot.id.to_string()>
                <span class="hidden-visually">{chosen}</span>
                <span class="time-clock">{locale.time(slot.starts_at.time())}</span>
                " "
                <span class="time-state">{left(locale, slot.remaining)}</span>
            </button>
        </li>
    }
}

fn calendar(visit: &Visit, offer: &Offer) -> AnyView {
    let address = |wish: Wish| format!("{}#calendar", visit.url(&wish.path()));
    let turn = |month: Option<Month>| {
        month.filter(|month| offer.months.contains(month)).map(|month| address(offer.wish.in_month(month)))
    };
    let days = offer.days.iter().zip(&offer.lunar).map(|(day, lunar)| month_day(visit, offer, day, *lunar)).collect();
    let explained_at = {
        let (visit, wish) = (visit.clone(), offer.wish.clone());
        Box::new(move |date| format!("{}#day", visit.url(&wish.on(date).path())))
    };
    let release = (offer.release.as_ref(), &offer.place.point.place);
    let told = offer.chosen.as_ref().and_then(|chosen| Some((chosen.day.date, chosen.release.as_ref()?.at)));
    view! {
        <section class="flow by-day" id="calendar" aria-labelledby="by-day">
            <h2 id="by-day">{visit.say("按日期选", "Choose a day")}</h2>
            <MonthGrid
                locale=visit.locale
                days=days
                previous=turn(offer.month.previous())
                next=turn(offer.month.next())
                as_list=visit.mode.is_elder()
                explained_at=explained_at
            />
            {reasons::of_month(visit.locale, &offer.days, told, offer.now)}
            {reasons::next_release(visit, &offer.wish, release, told, offer.now)}
        </section>
    }
    .into_any()
}

fn month_day(visit: &Visit, offer: &Offer, day: &DayView, lunar: Option<LunarDay>) -> MonthDay {
    let barred = offer.moving.as_ref().is_some_and(|moving| moving.bars(day.date));
    let openness = match day.availability {
        DayAvailability::Free { .. } | DayAvailability::Full if barred => Openness::Barred,
        DayAvailability::Free { remaining } => {
            let href = format!("{}#day", visit.url(&offer.wish.on(day.date).path()));
            Openness::Open { remaining, href }
        }
        DayAvailability::Full => Openness::Full,
        DayAvailability::NotYetReleased { .. } => Openness::NotYetReleased,
        DayAvailability::TooSoon => Openness::TooSoon,
        DayAvailability::Past => Openness::Past,
        DayAvailability::Closed { .. } | DayAvailability::NoSlots => Openness::Closed,
    };
    let work = match &day.kind {
        DayKind::Workday | DayKind::Weekend => Work::Ordinary,
        DayKind::Holiday { name, .. } => Work::Holiday(name.say(visit.locale).to_owned()),
        DayKind::MakeUpWorkday { .. } => Work::MakeUp,
    };
    let hot = day.hot.as_ref().map(|hot| short(hot.name.say(visit.locale)));
    let lunar = lunar.filter(|_| visit.locale == Locale::Zh);
    let chosen = offer.chosen.as_ref().is_some_and(|chosen| chosen.day.date == day.date);
    MonthDay { date: day.date, openness, work, hot, lunar, chosen }
}

fn chosen_day(visit: &Visit, offer: &Offer, chosen: &Chosen) -> AnyView {
    let Chosen { day, lunar, times: slots, barred, instead, release } = chosen;
    let title = visit.locale.full_date(day.date);
    let lunar =
        lunar.filter(|_| visit.locale == Locale::Zh).map(|lunar| view! { <p class="soft">{in_lunar(lunar)}</p> });
    let (rule, place) = ((&offer.rule, offer.now), &offer.place.point.place);
    let why = reasons::of_day(visit.locale, offer.wish.pages, rule, place, day);
    let why = why.or_else(|| barred.then(|| reasons::barred(visit.locale)));
    let instead = instead.as_ref().map(|instead| instead::draw(visit, &offer.wish, instead, day.date, offer.now));
    // A booking that moves has its phones already.
    let asks_phone = offer.codes && why.is_none() && offer.moving.is_none();
    let hot = day.hot.as_ref().filter(|_| asks_phone).map(|_| {
        let many = offer.wish.pages.words.many.say(visit.locale);
        say!(
            visit.locale,
            "这一天{many}，保留时间之前要先验证一个手机号。",
            "{many} want this day, so we confirm a phone number before holding a time."
        )
    });
    let until = release.as_ref().map(|release| until_release(visit, &offer.wish.on(day.date), release.at, offer.now));
    let why = why.map(|[title, text]| view! { <Notice title=title><p>{text}</p>{until}</Notice> });
    let hot = hot.map(|hot| view! { <p>{hot}</p> });
    let slots_at = slots_at(offer, day.date);
    let (locale, slots) = (visit.locale, slots.to_vec());
    let times = (!slots.is_empty()).then(|| {
        view! {
            <SlotRefresh>
                <div data-slots-at=slots_at>
                    <Times locale=locale slots=slots />
                </div>
            </SlotRefresh>
        }
    });
    view! {
        <section class="flow" id="day" aria-labelledby="of-day">
            <h2 id="of-day">{title}</h2>
            {lunar}
            {why}
            {hot}
            {instead}
            {times}
        </section>
    }
    .into_any()
}

/// Where the API tells the times of a day anew.
fn slots_at(offer: &Offer, date: NaiveDate) -> String {
    let service = offer.wish.pages.bookable.service.name();
    format!("/api/v1/places/{}/slots?service={service}&from={date}&to={date}", offer.place.id())
}

/// The name of a date without its explanation, for a cell.
fn short(name: &str) -> String {
    name.split(['，', ',']).next().unwrap_or_default().to_owned()
}

fn left(locale: Locale, remaining: u32) -> String {
    say!(locale, "剩 {remaining} 个", "{remaining} left")
}
