//! `…/book/release.ics`: when times open at a place, next or of a day that is wished for, for the calendar of whoever
//! waits for it. It rings shortly before.

use axum::{
    Extension,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use server::{
    App,
    appointments::{month, point},
    rejection::Rejection,
};
use shared::{
    appointments::{CalendarEvent, EntryKind, calendar_file},
    calendar::shanghai_date,
    problem::Problem,
    say,
};

use crate::{
    appointments::{reasons, service::ServicePages, wish::Wish},
    draw,
    pairs::Pairs,
    visit::Visit,
};

/// The address of the file, below the service's own page.
pub(in crate::appointments) const PAGE: &str = "book/release.ics";

/// How long the entry is, in minutes.
const LENGTH: TimeDelta = TimeDelta::minutes(15);

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(pages): ServicePages,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    let (now, locale) = (app.now(), visit.locale);
    let wish = Wish::read(pages, &pairs);
    // A reminder is of one place's times: choose it first.
    let Some(place) = &wish.place else { return Ok(Redirect::to(&visit.url(&wish.path())).into_response()) };
    let point = point::one(&app, &pages.bookable.service, place).await?;
    let release = match (month::next_release(&app, &point, wish.date, now).await?, wish.date) {
        (Some(release), _) => release,
        // The day has opened meanwhile, or never will: its page says which.
        (None, Some(_)) => return Ok(Redirect::to(&visit.url(&wish.path())).into_response()),
        (None, None) => return Err(Problem::NotFound.into()),
    };
    let first = wish.date.or(release.days.first().copied()).unwrap_or_else(|| shanghai_date(release.at));
    let (service, place) = (pages.words.name.say(locale), point.place.name.say(locale));
    let days = reasons::listed(locale, &release.days);
    let title = say!(locale, "{service}放号：{place}", "{service}: times open at the {place}");
    let description = say!(
        locale,
        "放出 {days}的时间。打开下面的网址，点一个时间就为您保留；资料可以提前填好。",
        "Times for {days} open. Open the link below and choose a time to hold it. You can fill in your details \
         beforehand."
    );
    let file = calendar_file(&CalendarEvent {
        kind: EntryKind::Reminder,
        uid: &format!("release-{}-{}-{first}@huimin", pages.bookable.service.name(), point.place.id),
        sequence: 0,
        made_at: now,
        starts_at: release.at,
        ends_at: release.at + LENGTH,
        cancelled: false,
        title: &title,
        place,
        description: &description,
        url: Some(&format!("{}{}", app.settings().origin(), visit.url(&wish.on(first).path()))),
    });
    Ok(draw::calendar_entry(&format!("release-{first}.ics"), file))
}
