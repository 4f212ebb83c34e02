//! The week from today on, the place's and that of each service with hours of its own.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{
    calendar::DayKind,
    directory::{Listing, ServiceKind, said::month_day::minute},
    hours::{DayHours, Status},
    locale::Locale,
    say,
};

use super::super::{Scene, entry::sure_class, invented};
use crate::words::capital;

/// Days that are shown.
pub(super) const DAYS: usize = 7;

pub fn draw(scene: &Scene<'_>, listing: &Listing) -> AnyView {
    let locale = scene.locale();
    let sure = scene.announced(listing);
    let class = sure_class(&sure);
    let announced = listing.times.words().map(|words| {
        view! {
            <p>{say!(locale, "公布的时间：{words}", "As announced: {words}")}</p>
            <p class="soft">
                {locale.say("这段话没有录成日历，请以它为准，或者打电话问。", "No calendar was made of these words. Go by them, or call.")}
            </p>
        }
    });
    let has_rules = !listing.times.rules().is_empty();
    let usual = has_rules.then(|| week(scene, listing, None));
    let nothing = (!has_rules && listing.times.words().is_none()).then(|| {
        view! { <p>{locale.say("开放时间还不清楚，去之前先打电话问。", "The opening hours are not known. Call before you go.")}</p> }
    });
    let own = scene.with_own_hours(listing).map(|service| {
        let title = title_of(locale, service);
        view! {
            <details class="fold on-paper">
                <summary>{title}</summary>
                {week(scene, listing, Some(&service.id))}
            </details>
        }
    });
    view! {
        <section class="flow">
            <h2>{locale.say("什么时候开", "Opening hours")}</h2>
            {invented::tag_line(locale, listing.times.are_invented())}
            {announced}
            {usual}
            {nothing}
            <p class=class>{sure.said.text(locale)}</p>
            {own.collect_view()}
        </section>
    }
    .into_any()
}

/// What stands above the hours that a service keeps of its own.
pub fn title_of(locale: Locale, service: &ServiceKind) -> String {
    say!(locale, "{}的时间", "{}: hours", capital(service.name.say(locale)))
}

fn week(scene: &Scene<'_>, listing: &Listing, service: Option<&str>) -> AnyView {
    let (locale, today) = (scene.locale(), scene.now.date());
    let night = night(scene, listing, service).map(|left| {
        view! { <tr><th scope="row">{locale.say("昨天夜里", "Last night")}</th><td>{left}</td></tr> }
    });
    let rows = today.iter_days().take(DAYS).map(|date| {
        let hours = day(scene, listing, date, service);
        let notes = notes(scene, listing, date, &hours);
        let class = match (date == today, hours.status) {
            (true, _) => "week-today",
            (_, Status::Unknown) => "week-unknown",
            _ => "",
        };
        view! {
            <tr class=class>
                <th scope="row">{locale.near_day(date, today)}</th>
                <td>
                    {said(locale, &hours)}
                    {notes.into_iter().map(|note| view! { <span class="week-note">{note}</span> }).collect_view()}
                </td>
            </tr>
        }
    });
    view! {
        <table class="week">
            <thead class="hidden-visually">
                <tr>
                    <th scope="col">{locale.say("哪天", "Day")}</th>
                    <th scope="col">{locale.say("几点", "Hours")}</th>
                </tr>
            </thead>
            <tbody>{night}{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// What is left of last night: `到 02:00`.
pub fn night(scene: &Scene<'_>, listing: &Listing, service: Option<&str>) -> Option<String> {
    let locale = scene.locale();
    let hours = listing.times.hours().left_of_eve(scene.now, service, scene.calendar);
    let hours = hours.filter(|_| listing.is_open_for_good(scene.now.date()))?;
    Some(match hours.spans.split_first() {
        Some(((0, end), [])) => {
            let end = minute(locale, *end);
            match hours.status {
                Status::ByAppointment => say!(locale, "到 {end}，要先预约", "until {end}, by appointment"),
                _ => say!(locale, "到 {end}", "until {end}"),
            }
        }
        _ => said(locale, &hours),
    })
}

/// What is announced of a day; what is closed for good is closed, whatever was announced.
pub(super) fn day(scene: &Scene<'_>, listing: &Listing, date: NaiveDate, service: Option<&str>) -> DayHours {
    if listing.is_open_for_good(date) {
        return listing.times.day(date, service, scene.calendar);
    }
    DayHours { status: Status::Closed, spans: Vec::new(), note: None, provisional: false }
}

/// `09:00–12:00，14:00–17:30`.
pub fn said(locale: Locale, hours: &DayHours) -> String {
    let spans = hours.spans.iter().map(|(from, to)| format!("{}–{}", minute(locale, *from), minute(locale, *to)));
    let spans = spans.collect::<Vec<_>>().join(locale.say("，", ", "));
    match hours.status {
        Status::Open => spans,
        Status::ByAppointment if spans.is_empty() => locale.say("要先预约", "By appointment").to_owned(),
        Status::ByAppointment => say!(locale, "{spans}，要先预约", "{spans}, by appointment"),
        Status::Closed => locale.say("不开", "Closed").to_owned(),
        Status::Unknown => locale.say("不清楚，先打电话问", "Not known; call first").to_owned(),
    }
}

/// What sort of day it is where that is unusual, what the place says of it, and that it may still change.
fn notes(scene: &Scene<'_>, listing: &Listing, date: NaiveDate, hours: &DayHours) -> Vec<String> {
    let locale = scene.locale();
    let kind = match scene.calendar.day(date).kind {
        DayKind::Holiday { name, .. } => {
            let name = name.say(locale);
            Some(say!(locale, "{name}放假", "{name} holiday"))
        }
        DayKind::MakeUpWorkday { holiday } => {
            let name = holiday.say(locale);
            Some(say!(locale, "{name}调休，这天上班", "A working day, made up for the {name} holiday"))
        }
        DayKind::Workday | DayKind::Weekend => None,
    };
    let provisional = hours.provisional.then(|| {
        locale.say("放假安排还没有公布，可能会变", "The year’s holidays are not announced; this may change").to_owned()
    });
    let closed = (!listing.is_open_for_good(date)).then(|| locale.say("已经关闭", "Closed for good").to_owned());
    let note = hours.note.as_ref().map(|note| note.say(locale).to_owned()).filter(|note| !note.is_empty());
    kind.into_iter().chain(closed).chain(note).chain(provisional).collect()
}
