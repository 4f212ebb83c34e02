//! A time that ran out or was given up: said plainly, and offered once more while it is free.

use std::cmp::Reverse;

use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App,
    appointments::{month, point, slots},
    error::Error,
    session::Session,
};
use shared::{
    appointments::{SlotId, SlotState, SlotView},
    calendar::shanghai_date,
    locale::Locale,
    problem::Problem,
    say,
};

use super::{
    closed,
    draft::{self, LastHeld, Past},
    hold_notice::FORM,
    service::BookingPages,
    wish::Wish,
};
use crate::{
    components::{
        back_link::BackLink,
        button::{Button, Weight},
        notice::{Notice, Tone},
        times,
    },
    draw,
    visit::Visit,
    words,
};

/// The value of a button `action` that holds a time again.
pub(super) fn action(slot: SlotId) -> String {
    format!("{AGAIN}{slot}")
}

/// Reads `again-17`.
pub(super) fn read(action: &str) -> Option<SlotId> {
    action.strip_prefix(AGAIN)?.parse().ok().map(SlotId)
}

const AGAIN: &str = "again-";

/// Where the button that holds a time again sends what.
pub(super) enum Press {
    /// The page's form [`FORM`], so that what was typed is kept.
    WithForm,
    /// A form of its own, to where holds are acted on.
    Alone { hold_at: String },
    /// A form of its own, to where a booking's new time is chosen.
    Moving { choose_at: String },
}

impl Press {
    /// On a page of a new booking without a form.
    pub(super) fn alone(visit: &Visit, pages: &BookingPages) -> Self {
        Self::Alone { hold_at: visit.url(&pages.path("book/hold")) }
    }

    /// The button for a time.
    pub(super) fn button(&self, locale: Locale, slot: SlotId) -> AnyView {
        let text = locale.say("重新保留", "Hold it again");
        match self {
            Self::WithForm => view! {
                <Button text=text weight=Weight::Secondary name="action" value=action(slot) form=Some(FORM) />
            }
            .into_any(),
            Self::Alone { hold_at } => view! {
                <form method="post" action=hold_at.clone()>
                    <Button text=text weight=Weight::Secondary name="action" value=action(slot) />
                </form>
            }
            .into_any(),
            Self::Moving { choose_at } => view! {
                <form method="post" action=choose_at.clone()>
                    <Button text=text weight=Weight::Secondary name="slot" value=slot.to_string() />
                </form>
            }
            .into_any(),
        }
    }
}

/// A time that is held no more, as it is offered again.
pub struct Lost {
    past: Past,
    now: Now,
}

/// Whether a time that was lost can still be had.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Now {
    Free,
    /// Others have it, or it is too late or too soon for it.
    Taken,
    /// The place has closed its day since.
    Closed,
}

impl Lost {
    pub(super) async fn of(app: &App, pages: &BookingPages, past: Option<Past>) -> Result<Option<Self>, Error> {
        let Some(past) = past else { return Ok(None) };
        let now = match slots::one(app, past.time().slot, &pages.bookable.service).await {
            Ok(placed) if placed.slot.closed => Now::Closed,
            Ok(placed) => {
                let point = point::one(app, &placed.service, &placed.place).await?;
                let of_day = slots::between(app, &point, (placed.date, placed.date), app.now()).await?;
                let is_free = |slot: &SlotView| slot.id == placed.slot.id && slot.state == SlotState::Free;
                if of_day.iter().any(is_free) { Now::Free } else { Now::Taken }
            }
            // What is no longer there is not offered either.
            Err(Error::Problem(_)) => Now::Closed,
            Err(error) => return Err(error),
        };
        Ok(Some(Self { past, now }))
    }

    pub(super) fn time(&self) -> &LastHeld {
        self.past.time()
    }
}

/// The other times of the day of a time.
pub(super) fn day_of(wish: Wish, time: &LastHeld) -> Wish {
    Wish { place: Some(time.place.clone()), month: None, date: Some(shanghai_date(time.starts_at)), ..wish }
}

/// What became of a time, the button that holds it again, and the way to others. `more` is what stays true besides.
pub(super) fn notice(
    visit: &Visit,
    Lost { past, now: stands }: &Lost,
    press: &Press,
    (wish, more): (Wish, Option<String>),
    now: DateTime<Utc>,
) -> AnyView {
    let locale = visit.locale;
    let time = past.time();
    let when = words::short_moment(locale, time.starts_at);
    let (tone, title) = match past {
        Past::RanOut(_) => (
            Tone::Warning,
            say!(locale, "为您保留的时间已经到了：{when}", "The time we held for you has run out: {when}"),
        ),
        Past::GivenUp(_) => (Tone::Info, say!(locale, "{when} 已放回", "{when} has been released")),
        Past::Elsewhere(_) => (
            Tone::Warning,
            say!(
                locale,
                "{when} 不在这里保留了，已经在另一个浏览器里继续办理或者放回",
                "{when} is no longer held here: it was continued or released in another browser"
            ),
        ),
    };
    let ahead = time.starts_at > now;
    let shut = match stands {
        Now::Closed => Some(closed::sentence(visit, wish.pages)),
        Now::Taken if ahead => Some(locale.say("这个时间现在约满了。", "This time is full now.").to_owned()),
        Now::Taken | Now::Free => None,
    };
    let others = visit.url(&day_of(wish, time).path());
    let again = (ahead && *stands == Now::Free).then(|| press.button(locale, time.slot));
    view! {
        <Notice tone=tone title=title live=true>
            {shut.map(|shut| view! { <p>{shut}</p> })}
            {more.map(|more| view! { <p>{more}</p> })}
            <div class="actions again">
                {again}
                <a href=others>{locale.say("选别的时间", "Choose another time")}</a>
            </div>
        </Notice>
    }
    .into_any()
}

/// The answer to whoever asks again for a time that others have taken by now: the nearest that are free.
pub(super) async fn gone(
    app: &App,
    visit: &Visit,
    pages: &'static BookingPages,
    session: &Session,
    slot: SlotId,
    problem: Problem,
) -> Result<Response, Error> {
    let (locale, now, service) = (visit.locale, app.now(), &pages.bookable.service);
    let placed = slots::one(app, slot, service).await?;
    let point = point::one(app, service, &placed.place).await?;
    let starts_at = placed.slot.starts_at;
    let of_day = slots::between(app, &point, (placed.date, placed.date), now).await?;
    let nearest = nearest(&of_day, starts_at);
    let same_day = !nearest.is_empty();
    let offered = if same_day { nearest } else { month::first_free(app, &point, now).await?.to_vec() };
    let draft = draft::note(app, draft::of_a_new_booking(service, session), now, |draft| {
        draft.forgets(slot);
    })
    .await?;
    let kept = draft.kept(locale, now);

    let wish = Wish { place: Some(placed.place), date: Some(placed.date), ..Wish::any(pages) };
    let when = words::short_moment(locale, starts_at);
    let title = locale.say("这个时间不能再保留了", "This time can no longer be held");
    let head = match (offered.is_empty(), same_day) {
        (true, _) => None,
        (_, true) => Some(locale.say("这一天离它最近的时间", "Nearest times that day")),
        (_, false) => Some(locale.say("最早可约", "First free times")),
    };
    let place = point.place.name.say(locale).to_owned();
    let page = draw::page_as(visit, StatusCode::CONFLICT, title, || {
        let all = visit.url(&wish.path());
        let list = offered.iter().map(|slot| view! { <li>{offer(locale, slot, !same_day)}</li> });
        view! {
            <div class="column flow">
                <BackLink href=visit.url(&wish.anywhere().path()) text=locale.say("选时间", "Choose a time") />
                <h1>{title}</h1>
                <p class="lead held-time"><span>{when}</span> " " <span>{place}</span></p>
                <Notice tone=Tone::Warning title=problem.sentence(locale) live=true>
                    {kept.map(|kept| view! { <p>{kept}</p> })}
                </Notice>
                {head.map(|head| view! { <h2>{head}</h2> })}
                <form method="post" action=all.clone()>
                    <ol class="offers offers-wide" role="list">{list.collect_view()}</ol>
                </form>
                <p class="way-on"><a href=all.clone()>{locale.say("看全部时间", "See all times")}</a></p>
            </div>
        }
    });
    Ok(draw::no_store(page))
}

/// Up to three free times of a day, the nearest to an instant, in order of time.
fn nearest(of_day: &[SlotView], to: DateTime<Utc>) -> Vec<SlotView> {
    let mut free: Vec<_> = of_day.iter().filter(|slot| slot.state == SlotState::Free).cloned().collect();
    // Of two that are as near, the later one suits whoever is late already.
    free.sort_by_key(|slot| ((slot.starts_at.to_utc() - to).abs(), Reverse(slot.starts_at)));
    free.truncate(3);
    free.sort_by_key(|slot| slot.starts_at);
    free
}

fn offer(locale: Locale, slot: &SlotView, with_day: bool) -> impl IntoView + use<> {
    let starts_at = slot.starts_at.to_utc();
    let when = if with_day { words::short_moment(locale, starts_at) } else { locale.time(slot.starts_at.time()) };
    view! {
        <button class="offer" name="slot" value=slot.id.to_string()>
            <span class="hidden-visually">{locale.say("选择 ", "Choose ")}</span>
            <span class="time-clock">{when}</span>
            " "
            <span class="time-state">{times::state(locale, slot.state, slot.remaining)}</span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(id: i64, clock: &str, state: SlotState) -> SlotView {
        let starts_at = format!("2026-05-20T{clock}:00+08:00").parse().unwrap();
        SlotView { id: SlotId(id), starts_at, ends_at: starts_at, capacity: 4, remaining: 1, state, opens_at: None }
    }

    #[test]
    fn the_nearest_free_times_of_the_day_are_offered_in_order() {
        let day = [
            slot(1, "09:00", SlotState::Free),
            slot(2, "09:15", SlotState::Free),
            slot(3, "09:30", SlotState::Full),
            slot(4, "09:45", SlotState::Free),
            slot(5, "10:00", SlotState::Free),
            slot(6, "14:00", SlotState::Free),
        ];
        let near = nearest(&day, day[2].starts_at.to_utc());
        assert_eq!(near.iter().map(|slot| slot.id.0).collect::<Vec<_>>(), [2, 4, 5]);
        assert!(nearest(&day[2..3], day[2].starts_at.to_utc()).is_empty());
    }

    #[test]
    fn a_button_names_the_time_it_holds_again() {
        assert_eq!(read(&action(SlotId(17))), Some(SlotId(17)));
        for other in ["again", "again-", "again-x", "extend", "speak-en"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
