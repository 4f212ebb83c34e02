//! `/display/{office}/events`: the board again whenever it changes, whole each time, and a beat between, by which a screen
//! knows that it is live. It ends when the screen is taken back.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{
        Response,
        sse::{Event, Sse},
    },
};
use futures_util::stream;
use server::{
    App, Error, Rejection,
    counter::{
        board::{self, Board},
        changes::Told,
        screens,
        streams::{self, Place},
    },
};
use shared::{problem::Problem, staff::OfficeId};
use tokio::{sync::watch, time::timeout};

use super::{clock, draw_board, known};
use crate::draw::fragment;

/// Between two signs of life.
const BEAT: Duration = Duration::from_secs(4);
/// After how long a browser comes back that lost its line. Milliseconds.
const RETRY: Duration = Duration::from_secs(1);

/// What one screen has been told.
struct Line {
    app: App,
    office: OfficeId,
    screen: String,
    changes: watch::Receiver<Option<Told>>,
    place: Place,
    shown: Option<Board>,
}

pub async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(office): Path<String>,
) -> Result<Response, Rejection> {
    let office = OfficeId::parse(&office).map_err(|_| Problem::NotFound)?;
    let screen = known(&app, &headers, &office, app.now()).await?.ok_or(Problem::NotFound)?;
    let changes = app.hall().changes().watch(&office);
    let place = app.hall().streams().open(&screen.id);
    let line = Line { app, office, screen: screen.id, changes, place, shown: None };
    Ok(streams::answer(Sse::new(stream::unfold(line, next))))
}

/// The next thing to say; nothing more once the screen was taken back, newer lines took its place, or nothing can be read.
async fn next(mut line: Line) -> Option<(Result<Event, Infallible>, Line)> {
    if line.shown.is_some() {
        // Whichever is first; a sender that is gone never tells anything again, and the beat goes on.
        if timeout(BEAT, line.changes.changed()).await.is_ok_and(|told| told.is_err()) {
            tokio::time::sleep(BEAT).await;
        }
        if !line.place.stands() || !screens::stands(&line.app, &line.screen, line.app.now()).await.ok()? {
            return None;
        }
    }
    let event = said(&mut line).await.ok()?;
    Some((Ok(event), line))
}

/// The board where it is another than before, and the time in any case.
async fn said(line: &mut Line) -> Result<Event, Error> {
    line.changes.borrow_and_update();
    let now = line.app.now();
    let board = board::today(&line.app, &line.office, now).await?;
    let event = if line.shown.as_ref() == Some(&board) {
        Event::default().event("beat").data(clock(now))
    } else {
        let html = fragment(|| draw_board(&board)).replace(['\r', '\n'], " ");
        let first = line.shown.is_none();
        line.shown = Some(board);
        let event = Event::default().event("board").data(format!("{}\n{html}", clock(now)));
        if first { event.retry(RETRY) } else { event }
    };
    Ok(event)
}
