//! `/staff/day/events`: how the day stands, whole each time, for the script that says that something is new. It carries visits
//! by their ids and no more, and those of today alone: a list of another day is read on its page, which is on record. It ends
//! with the session, which it does not keep awake.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::State,
    response::{
        Response,
        sse::{Event, Sse},
    },
};
use chrono::NaiveDate;
use futures_util::stream;
use server::{
    App, Error, Rejection,
    counter::{
        changes::Told,
        day::news,
        office::Office,
        streams::{self, Place},
    },
    staff::authority::{self, Staff},
};
use shared::{calendar::shanghai_date, counter::VisitId, staff::Right};
use tokio::{sync::watch, time::timeout};

use super::{asked::Asked, seen};
use crate::{site::Signed, visit::Visit};

/// Between two signs of life.
const BEAT: Duration = Duration::from_secs(5);
/// After how long a browser comes back that lost its line.
const RETRY: Duration = Duration::from_secs(1);

/// What one page has been told.
struct Line {
    app: App,
    staff: Arc<Staff>,
    office: Office,
    date: NaiveDate,
    changes: watch::Receiver<Option<Told>>,
    place: Place,
    /// The version that was told last.
    version: Option<i64>,
    /// Whether the last word was said.
    is_over: bool,
}

pub async fn show(State(app): State<App>, visit: Visit, Extension(staff): Signed) -> Result<Response, Rejection> {
    let asked = Asked::of(&visit);
    let offices = seen::offices(&app, &staff, Right::SeeDay).await?;
    let office = seen::chosen((&staff, &offices), asked.office.as_ref())?.clone();
    let date = asked.date.unwrap_or_else(|| shanghai_date(app.now()));
    let changes = app.hall().changes().watch(&office.id);
    let place = app.hall().streams().open(&staff.signed.id);
    let line = Line { app, staff, office, date, changes, place, version: None, is_over: false };
    Ok(streams::answer(Sse::new(stream::unfold(line, next))))
}

/// The next thing to say; nothing more once the session or the right is over, or nothing can be read. A line whose place
/// newer ones took says so, and ends.
async fn next(mut line: Line) -> Option<(Result<Event, Infallible>, Line)> {
    if line.is_over {
        return None;
    }
    if line.version.is_some() {
        let told = timeout(BEAT, line.changes.changed()).await;
        // A sender that is gone never tells anything again, and the beat goes on.
        if told.is_ok_and(|told| told.is_err()) {
            tokio::time::sleep(BEAT).await;
        }
        if !line.place.stands() {
            // Whoever came back at once would end another line of the same reader.
            line.is_over = true;
            return Some((Ok(bare("elsewhere")), line));
        }
        let staff = authority::again(&line.app, &line.staff, line.app.now()).await.ok()?;
        staff.may(Right::SeeDay, &line.office.whereabouts).ok()?;
        line.staff = Arc::new(staff);
    }
    let event = said(&mut line).await.ok()?;
    Some((Ok(event), line))
}

/// The version and who waits, where that is another than before.
async fn said(line: &mut Line) -> Result<Event, Error> {
    let told = line.changes.borrow_and_update().clone();
    let news = match told {
        None if line.version.is_some() => return Ok(beat(&line.app)),
        // Of this day as it was told, and of any other change whether this day has one as well: only the last is told.
        told => {
            let version = told.filter(|told| told.date == line.date).map(|told| told.version);
            news::of(&line.app, &line.office.id, line.date, version).await?
        }
    };
    if line.version.is_some_and(|version| version >= news.version) {
        return Ok(beat(&line.app));
    }
    let first = line.version.is_none();
    line.version = Some(news.version);
    let is_today = line.date == shanghai_date(line.app.now());
    let waiting: Vec<_> = news.waiting.iter().filter(|_| is_today).map(VisitId::as_str).collect();
    let event = Event::default().event("day").id(news.version.to_string());
    let event = event.data(format!("{}\n{}", news.version, waiting.join(" ")));
    Ok(if first { event.retry(RETRY) } else { event })
}

/// A sign of life, which says what day it is: a sheet that was left open over midnight is one of a day that is over.
fn beat(app: &App) -> Event {
    Event::default().event("beat").data(shanghai_date(app.now()).to_string())
}

/// An event that says all with its name. Without any data a browser would not hear of it.
fn bare(name: &str) -> Event {
    Event::default().event(name).data("-")
}
