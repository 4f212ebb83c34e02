//! `/staff/office/services`: what an office says of its places, what is offered there and when not, and how it calls, for
//! whoever manages it.

mod calling;
mod closing;
mod described;
mod offered;
mod offering;
mod rest_of_day;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    appointments::closure::Effect,
    client::Client,
    counter::{
        day::is_closed,
        described::{self as places, Change, PlaceSaid},
        offered::{self as services},
        office::Office,
        place_change, rules, still_right,
    },
    staff::authority::Staff,
};
use shared::{
    calendar::shanghai_date,
    field::FieldErrors,
    locale::Locale,
    problem::Problem,
    say,
    staff::{OfficeId, Right},
};

pub use self::described::described_as;
use super::{
    super::{
        day::seen,
        proof::{Proof, prove},
        refused::refused,
        small_field::SmallField,
    },
    reason, told,
};
use crate::{
    components::{
        back_link::BackLink,
        error_summary::ErrorSummary,
        notice::{Notice, Tone},
    },
    draw,
    pairs::{Pairs, address, value},
    site::{BookableServices, Signed},
    visit::Visit,
};

pub(in crate::pages::staff) const PAGE: &str = "/staff/office/services";

/// Says of the last press that something is offered by now.
const OFFERED: &str = "offered";

/// This page of one office, without the language prefix.
pub(in crate::pages::staff) fn of_office(office: &OfficeId) -> String {
    address(PAGE, [("office", office.as_str())])
}

/// What the page says beside what there is.
#[derive(Default)]
struct Told {
    /// Everything that was typed last.
    typed: Pairs,
    /// What is wrong with it, by field.
    errors: FieldErrors,
    /// What switching off would do, seen before it is done.
    effect: Option<Effect>,
    /// What those are told who are booked where it closes, as the first of them reads it.
    text: Option<String>,
    /// Tickets of those who are in the hall meanwhile, where it is for the rest of today.
    in_hall: Vec<u32>,
    problem: Option<Problem>,
    /// Somebody else has described the place or set a rule of calling meanwhile.
    overtaken: bool,
}

/// What became of a press.
enum Taken {
    /// Where the page goes on, without the language prefix.
    Done(String),
    Shown(Box<Told>),
}

impl Told {
    /// What was typed into a field of the form of one thing; nothing where another form was sent.
    fn typed(&self, of: &str, field: &str) -> Option<String> {
        (value(&self.typed, "of") == Some(of)).then(|| value(&self.typed, field).unwrap_or_default().to_owned())
    }

    fn error(&self, of: &str, field: &str, locale: Locale) -> Option<String> {
        let reason = self.errors.for_field(field)?;
        (value(&self.typed, "of") == Some(of)).then(|| reason.sentence(locale))
    }
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Extension(bookable): Extension<BookableServices>,
    Query(asked): Query<Pairs>,
) -> Result<Response, Rejection> {
    let office = super::office(&app, &staff, &asked).await?;
    let done = match value(&asked, "done") {
        Some(OFFERED) => offering::done(&visit, &office, &asked),
        _ => closing::done(&visit, &office, &asked),
    };
    let done = done.or_else(|| saved(visit.locale, &asked));
    Ok(draw(&app, &visit, (&staff, &bookable), &office, (done, Told::default())).await?)
}

pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    (client, headers): (Client, HeaderMap),
    Extension(staff): Signed,
    Extension(bookable): Extension<BookableServices>,
    Query(asked): Query<Pairs>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let office = super::office(&app, &staff, &asked).await?;
    if let Some(what) = proved(visit.locale, &typed, app.now()) {
        return match prove(&app, &visit, (&client, &headers), &staff, (&typed, what)).await? {
            Proof::Asked(page) => Ok(page),
            Proof::Given(given) => {
                let page = pressed(&app, &visit, (&given.staff, &bookable), &office, typed).await;
                Ok(given.answer(page))
            }
        };
    }
    Ok(pressed(&app, &visit, (&staff, &bookable), &office, typed).await?)
}

/// What somebody confirms who proves first who they are, once it is right: what is said of a place stands under the bureau's name,
/// and so does what everybody is told who is booked where it closes.
fn proved(locale: Locale, typed: &Pairs, now: DateTime<Utc>) -> Option<&'static str> {
    match value(typed, "do").unwrap_or_default() {
        "describe" => {
            described::read(typed).ok().map(|_| locale.say("确认，并提出改动", "Confirm and propose the change"))
        }
        "switch-off" => {
            offered::read(typed, now).ok().map(|_| locale.say("确认停办这几天", "Confirm and close these days"))
        }
        "close-today" => {
            rest_of_day::read(typed, now).ok().map(|_| locale.say("确认今天停办", "Confirm and close now"))
        }
        _ => None,
    }
}

async fn pressed(
    app: &App,
    visit: &Visit,
    (staff, bookable): (&Staff, &BookableServices),
    office: &Office,
    typed: Pairs,
) -> Result<Response, Error> {
    let mut told = match take(app, (staff, visit.locale), office, &typed).await {
        Ok(Taken::Done(there)) => return Ok(Redirect::to(&visit.url(&there)).into_response()),
        Ok(Taken::Shown(told)) => *told,
        Err(error) => {
            let (errors, problem) = told::read(error)?;
            Told { errors, problem, ..Told::default() }
        }
    };
    // Of a press that writes nothing, nothing was typed.
    if value(&typed, "do") != Some(described::STILL_RIGHT) {
        told.typed = typed;
    }
    draw(app, visit, (staff, bookable), office, (None, told)).await
}

/// One press: `describe`, `still-right`, `preview`, `switch-off`, `preview-today`, `close-today`, `offer`, `calling`.
async fn take(app: &App, (staff, locale): (&Staff, Locale), office: &Office, typed: &Pairs) -> Result<Taken, Error> {
    let now = app.now();
    match value(typed, "do").unwrap_or_default() {
        "describe" => {
            let (id, said) = described::read(typed)?;
            let seen = value(typed, "seen").unwrap_or_default();
            match places::change(app, staff, &id, (&said, seen), now).await? {
                Change::Made => {}
                Change::Proposed => return Ok(done(office, "proposed")),
                Change::Overtaken(_) => return Ok(Taken::Shown(Box::new(Told { overtaken: true, ..Told::default() }))),
            }
        }
        described::STILL_RIGHT => {
            let id = described::place(typed)?;
            let is_right = still_right::say(app, staff, &id, value(typed, "seen").unwrap_or_default(), now).await?;
            return Ok(done(office, if is_right { "right" } else { "changed" }));
        }
        "offer" => {
            let of = offering::take(app, staff, typed).await?;
            let there = [("office", office.id.as_str()), ("done", OFFERED), ("of", of.as_str())];
            return Ok(Taken::Done(address(PAGE, there)));
        }
        act @ ("preview" | "switch-off") => {
            let change = offered::read(typed, now)?;
            return closing::take(app, (staff, locale), (change, office), (typed, act == "switch-off")).await;
        }
        act @ ("preview-today" | "close-today") => {
            let change = rest_of_day::read(typed, now)?;
            return closing::take(app, (staff, locale), (change, office), (typed, act == "close-today")).await;
        }
        "calling" => {
            let (from, rule) = calling::read(typed).read(now)?;
            let seen = value(typed, calling::SEEN).unwrap_or_default();
            if rules::set(app, staff, &office.id, (from, &rule, seen), now).await? == rules::Outcome::Overtaken {
                return Ok(Taken::Shown(Box::new(Told { overtaken: true, ..Told::default() })));
            }
        }
        _ => return Err(Problem::Malformed.into()),
    }
    Ok(done(office, "1"))
}

fn done(office: &Office, what: &str) -> Taken {
    Taken::Done(address(PAGE, [("office", office.id.as_str()), ("done", what)]))
}

fn saved(locale: Locale, asked: &Pairs) -> Option<AnyView> {
    let (tone, title, text) = match value(asked, "done")? {
        "proposed" => (
            Tone::Success,
            locale.say("已经提出，还没有生效", "Proposed, and not in force yet"),
            locale.say(
                "要另一位大厅负责人或者账号管理员确认。在这以前，大家看到的还是原来的。",
                "Another office manager or an account administrator confirms it. Until then everybody reads what was said before.",
            ),
        ),
        "right" => (
            Tone::Success,
            locale.say("记下了：今天核实过", "Noted: confirmed today"),
            locale.say("居民在这个地点的页面上会看到这个日期。", "Residents see the day on the page of the place."),
        ),
        "changed" => (
            Tone::Warning,
            locale.say("没有记：刚刚有人改过", "Not noted: it was just changed"),
            locale.say("下面是现在的样子。看过都对，再按一次。", "This is how it stands now. Press again if all of it is right."),
        ),
        _ => {
            let title = locale.say("已经保存", "Saved");
            return Some(view! { <Notice tone=Tone::Success live=true focus=true title=title /> }.into_any());
        }
    };
    Some(view! { <Notice tone=tone live=true focus=true title=title><p>{text}</p></Notice> }.into_any())
}

async fn draw(
    app: &App,
    visit: &Visit,
    (staff, bookable): (&Staff, &BookableServices),
    office: &Office,
    (done, told): (Option<AnyView>, Told),
) -> Result<Response, Error> {
    let (locale, now) = (visit.locale, app.now());
    let all: Vec<PlaceSaid> = places::list(app, staff, &office.id).await?;
    let waiting = place_change::waiting(app, staff, now).await?;
    let offers = services::at(app, staff, &office.id, now).await?;
    let rules = rules::of(app, &office.id, now).await?;
    let offices = seen::offices(app, staff, Right::ManageOffice).await?;
    let status = told::status(told.problem.as_ref(), told.overtaken, &told.errors);
    let of = value(&told.typed, "of").unwrap_or_default().to_owned();
    let mut messages = told.errors.messages(locale);
    for message in &mut messages {
        // A list of answers goes by its name alone.
        if message.field != "order" {
            message.field = field_id(&of, &message.field);
        }
    }
    let problem = told.problem.as_ref().map(|problem| refused(locale, problem, None));
    let overtaken = told.overtaken.then(|| {
        let title = locale.say("没有保存：刚刚有人改过", "Not saved: it was just changed");
        let text = if of == calling::OF {
            locale.say(
                "“叫号的先后”下面是别人刚定的，您填的还在框里。看过之后可以再保存。",
                "What somebody else has set stands under “Who is called first”, what you entered is kept. Save again once you have \
                 looked.",
            )
        } else {
            locale.say(
                "下面“现在是”后面是别人改的，您写的还在框里。看过之后可以再保存。",
                "What somebody else wrote stands after “now”, what you wrote is kept. Save again once you have looked.",
            )
        };
        view! {
            <div class="met" tabindex="-1" autofocus role="alert">
                <Notice tone=Tone::Warning title=title><p>{text}</p></Notice>
            </div>
        }
    });
    let title = say!(locale, "{}：地点、服务与叫号", "{}: places, services and calling", office.name.say(locale));
    let action = visit.url(&address(PAGE, [("office", office.id.as_str())]));
    let back = visit.url(&super::here(office));
    let chooser = super::choose_at(PAGE, visit, office, &offices);
    let calling = calling::draw(visit, &action, &rules, &told, now);
    let offering = offering::draw(visit, &action, (bookable, &all, &offers), office);
    let ended = is_closed(app, &office.id, shanghai_date(now)).await?;
    let offers = offered::draw(visit, &action, (office, bookable, &offers), &told, (ended, now));
    let listed = described::listed(app, &all, now).await?;
    let places = described::draw(visit, &action, (&all, &waiting, &listed), &told);
    Ok(draw::staff(visit, status, &title, || {
        view! {
            <div class="flow">
                <BackLink href=back text=locale.say("大厅设置", "Office settings") />
                <ErrorSummary locale=locale messages=messages />
                {problem}
                {overtaken}
                {done}
                <h1>{title.clone()}</h1>
                {chooser}
                <div class="two-parts">
                    <div class="flow">
                        {offers}
                        {offering}
                    </div>
                    <div class="flow">
                        {calling}
                        {places}
                    </div>
                </div>
            </div>
        }
    }))
}

/// The id of a field of the form of one thing.
fn field_id(of: &str, field: &str) -> String {
    format!("{field}.{}", of.replace([':', '@'], "."))
}

/// A field of one of these forms.
fn field(visit: &Visit, told: &Told, (of, name): (&str, &'static str), label: &str, value: String) -> AnyView {
    typed_field(visit, told, (of, name), (label, "text"), value)
}

/// Why something is switched off.
fn why(visit: &Visit, told: &Told, of: &str) -> AnyView {
    let (locale, name) = (visit.locale, reason::NAME);
    let (chosen, error) = (told.typed(of, name), told.error(of, name, locale));
    reason::draw(locale, field_id(of, name), chosen.as_deref(), error)
}

/// A field for a day.
fn day(visit: &Visit, told: &Told, (of, name): (&str, &'static str), label: &str, value: String) -> AnyView {
    typed_field(visit, told, (of, name), (label, "date"), value)
}

fn typed_field(
    visit: &Visit,
    told: &Told,
    (of, name): (&str, &'static str),
    (label, kind): (&str, &'static str),
    value: String,
) -> AnyView {
    let locale = visit.locale;
    let (value, error) = (told.typed(of, name).unwrap_or(value), told.error(of, name, locale));
    let (id, name, label) = (field_id(of, name), name.to_owned(), label.to_owned());
    SmallField { id, name, label, value, kind, mode: None, class: "input", error }.draw(locale)
}
