//! `/staff/cases/{id}`: one application with all that belongs to it. Opening it is written down, and the family reads that.

mod acts;
mod alike;
mod answers;
mod ask;
mod checks;
mod correct;
mod doing;
pub mod file;
mod form;
mod head;
mod history;
pub mod letter;
mod note;
mod papers;
mod pass;
mod proposal;
mod propose;
mod rating;
mod reveal;
mod rivals;
mod sure;
mod talk;
mod untold;

use axum::{
    Extension, Form as Sent,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use server::{
    App, Error, Rejection,
    client::Client,
    procedures::{
        cases::{self, OfficeCase},
        cosign,
        notes::{self, Note},
        ratings::{self, Rated, follow},
        talk::{self as said, Talk},
        unsettled::{self, Untold},
    },
    staff::authority::Staff,
};
use shared::{
    calendar::shanghai_date,
    locale::Locale,
    problem::Problem,
    procedures::{ActName, CaseId, Field, Procedure},
    say,
    staff::Right,
};

use self::form::Form;
use super::{Officers, PAGE, keys};
use crate::{
    components::{back_link::BackLink, error_summary::ErrorSummary},
    draw,
    pages::{procedures::fields, staff::refused::refused},
    pairs::{Pairs, value},
    site::Signed,
    visit::Visit,
};

/// The page of a case, without the language prefix.
pub fn path(id: &CaseId) -> String {
    format!("{PAGE}/{id}")
}

/// A case as somebody sees it now.
struct Opened<'a> {
    visit: &'a Visit,
    case: OfficeCase,
    /// What the family said of it, where that is shown.
    rated: Option<Rated>,
    notes: Vec<Note>,
    talk: Talk,
    /// Texts to the family that did not arrive.
    untold: Vec<Untold>,
    /// Whether whoever looks worked on it, so that a bad rating is another's to follow up.
    is_own: bool,
    officers: Officers,
    today: NaiveDate,
}

pub async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<String>,
    Extension(staff): Signed,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Rejection> {
    let opened = Opened::to_read(&app, &visit, &staff, &id).await?;
    let form = Form {
        correct: value(&pairs, correct::WHICH).map(str::to_owned),
        done: value(&pairs, DONE).map(str::to_owned),
        ..Form::default()
    };
    Ok(page(&opened, StatusCode::OK, &form))
}

/// Does something to it, gives it to somebody, or reads one answer in full in this answer alone.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    (client, headers): (Client, HeaderMap),
    Path(id): Path<String>,
    Extension(staff): Signed,
    Sent(typed): Sent<Pairs>,
) -> Result<Response, Rejection> {
    // Whoever may not open it learns no more by sending a form.
    let opened = Opened::to_read(&app, &visit, &staff, &id).await?;
    match value(&typed, "do") {
        Some("reveal") => reveal::take(&app, (&client, &headers), &staff, opened, typed).await,
        Some(acts::COSIGN) => cosigned(&app, &staff, opened, typed).await,
        Some("take" | "give") => given(&app, &staff, &opened, &typed).await,
        Some("note") => note::take(&app, &staff, &opened, typed).await,
        Some(talk::WRITE) => talk::take(&app, &staff, opened, typed).await,
        Some(rating::FOLLOW) => rating::take(&app, &staff, &opened, typed).await,
        pressed => match pressed.and_then(untold::pressed) {
            Some(what) => untold::take(&app, &staff, &opened, (what, typed)).await,
            None => doing::take(&app, &staff, opened, typed).await,
        },
    }
}

/// What was just done, in the address.
const DONE: &str = "done";

async fn given(app: &App, staff: &Staff, opened: &Opened<'_>, typed: &Pairs) -> Result<Response, Rejection> {
    let (had, to) = (super::had(typed)?, super::to_whom(staff, typed)?);
    match server::procedures::acts::give(app, staff, (&opened.case.id, had), to.as_ref(), app.now()).await {
        Ok(()) => Ok(Redirect::to(&opened.done("assigned")).into_response()),
        // This page was read after that of the form, so it shows whose the case is.
        Err(error) => {
            let problem = super::told(error)?;
            Ok(page(opened, server::rejection::status(&problem), &Form::refused(typed.clone(), problem)))
        }
    }
}

/// The further signature, over what was read.
async fn cosigned(app: &App, staff: &Staff, opened: Opened<'_>, typed: Pairs) -> Result<Response, Rejection> {
    let seen: u32 = value(&typed, "version").and_then(|version| version.parse().ok()).ok_or(Problem::Malformed)?;
    let hash = value(&typed, doing::HASH).unwrap_or_default();
    match cosign::cosign(app, staff, &opened.case.id, (seen, hash), app.now()).await {
        Ok(()) => Ok(Redirect::to(&opened.done(acts::COSIGN)).into_response()),
        Err(error) => doing::not_done(app, staff, opened, (ActName::Approve, typed), error).await,
    }
}

impl<'a> Opened<'a> {
    async fn load(app: &App, visit: &'a Visit, staff: &Staff, id: &str) -> Result<Self, Error> {
        let id = CaseId::parse(id).map_err(|_| Problem::NotFound)?;
        let now = app.now();
        let case = cases::one(app, staff, &id, now).await?;
        let officers = Officers::load(app, staff).await?;
        Ok(Self {
            visit,
            case,
            rated: None,
            notes: Vec::new(),
            talk: Talk::default(),
            untold: Vec::new(),
            is_own: false,
            officers,
            today: shanghai_date(now),
        })
    }

    /// The same with what the family said and wrote, and what colleagues noted: whoever sees the page has read all of it.
    async fn to_read(app: &App, visit: &'a Visit, staff: &Staff, id: &str) -> Result<Self, Error> {
        let mut opened = Self::load(app, visit, staff, id).await?;
        opened.rated = ratings::of_case(app, staff, &opened.case.id, app.now()).await?;
        opened.notes = notes::of_case(app, staff, &opened.case.id).await?;
        opened.talk = said::of_case(app, staff, &opened.case.id, app.now()).await?;
        opened.untold = unsettled::untold(app, staff, &opened.case.id).await?;
        if opened.rated.as_ref().is_some_and(Rated::waits) {
            opened.is_own = follow::is_own(app, staff, &opened.case.id).await?;
        }
        Ok(opened)
    }

    fn locale(&self) -> Locale {
        self.visit.locale
    }

    fn procedure(&self) -> &Procedure {
        &self.case.offered.procedure
    }

    /// The day whose texts bind: the one that the procedure names, else that of the decision.
    fn counts_on(&self) -> NaiveDate {
        let decided = || self.case.decided_at.map_or(self.today, shanghai_date);
        self.case.counts_on.unwrap_or_else(decided)
    }

    fn may(&self, act: ActName) -> bool {
        self.case.may.contains(&act)
    }

    /// Whether whoever looks reviews or signs.
    fn works(&self) -> bool {
        let rights = self.visit.at_work.as_ref().map(|person| &person.rights);
        rights.is_some_and(|rights| rights.contains(&Right::ReviewCases) || rights.contains(&Right::DecideCases))
    }

    /// Where the forms of this page go.
    fn itself(&self) -> String {
        self.visit.url(&path(&self.case.id))
    }

    /// Where it says that something was done.
    fn done(&self, what: &str) -> String {
        format!("{}?{DONE}={what}", self.itself())
    }

    /// What a field or a paper is called.
    fn item(&self, id: &str) -> String {
        let (locale, procedure) = (self.locale(), self.procedure());
        let field = procedure.field(id).map(Field::for_office);
        let paper = || procedure.papers.iter().find(|paper| paper.id == id).map(|paper| &paper.name);
        field.or_else(paper).map_or_else(|| id.to_owned(), |name| name.say(locale).to_owned())
    }
}

fn page(opened: &Opened<'_>, status: StatusCode, form: &Form) -> Response {
    let (locale, visit) = (opened.locale(), opened.visit);
    let number = opened.case.reference.to_string();
    let title = say!(locale, "申请 {number}", "Application {number}");
    let messages = fields::named(locale, &form.messages, |field| correct::called(opened, form, field));
    let problem = form.problem.as_ref().map(|problem| refused(locale, problem, None));
    draw::no_store(draw::staff(visit, status, &title, || {
        view! {
            <div class="flow one-visit">
                <BackLink href=visit.url(PAGE) text=locale.say("返回申请", "Back to applications") />
                <ErrorSummary locale=locale messages=messages />
                {problem}
                {head::draw(opened, form)}
                {untold::draw(opened)}
                {reveal::shown(opened, form)}
                {keys::of_case(locale)}
                <div class="case-body">
                    <div class="flow">
                        {acts::draw(opened, form)}
                        {correct::draw(opened, form)}
                        {pass::draw(opened, form)}
                        {answers::differences(opened)}
                        {answers::draw(opened)}
                        {reveal::form(opened, form)}
                        {papers::draw(opened)}
                        {checks::draw(opened)}
                    </div>
                    <div class="flow">
                        {proposal::draw(opened)}
                        {rating::draw(opened, form)}
                        {rivals::draw(opened)}
                        {alike::draw(opened)}
                        {talk::draw(opened, form)}
                        {note::draw(opened, form)}
                        {history::draw(opened)}
                        {history::looks(opened)}
                    </div>
                </div>
            </div>
        }
    }))
}
