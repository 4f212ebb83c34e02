//! `/staff/cases`: what people applied for, by what is to be done with it, who has it, and who has how many.

mod alerts;
mod asked;
pub mod batch;
mod clock;
pub mod export;
pub mod figures;
mod keys;
mod load;
pub mod new;
pub mod one;
pub mod ratings;
mod rows;
pub mod threshold;

use std::collections::BTreeMap;

use axum::{
    Extension, Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use server::{
    App, Error, Rejection, case_officers,
    procedures::{
        acts::{self, Had},
        may,
        queue::{self, Count, Queue},
        ratings::follow,
    },
    staff::authority::Staff,
};
use shared::{
    calendar::shanghai_date,
    locale::Locale,
    problem::Problem,
    procedures::CaseId,
    say,
    staff::{AccountName, Right, StaffId},
};

use self::asked::{Asked, List};
use super::refused::refused;
use crate::{
    components::{
        empty::Empty,
        notice::{Notice, Tone},
    },
    draw,
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
};

pub const PAGE: &str = "/staff/cases";

/// Those who work on cases, as every page of cases shows them.
struct Officers {
    names: BTreeMap<StaffId, AccountName>,
    /// Whom a case can be given; nobody where whoever looks gives none.
    able: Vec<StaffId>,
    me: StaffId,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    let done = value(&pairs, DONE).and_then(|done| said(visit.locale, done));
    Ok(page(&app, &visit, &staff, Asked::read(&pairs), Told { done, problem: None }).await?)
}

/// Gives a case to somebody, or says that somebody knows what was told of it.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    Extension(staff): Signed,
    Query(pairs): Query<Pairs>,
    Form(typed): Form<Pairs>,
) -> Result<Response, Rejection> {
    let asked = Asked::read(&pairs);
    let (what, done) = match value(&typed, "do") {
        Some(alerts::KNOWN) => (alerts::KNOWN, alerts::take(&app, &staff, &typed).await),
        _ => (ASSIGNED, assign(&app, &staff, &typed).await),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&visit.url(&asked.path_with(&[(DONE, what)]))).into_response()),
        Err(error) => {
            let problem = told(error)?;
            Ok(page(&app, &visit, &staff, asked, Told { done: None, problem: Some(problem) }).await?)
        }
    }
}

/// What was just done, in the address.
const DONE: &str = "done";
const HAD: &str = "had";
const ASSIGNED: &str = "assigned";

/// The same in words.
fn said(locale: Locale, done: &str) -> Option<&'static str> {
    match done {
        ASSIGNED => Some(locale.say("已经转好了", "It is passed on")),
        alerts::KNOWN => Some(locale.say("已经记下您知道了", "It is written down that you know")),
        _ => None,
    }
}

/// What the list says of the last press.
struct Told {
    done: Option<&'static str>,
    problem: Option<Problem>,
}

/// What a row sends: the case, and whether it is taken, given to somebody or to nobody.
async fn assign(app: &App, staff: &Staff, typed: &Pairs) -> Result<(), Error> {
    let id = value(typed, "case").and_then(|id| CaseId::parse(id).ok()).ok_or(Problem::NotFound)?;
    let (had, to) = (had(typed)?, to_whom(staff, typed)?);
    acts::give(app, staff, (&id, had), to.as_ref(), app.now()).await
}

/// Whose a case was on the page that a form stood on.
///
/// # Errors
/// As [`to_whom`].
fn had(typed: &Pairs) -> Result<Had, Problem> {
    match value(typed, HAD) {
        None => Ok(Had::Whoever),
        Some("") => Ok(Had::Seen(None)),
        Some(id) => StaffId::parse(id).map(|id| Had::Seen(Some(id))).map_err(|_| Problem::Malformed),
    }
}

/// What the forms that give a case say of whose it is.
fn holder(whose: Option<&StaffId>) -> AnyView {
    let whose = whose.map(ToString::to_string).unwrap_or_default();
    view! { <input type="hidden" name=HAD value=whose /> }.into_any()
}

/// Whom a form gives a case.
///
/// # Errors
/// [`Problem::Malformed`] for what no form sends.
fn to_whom(staff: &Staff, typed: &Pairs) -> Result<Option<StaffId>, Problem> {
    match value(typed, "do") {
        Some("take") => Ok(Some(staff.person().clone())),
        Some("give") => match value(typed, "to") {
            Some("") => Ok(None),
            Some(id) => StaffId::parse(id).map(Some).map_err(|_| Problem::Malformed),
            None => Err(Problem::Malformed),
        },
        _ => Err(Problem::Malformed),
    }
}

/// What can be said on the page itself.
fn told(error: Error) -> Result<Problem, Rejection> {
    let problem = error.into_problem();
    let is_said = match &problem {
        Problem::Refused(_) => problem.status() != 401,
        problem => *problem == Problem::NotFound,
    };
    if is_said { Ok(problem) } else { Err(problem.into()) }
}

impl Officers {
    async fn load(app: &App, staff: &Staff) -> Result<Self, Error> {
        let gives = may(staff, Right::ReviewCases).is_ok() || may(staff, Right::DecideCases).is_ok();
        let able = if gives { case_officers::able(app, staff, app.now()).await? } else { Vec::new() };
        Ok(Self { names: case_officers::names(app, staff).await?, able, me: staff.person().clone() })
    }

    /// What somebody is called.
    fn called(&self, person: &StaffId, locale: Locale) -> String {
        let gone = || locale.say("已经没有的账号", "an account that is gone").to_owned();
        self.names.get(person).map_or_else(gone, ToString::to_string)
    }

    /// Whom it can be given, the first nobody, in a list to choose from.
    fn options(&self, now: Option<&StaffId>, locale: Locale) -> AnyView {
        let nobody = locale.say("先放着，还没有人办", "nobody, for now");
        let able = self.able.iter().map(|person| {
            let (called, is_theirs) = (self.called(person, locale), now == Some(person));
            view! { <option value=person.to_string() selected=is_theirs>{called}</option> }
        });
        let (able, is_nobodys) = (able.collect_view(), now.is_none());
        view! {
            <option value="" selected=is_nobodys>{nobody}</option>
            {able}
        }
        .into_any()
    }
}

async fn page(
    app: &App,
    visit: &Visit,
    staff: &Staff,
    asked: Asked,
    Told { done, problem }: Told,
) -> Result<Response, Error> {
    let (locale, now) = (visit.locale, app.now());
    let officers = Officers::load(app, staff).await?;
    let (counts, today) = (queue::counts(app, staff, now).await?, shanghai_date(now));
    let beside = beside(visit, asked, follow::count(app, staff).await?);
    let running = server::procedures::alerts::standing(app, staff, now).await?;
    let running = alerts::draw(visit, &officers, (asked, running.as_slice()), today);
    let body = match asked.list {
        List::Load => load::draw(visit, &officers, &case_officers::loads(app, staff, now).await?),
        List::Of(queue) => {
            let page = queue::queue(app, staff, queue, asked.page, now).await?;
            rows::draw(visit, &officers, (asked, &page), today)
        }
    };
    let tabs = tabs(visit, asked, &counts);
    let status = problem.as_ref().map_or(StatusCode::OK, server::rejection::status);
    let problem = problem.as_ref().map(|problem| refused(locale, problem, None));
    let title = locale.say("申请", "Applications");
    let decides = may(staff, Right::DecideCases).is_ok();
    let from_which_sum = locale.say("从多少钱起要加签", "From which sum on a further signature is needed");
    let done = done.map(|said| view! { <Notice tone=Tone::Success title=said live=true focus=true /> });
    Ok(draw::staff(visit, status, title, || {
        view! {
            <div class="flow">
                <h1>{title}</h1>
                {problem}
                {done}
                {running}
                {tabs}
                {beside}
                {body}
                {keys::of_lists(locale)}
                {decides.then(|| view! { <p><a href=visit.url(threshold::HERE)>{from_which_sum}</a></p> })}
            </div>
        }
    }))
}

fn tabs(visit: &Visit, asked: Asked, counts: &[(Queue, Count)]) -> AnyView {
    let locale = visit.locale;
    let tabs = List::ALL.map(|list| {
        let count = counts.iter().find(|(of, _)| List::Of(*of) == list);
        let count = count.map(|(_, count)| view! { <span class="count">{count.to_string()}</span> });
        let current = (list == asked.list).then_some("true");
        let href = visit.url(&Asked::of(list).path());
        view! { <li><a href=href aria-current=current>{list.tab(locale)} " " {count}</a></li> }
    });
    view! {
        <nav aria-label=locale.say("看哪一些", "Which ones")>
            <ul class="states" role="list">{tabs.into_iter().collect_view()}</ul>
        </nav>
    }
    .into_any()
}

/// Where else there is something to do or to read.
fn beside(visit: &Visit, asked: Asked, ratings: Count) -> AnyView {
    let locale = visit.locale;
    let waiting = (ratings.cases > 0).then(|| {
        let words = say!(locale, "差评待回访 {ratings} 件", "{ratings} bad ratings wait");
        view! { <a href=visit.url(ratings::HERE)>{words}</a> " " }
    });
    let export = export::path(asked.list).map(|path| {
        view! { " " <a href=visit.url(&path)>{locale.say("导出这一份", "Take this list along")}</a> }
    });
    view! {
        <p class="off-paper">
            {waiting} <a href=visit.url(figures::HERE)>{locale.say("统计", "Figures")}</a> {export}
        </p>
    }
    .into_any()
}

/// Nothing is listed, and where there may be something.
fn none(visit: &Visit, list: List) -> AnyView {
    let locale = visit.locale;
    let beside = list.beside().map(|beside| {
        let tab = beside.tab(locale);
        let words = say!(locale, "看看“{tab}”", "Look at “{tab}”");
        view! { <p><a href=visit.url(&Asked::of(beside).path())>{words}</a></p> }
    });
    view! { <Empty title=list.none(locale)>{beside}</Empty> }.into_any()
}
