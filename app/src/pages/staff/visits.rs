//! `/staff/visits/{id}`: one visit with all that belongs to it. Opening it is written down; its acts are the day sheet's.

mod aside;
mod cancel;
mod closed_day;
mod contesting;
mod correct;
mod goes_on;
pub mod history;
mod looks;
pub mod missing;
pub(super) mod on_paper;
mod people;
pub mod refusal;
mod unmask;

use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    client::Client,
    counter::{
        WouldTell,
        acting::would_tell,
        counters::Counter,
        day::{self, Row},
        office,
        one_visit::{self, OneVisit},
    },
    staff::authority::Staff,
};
use shared::{
    calendar::{shanghai, shanghai_date},
    counter::{Act, CounterId, Elsewhere, Ended, Outcome, Reason, StateName, Step, VisitId},
    locale::Locale,
    problem::Problem,
    say,
};

use self::{correct::Correct, unmask::Unmask};
use super::{
    apart::Apart,
    book::Asked as Moving,
    day::{
        act::{called, new_press},
        asked::{Asked, Number},
        elsewhere::{self, Named, sent_to},
        ends::tells,
        seen::sign_of,
        stands::{given_back, state_words},
    },
    refused::refused,
};
use crate::{
    appointments::service::BookingPages,
    components::{back_link::BackLink, error_summary::ErrorSummary, tag::Tag},
    draw,
    pairs::{Pairs, value},
    site::{BookableServices, Signed},
    visit::Visit,
    words,
};

pub const PAGE: &str = "/staff/visits";

/// The query that asks to open a visit for safety: whoever looks over a clerk's shoulder reads no such word in the address.
const ASIDE: &str = "aside";

/// The page of a visit, without the language prefix.
pub fn path(id: &VisitId) -> String {
    format!("{PAGE}/{id}")
}

/// The page of a visit as it is opened for safety, without the language prefix.
pub fn aside(id: &VisitId) -> String {
    format!("{}?{ASIDE}", path(id))
}

/// A visit as somebody sees it now.
struct Opened<'a> {
    visit: &'a Visit,
    one: OneVisit,
    pages: Option<&'static BookingPages>,
    /// Why, where it was opened to keep somebody safe.
    why: Option<Reason>,
    /// What each end would tell people, where whoever looks may put the end right.
    tells: Vec<(Ended, WouldTell)>,
    /// What is told where it was not completed, while they are served.
    not_done: Option<WouldTell>,
    /// Where somebody can have been sent on to.
    elsewhere: Vec<Named>,
    now: DateTime<Utc>,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
) -> Result<Response, Rejection> {
    if is_aside(&visit) {
        return Ok(aside::ask(&app, &visit, &staff, &id, (&Pairs::default(), None)).await?);
    }
    let opened = Opened::load(&app, &visit, (&id, None), &services, &staff).await?;
    Ok(draw(&opened, StatusCode::OK, Unmask::default(), Correct::default()))
}

/// Opens it aside, reads one thing in full in this answer alone, puts right what came of it, or cancels it.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    (client, headers): (Client, HeaderMap),
    Path(id): Path<String>,
    Extension(services): Extension<BookableServices>,
    Extension(staff): Signed,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let why = match (is_aside(&visit), aside::read(&typed)) {
        (false, _) => None,
        (true, Ok(why)) => Some(why),
        (true, Err(errors)) => return Ok(aside::ask(&app, &visit, &staff, &id, (&typed, Some(errors))).await?),
    };
    // Whoever may not open it learns no more by sending a form.
    let opened = Opened::load(&app, &visit, (&id, why.clone()), &services, &staff).await?;
    match value(&typed, "do") {
        Some("aside") => return Ok(draw(&opened, StatusCode::OK, Unmask::default(), Correct::default())),
        Some("correct") => return correct(&app, &staff, &opened, &typed).await,
        Some("cancel") => return cancel::take(&app, &staff, &opened, &typed).await,
        _ => {}
    }
    let sent = unmask::take(&app, &staff, (&client, &headers), &opened, &typed).await?;
    // What was just read stands among the looks already.
    let opened =
        if sent.unmask.is_shown() { Opened::load(&app, &visit, (&id, why), &services, &staff).await? } else { opened };
    let page = draw(&opened, sent.status, sent.unmask, Correct::default());
    Ok(match sent.session {
        Some(token) => super::sign_in::attempt::with_cookies(page, [&token], app.settings().production()),
        None => page,
    })
}

async fn correct(app: &App, staff: &Staff, opened: &Opened<'_>, typed: &Pairs) -> Result<Response, Rejection> {
    match correct::take(app, staff, opened, typed).await? {
        None => Ok(Redirect::to(&opened.itself()).into_response()),
        Some(correct) => Ok(draw(opened, correct.status(), Unmask::default(), correct)),
    }
}

/// Whether it is opened to keep somebody safe.
fn is_aside(visit: &Visit) -> bool {
    visit.query.as_deref() == Some(ASIDE)
}

impl<'a> Opened<'a> {
    /// The visit for what is printed for those of it. Where nothing is owed, nobody has read anything.
    async fn to_print(
        app: &App,
        visit: &'a Visit,
        (id, staff): (&str, &Staff),
        services: &BookableServices,
        is_owed: impl Fn(&Row) -> bool,
    ) -> Result<Self, Error> {
        let known = VisitId::parse(id).map_err(|_| Problem::NotFound)?;
        if !is_owed(&day::one(app, staff, &known, app.now()).await?) {
            return Err(Problem::NotFound.into());
        }
        Self::load(app, visit, (id, None), services, staff).await
    }

    async fn load(
        app: &App,
        visit: &'a Visit,
        (id, why): (&str, Option<Reason>),
        services: &BookableServices,
        staff: &Staff,
    ) -> Result<Self, Error> {
        let id = VisitId::parse(id).map_err(|_| Problem::NotFound)?;
        let now = app.now();
        let one = match &why {
            Some(why) => one_visit::open_aside(app, staff, &id, why, now).await?,
            None => one_visit::open(app, staff, &id, None, now).await?,
        };
        let pages = services.of(&one.row.service);
        let tells = correct::tells(app, staff, &one, pages, visit.locale).await?;
        let is_served = one.may.work && one.row.state.kind() == StateName::Serving;
        let step = Step::Act(Act::Finish(Outcome::as_told()));
        let not_done = if is_served { would_tell(app, staff, &id, &step).await? } else { None };
        let office = office::one(app, &one.office).await?;
        let elsewhere = elsewhere::load(app, visit.locale, services, (&office, now)).await?;
        Ok(Self { visit, one, pages, why, tells, not_done, elsewhere, now })
    }

    /// Why it was opened aside, carried along by its forms.
    fn aside_field(&self) -> Option<AnyView> {
        let why = self.why.as_ref()?.as_str().to_owned();
        Some(view! { <input type="hidden" name=aside::WHY value=why /> }.into_any())
    }

    fn locale(&self) -> Locale {
        self.visit.locale
    }

    /// Where the forms of this page go.
    fn itself(&self) -> String {
        let path = if self.one.purpose.is_hidden() { aside(&self.one.row.id) } else { path(&self.one.row.id) };
        self.visit.url(&path)
    }

    /// Where it says that its booking was cancelled; opened aside, it says so as its state alone.
    fn cancelled(&self) -> String {
        let itself = self.itself();
        if self.one.purpose.is_hidden() { itself } else { format!("{itself}?{}", cancel::DONE) }
    }

    /// The day sheet with this visit alone, where its acts are.
    fn on_the_sheet(&self) -> String {
        let row = &self.one.row;
        let number = row.ticket.map(Number::Ticket).or_else(|| row.reference.map(Number::Reference));
        self.visit.url(&Asked { q: number, ..self.day() }.path())
    }

    fn day(&self) -> Asked {
        let date = (self.one.date != shanghai_date(self.now)).then_some(self.one.date);
        Asked { office: Some(self.one.office.clone()), date, ..Asked::default() }
    }

    fn sign(&self, id: CounterId) -> String {
        let counter: Option<&Counter> = self.one.counters.iter().find(|counter| counter.id == id);
        counter.map_or_else(|| id.to_string(), |counter| sign_of(self.locale(), counter))
    }
}

fn draw(opened: &Opened<'_>, status: StatusCode, unmask: Unmask, correct: Correct) -> Response {
    let (locale, visit, one) = (opened.locale(), opened.visit, &opened.one);
    let row = &one.row;
    let number = named(row, locale);
    let title = say!(locale, "{number} 的情况", "Visit {number}");
    let never_begins = never_begins(one);
    let state = if cancel::is_cancelled(one) {
        locale.say("预约已取消", "cancelled").to_owned()
    } else if row.given_back {
        given_back(locale).to_owned()
    } else if never_begins {
        locale.say("预约已经结束", "booking ended").to_owned()
    } else {
        let there = |there: &Elsewhere| sent_to(locale, &opened.elsewhere, there);
        state_words(locale, &row.state, opened.pages, (|counter| opened.sign(counter), there))
    };
    let facts = facts(opened);
    let messages: Vec<_> = unmask.messages.iter().chain(&correct.messages).cloned().collect();
    draw::no_store(draw::staff(visit, status, &title, || {
        view! {
            <div class="flow one-visit">
                <BackLink href=visit.url(&opened.day().path()) text=locale.say("返回这一天", "Back to the day") />
                <ErrorSummary locale=locale messages=messages />
                {correct.problem.as_ref().map(|problem| refused(locale, problem, None))}
                {cancel::done(opened)}
                <h1>{number} " " <Tag text=state /></h1>
                <p class="soft">{facts}</p>
                {never_begins.then(|| history::untold(opened)).flatten()}
                {unmask::shown(locale, &unmask)}
                <div class="one-visit-body">
                    <div class="flow">
                        {acts(opened)}
                        {correct::draw(opened, &correct)}
                        {people::draw(opened, &unmask)}
                    </div>
                    <div class="flow">
                        {history::draw(opened)}
                        {looks::draw(opened)}
                    </div>
                </div>
            </div>
        }
    }))
}

/// Whether nobody comes with it any more.
fn never_begins(one: &OneVisit) -> bool {
    !one.stands && one.row.state.kind() == StateName::Booked
}

/// What it is called, where there is room for all who come.
fn named(row: &Row, locale: Locale) -> String {
    if row.ticket.is_some() {
        return called(row, locale);
    }
    let names: Vec<_> = row.people.iter().map(|person| person.name.as_str()).collect();
    names.join(locale.say("、", ", "))
}

fn facts(opened: &Opened<'_>) -> String {
    let (locale, row) = (opened.locale(), &opened.one.row);
    let time = words::moment(locale, row.time());
    let time = if row.walk_in { say!(locale, "现场取号，{time}", "walk-in, {time}") } else { time };
    let service = opened.pages.map(|pages| pages.words.name.say(locale).to_owned());
    let reference = row.reference.map(|reference| say!(locale, "预约号 {reference}", "reference {reference}"));
    let clock = |at| locale.time(shanghai(at).time());
    let since = match (row.state.kind(), row.ended_at) {
        (StateName::Booked, _) => None,
        (_, Some(ended)) => Some(say!(locale, "{} 结束", "ended {}", clock(ended))),
        (state, None) if state.is_over() => None,
        (_, None) => Some(say!(locale, "{} 起", "since {}", clock(row.stands_since()))),
    };
    let corrected = row.corrected_at.map(|at| say!(locale, "{} 更正", "corrected {}", clock(at)));
    [service, Some(time), reference, since, corrected].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What is printed for those who leave, without the language prefix, and what the way to it is called.
pub fn printed(locale: Locale, row: &Row, pages: Option<&'static BookingPages>) -> Option<(String, &'static str)> {
    let slips = missing::path(row).map(|path| (path, locale.say("打印材料单", "Print what is to be brought")));
    let refused = || refusal::path(locale, row, pages);
    slips.or_else(|| Some((refused()?, locale.say("打印书面说明（不予办理）", "Print the written reason"))))
}

/// Its acts stand on the day sheet; what is done out of sight stands here as well.
fn acts(opened: &Opened<'_>) -> AnyView {
    let (locale, one) = (opened.locale(), &opened.one);
    if !one.may.work || never_begins(one) {
        return ().into_any();
    }
    let can_move =
        one.may.book && one.row.state.kind() == StateName::Booked && !one.row.walk_in && opened.now < one.row.starts_at;
    let can_end = one.row.state.kind() == StateName::Serving && (one.is_mine || one.may.manage);
    let can_return = opened.pages.is_some_and(|pages| !(pages.at_counter.papers)(locale).is_empty());
    let apart = (can_end && can_return).then(|| {
        let press = view! { <input type="hidden" name="press" value=new_press() /> }.into_any();
        let action = opened.visit.url(&opened.day().path());
        Apart {
            visit: opened.visit,
            row: &one.row,
            action,
            press,
            tells: tells(&one.row, locale, opened.not_done.as_ref()),
        }
        .draw()
    });
    let sheet = printed(locale, &one.row, opened.pages);
    // What has ended is undone there, as long as it can be; after that nothing is left to do.
    let is_open = !one.row.state.is_over() || one.row.undoable.is_some();
    let on_the_sheet = closed_day::draw(opened).or_else(|| is_open.then(|| goes_on::draw(opened)).flatten());
    if on_the_sheet.is_none() && sheet.is_none() && !can_move {
        return ().into_any();
    }
    view! {
        <section class="flow">
            <h2>{locale.say("现在能做什么", "What can be done now")}</h2>
            {on_the_sheet}
            {can_move.then(|| {
                let href = opened.visit.url(&Moving { moves: Some(one.row.id.clone()), ..Moving::default() }.path());
                view! {
                    <p><a href=href>{locale.say("改到别的时间", "Move to another time")}</a></p>
                    {cancel::draw(opened)}
                }
            })}
            {sheet.map(|(sheet, words)| view! { <p><a href=opened.visit.url(&sheet)>{words}</a></p> })}
            {apart}
        </section>
    }
    .into_any()
}
