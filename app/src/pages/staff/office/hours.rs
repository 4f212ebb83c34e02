//! `/staff/office/hours`: when a service is offered at a place, from a day on and on single days. What a change does to those
//! who are booked is shown before it is made, and the days that follow from it.

mod again;
mod days;
mod shown;
mod typed;
mod week;

use axum::{
    Extension, Form,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    appointments::{
        closure::Seen,
        hours::{Effect, Outcome},
        plan::Plan,
    },
    counter::hours::{self as planned, Planned},
    staff::authority::Staff,
};
use shared::{
    appointments::{
        Service,
        opening::{Draft, Line, tomorrow},
    },
    field::FieldErrors,
    locale::Locale,
    places::PlaceId,
    problem::Problem,
    say,
    staff::OfficeId,
};

use super::{
    super::{refused::refused, service_at},
    told,
};
use crate::{
    components::{
        back_link::BackLink,
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
    },
    draw,
    pairs::{Pairs, address as with_query, value},
    site::{BookableServices, Signed},
    visit::Visit,
};

pub use self::{
    again::{listed, not_told, the_text},
    days::switched_off,
};

const PAGE: &str = "/staff/office/hours";

/// This page of one service at one place of an office, without the language prefix.
pub fn address(office: &OfficeId, of: &str) -> String {
    with_query(PAGE, [("office", office.as_str()), ("of", of)])
}

/// What the page says beside what there is.
#[derive(Default)]
struct Told {
    typed: Pairs,
    errors: FieldErrors,
    /// What a change would do, seen before it is made.
    effect: Option<Effect>,
    problem: Option<Problem>,
    /// Somebody else has changed the plan meanwhile.
    overtaken: bool,
    done: bool,
}

impl Told {
    /// What was typed into a field of the form of one kind of change; nothing where another form was sent.
    fn typed(&self, kind: &str, field: &str) -> Option<&str> {
        self.is_of(kind).then(|| value(&self.typed, field).unwrap_or_default())
    }

    fn error(&self, kind: &str, field: &str, locale: Locale) -> Option<String> {
        let reason = self.errors.for_field(field).filter(|_| self.is_of(kind))?;
        Some(reason.sentence(locale))
    }

    fn is_of(&self, kind: &str) -> bool {
        value(&self.typed, "kind") == Some(kind)
    }
}

/// Which service at which place.
struct There {
    office: OfficeId,
    of: String,
    place: PlaceId,
    service: Service,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Extension(bookable): Extension<BookableServices>,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    if value(&asked, "of").is_none() {
        // Which service is chosen on the page before.
        let office = super::office(&app, &staff, &asked).await?.id;
        let list = with_query(super::services::PAGE, [("office", office.as_str())]);
        return Ok(Redirect::to(&visit.url(&list)).into_response());
    }
    let there = there(&app, &staff, &asked).await?;
    let told = Told { done: value(&asked, "done").is_some(), ..Told::default() };
    Ok(draw(&app, &visit, (&staff, &bookable), &there, told).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Extension(bookable): Extension<BookableServices>,
    Query(asked): Query<Pairs>,
    Form(sent): Form<Pairs>,
) -> Result<Response, Rejection> {
    let there = there(&app, &staff, &asked).await?;
    let mut told = match take(&app, &staff, &there, &sent).await {
        Ok(None) => {
            let here = address(&there.office, &there.of);
            return Ok(Redirect::to(&visit.url(&format!("{here}&done=1"))).into_response());
        }
        Ok(Some(told)) => told,
        Err(error) => {
            let (errors, problem) = told::read(error)?;
            Told { errors, problem, ..Told::default() }
        }
    };
    told.typed = typed::with_lines(sent);
    Ok(draw(&app, &visit, (&staff, &bookable), &there, told).await?)
}

async fn there(app: &App, staff: &Staff, asked: &Pairs) -> Result<There, Error> {
    let office = super::office(app, staff, asked).await?.id;
    let of = value(asked, "of").unwrap_or_default().to_owned();
    let (service, place) = service_at::read(&of).ok_or(Problem::NotFound)?;
    Ok(There { office, of, place, service })
}

/// One press: `preview`, `save`, `save-tell` where people are told as well, `tell` where they are told later, `more` for one line more, `drop:2` for one less. None where it is done.
async fn take(app: &App, staff: &Staff, there: &There, sent: &Pairs) -> Result<Option<Told>, Error> {
    let now = app.now();
    let pressed = value(sent, "do").unwrap_or_default();
    if pressed == "more" || pressed.starts_with("drop:") {
        return Ok(Some(Told::default()));
    }
    let at = (&there.place, &there.service);
    if pressed == again::TELL {
        planned::tell_open_again(app, staff, at, now).await?;
        return Ok(None);
    }
    let change = typed::read(sent, now)?;
    let read = value(sent, "plan").unwrap_or_default().to_owned();
    match pressed {
        "preview" => {
            if planned::planned(app, staff, at, now).await?.plan.seen() != read {
                return Ok(Some(Told { overtaken: true, ..Told::default() }));
            }
            let effect = planned::preview(app, staff, at, &change, now).await?;
            Ok(Some(Told { effect: Some(effect), ..Told::default() }))
        }
        "save" | "save-tell" => {
            let seen = Seen::parse(value(sent, "effect").unwrap_or_default());
            let change = (change, read, seen);
            Ok(match planned::change(app, staff, at, change, pressed == "save-tell", now).await? {
                Outcome::Made => None,
                // It has changed since: looked at once more.
                Outcome::Unseen(effect) => Some(Told { effect: Some(effect), ..Told::default() }),
                Outcome::Overtaken => Some(Told { overtaken: true, ..Told::default() }),
            })
        }
        _ => Err(Problem::Malformed.into()),
    }
}

async fn draw(
    app: &App,
    visit: &Visit,
    (staff, bookable): (&Staff, &BookableServices),
    there: &There,
    told: Told,
) -> Result<Response, Error> {
    let (locale, now) = (visit.locale, app.now());
    let Planned { point, plan, closed } = planned::planned(app, staff, (&there.place, &there.service), now).await?;
    let status = told::status(told.problem.as_ref(), told.overtaken, &told.errors);
    let kind = value(&told.typed, "kind").unwrap_or_default();
    let mut messages = told.errors.messages(locale);
    for message in &mut messages {
        message.field = field_id(kind, &message.field);
    }
    let pages = bookable.of(&point.service);
    let name = pages.map_or_else(|| point.service.name(), |pages| pages.words.name.say(locale));
    let place = point.place.name.say(locale);
    let title = say!(locale, "{name}（{place}）：什么时候办", "{name} ({place}): when");
    let action = visit.url(&address(&there.office, &there.of));
    let back = visit.url(&with_query(super::services::PAGE, [("office", there.office.as_str())]));
    let problem = told.problem.as_ref().map(|problem| refused(locale, problem, None));
    let overtaken = told.overtaken.then(|| overtaken(locale));
    let done = told
        .done
        .then(|| view! { <Notice tone=Tone::Success live=true focus=true title=locale.say("已经保存", "Saved") /> });
    let effect = told.effect.as_ref().map(|effect| shown::effect(visit, &there.office, &action, (effect, &told.typed)));
    let draft = if told.is_of(typed::WEEK) { typed::week(&told.typed) } else { first_draft(&plan, now) };
    let page = days::Page { visit, action: &action, plan: &plan, closed: &closed, told: &told, now };
    let stands = shown::weeks(&page);
    let form = week::draw(&page, &draft);
    let days = days::draw(&page);
    let again = planned::open_again(app, staff, (&there.place, &there.service), now).await?;
    let text = match again.iter().find(|one| !one.told) {
        Some(one) => planned::would_tell_open_again(app, staff, (&there.place, &there.service), one, locale).await?,
        None => None,
    };
    let again = again::draw(visit, (&there.office, &action), &again, text.as_deref());
    Ok(draw::staff(visit, status, &title, || {
        view! {
            <div class="flow">
                <BackLink href=back text=locale.say("地点、服务与叫号", "Places, services and calling") />
                <ErrorSummary locale=locale messages=messages />
                {problem}
                {overtaken}
                {done}
                <h1>{title.clone()}</h1>
                {effect}
                <div class="two-parts">
                    <div class="flow">
                        {stands}
                        {form}
                    </div>
                    <div class="flow">
                        {days}
                        {again}
                    </div>
                </div>
            </div>
        }
    }))
}

/// The newest hours there are, to be changed from the day on that they begin, or from tomorrow.
fn first_draft(plan: &Plan, now: DateTime<Utc>) -> Draft {
    let newest = plan.weeks.last();
    let mut draft = Draft::of(newest.map_or(&[], |week| &week.hours), now);
    if let Some(week) = newest.filter(|week| week.from > tomorrow(now)) {
        draft.from = week.from.to_string();
    }
    if draft.lines.is_empty() {
        draft.lines.push(Line::default());
    }
    draft
}

fn overtaken(locale: Locale) -> AnyView {
    let title = locale.say("没有保存：刚刚有人改过", "Not saved: it was just changed");
    let text = locale.say(
        "页面上是现在的安排，您填的还在。看过之后，再点一次“先看看效果”。",
        "The page shows how it stands now, and what you typed is kept. Once you have looked, see the effect again.",
    );
    view! {
        <div class="met" tabindex="-1" autofocus role="alert">
            <Notice tone=Tone::Warning title=title><p>{text}</p></Notice>
        </div>
    }
    .into_any()
}

/// The id of a field of the form of one kind of change.
fn field_id(kind: &str, field: &str) -> String {
    format!("{kind}.{field}")
}
