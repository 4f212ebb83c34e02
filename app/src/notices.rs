//! Notices as residents see them: what the bureau has to say on a page, before anything else that stands there.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{App, error::Error, notices::shown, places::Place};
use shared::{
    directory::Listing,
    notices::{Board, Notice, Tone, link::Target, prose::Piece},
    places::PlaceId,
};

use crate::{
    components::notice::{Notice as Remark, Tone as Look},
    visit::Visit,
};

/// What stands on the home page now.
pub async fn on_home(app: &App, now: DateTime<Utc>) -> Result<Vec<Notice>, Error> {
    shown::on(app, &[Board::Home], now).await
}

/// What stands now on the page that a service begins at.
pub async fn on_service(app: &App, start: &str, now: DateTime<Utc>) -> Result<Vec<Notice>, Error> {
    shown::on(app, &[service_at(start)], now).await
}

/// What stands now on the page of a place where a service is given, the place's own first: also what is said of the house
/// that it belongs to.
pub async fn on_place(app: &App, start: &str, place: &Place, now: DateTime<Utc>) -> Result<Vec<Notice>, Error> {
    let boards: Vec<_> = of_place(place).chain([service_at(start)]).collect();
    shown::on(app, &boards, now).await
}

/// What stands now on the page of a place that is listed, the place's own first.
pub async fn on_listing(app: &App, listing: &Listing, now: DateTime<Utc>) -> Result<Vec<Notice>, Error> {
    let boards: Vec<_> =
        [Some(&listing.id), listing.parent.as_ref()].into_iter().flatten().cloned().map(Board::Place).collect();
    shown::on(app, &boards, now).await
}

/// What stands now on the pages of a place, whatever for.
pub async fn on_place_alone(app: &App, place: &Place, now: DateTime<Utc>) -> Result<Vec<Notice>, Error> {
    let boards: Vec<_> = of_place(place).collect();
    shown::on(app, &boards, now).await
}

fn of_place(place: &Place) -> impl Iterator<Item = Board> + use<> {
    let id: PlaceId = place.id.clone();
    [Some(id), place.parent.clone()].into_iter().flatten().map(Board::Place)
}

/// The board of the service that begins at a page: `/marriage` is that of `marriage`.
pub fn service_at(start: &str) -> Board {
    Board::Service(start.trim_start_matches('/').to_owned())
}

/// Draws them; nothing where there are none.
pub fn draw(visit: &Visit, notices: &[Notice]) -> Option<AnyView> {
    let all: Vec<_> = notices.iter().map(|notice| one(visit, notice)).collect();
    (!all.is_empty()).then(|| {
        view! {
            <section class="notices off-paper" aria-label=visit.say("通知", "Notices")>
                {all}
            </section>
        }
        .into_any()
    })
}

/// One notice, marked with the language that it is in where that is not the page's.
pub fn one(visit: &Visit, notice: &Notice) -> AnyView {
    folded(visit, notice, false)
}

/// The same with all of its text before the eyes of whoever writes it.
pub fn one_open(visit: &Visit, notice: &Notice) -> AnyView {
    folded(visit, notice, true)
}

fn folded(visit: &Visit, notice: &Notice, is_open: bool) -> AnyView {
    let (wording, locale) = notice.say(visit.locale);
    let lang = (locale != visit.locale).then(|| locale.tag());
    let tone = match notice.tone {
        Tone::Info => Look::Info,
        Tone::Warning => Look::Warning,
    };
    let paragraphs = wording.paragraphs();
    let is_short = paragraphs.len() == 1 && wording.text().chars().count() <= SHORT;
    let text: Vec<_> = paragraphs.iter().map(|pieces| paragraph(visit, pieces)).collect();
    // What people came for stays within reach below a long text.
    let text = if is_short {
        text.into_any()
    } else {
        view! {
            <details class="fold" open=is_open>
                <summary>{locale.say("详细说明", "Read more")}</summary>
                {text}
            </details>
        }
        .into_any()
    };
    let title = wording.title().to_owned();
    view! {
        <div lang=lang>
            <Remark title=title tone=tone>{text}</Remark>
        </div>
    }
    .into_any()
}

/// Characters of a text that stands open.
const SHORT: usize = 100;

fn paragraph(visit: &Visit, pieces: &[Piece<'_>]) -> AnyView {
    let pieces: Vec<_> = pieces
        .iter()
        .map(|piece| match *piece {
            Piece::Words(words) => words.to_owned().into_any(),
            Piece::Link { words, target: Target::Here(path) } => {
                view! { <a href=visit.url(path)>{words.to_owned()}</a> }.into_any()
            }
            Piece::Link { words, target: Target::Government(address) } => {
                view! { <a href=address.to_owned() rel="noreferrer">{words.to_owned()}</a> }.into_any()
            }
        })
        .collect();
    view! { <p>{pieces}</p> }.into_any()
}

#[cfg(test)]
mod tests;
