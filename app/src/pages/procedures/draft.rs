//! `/procedures/{id}/drafts/{draft}`: a half-filled application, part by part; with `?step=` one page of its form.

pub mod check;
pub mod discard;
pub mod file;
mod gone;
mod handed_in;
mod kept;
pub mod papers;
mod step;
mod tasks;
mod two_windows;

use axum::{
    Form,
    extract::{FromRequestParts, Path, Query, State},
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use server::{
    App, Error, Rejection,
    procedures::{
        drafts::{self, Draft},
        files::Handed,
        papers::of_draft,
    },
    staff::authority,
};
use shared::{
    calendar::{Deadline, shanghai_date},
    locale::Locale,
    problem::Problem,
    procedures::{DraftId, DraftToken, Procedure, Refusal, Step},
    staff::Refusal as NotStaff,
};

use self::gone::Gone;
use super::{keys::Keys, offered, path_of};
use crate::{
    cookies,
    pairs::{Pairs, value},
    visit::Visit,
};

/// A draft that this browser has the key to, at one moment.
pub struct Opened {
    draft: Draft,
    /// What was handed in of papers.
    files: Vec<Handed>,
    /// Whether whoever is signed in here fills it in for a family.
    at_counter: bool,
    now: DateTime<Utc>,
    today: NaiveDate,
    /// By when it is to be claimed, where that is known.
    claim_ends: Option<Deadline>,
}

pub async fn show(visit: Visit, opened: Opened, Query(asked): Query<Pairs>) -> Result<Response, Rejection> {
    if opened.draft.submitted.is_some() {
        return Ok(handed_in::draw(&visit, &opened));
    }
    match value(&asked, STEP) {
        Some(id) => {
            let place = opened.step(id).ok_or(Problem::NotFound)?;
            Ok(step::draw(&visit, &opened, place, Vec::new()))
        }
        None => Ok(tasks::draw(&visit, &opened)),
    }
}

/// Keeps one page of the form. A script that asks for JSON is told that it was kept, and nothing of whether it is right: it sends
/// what is still being typed.
pub async fn submit(
    State(app): State<App>,
    visit: Visit,
    opened: Opened,
    Query(asked): Query<Pairs>,
    headers: HeaderMap,
    Form(sent): Form<Pairs>,
) -> Result<Response, Rejection> {
    let place = value(&asked, STEP).and_then(|id| opened.step(id)).ok_or(Problem::NotFound)?;
    let is_typing = headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    step::submit(&app, &visit, opened, place, (&sent, is_typing)).await
}

/// The name in an address of the page of the form that is meant.
const STEP: &str = "step";
/// What stands behind it in the address of a page to which one came from that of all answers.
const FROM_CHECK: &str = "&from=check";

impl Opened {
    fn procedure(&self) -> &Procedure {
        &self.draft.offered.procedure
    }

    /// What is applied for.
    fn name(&self, locale: Locale) -> String {
        self.procedure().name().say(locale).to_owned()
    }

    /// The place of a page of the form among the others.
    fn step(&self, id: &str) -> Option<usize> {
        self.procedure().steps.iter().position(|step| step.id == id)
    }

    /// A page of this draft, such as `check`; its parts for an empty name.
    fn address(&self, visit: &Visit, page: &str) -> String {
        let slash = if page.is_empty() { "" } else { "/" };
        visit.url(&format!("{}/drafts/{}{slash}{page}", path_of(&self.procedure().id), self.draft.id))
    }

    /// One page of its form.
    fn step_address(&self, visit: &Visit, step: &Step) -> String {
        format!("{}?{STEP}={}", self.address(visit, ""), step.id)
    }

    /// The same, to change one answer and come back to all of them.
    fn change_address(&self, visit: &Visit, step: &Step) -> String {
        format!("{}{FROM_CHECK}", self.step_address(visit, step))
    }

    /// By what name a script knows a page of its form.
    fn mark(&self, step: &Step) -> String {
        format!("{} {}", self.draft.id, step.id)
    }
}

/// The draft that the address names, if this browser has the key to it; else the page that says what to do.
impl FromRequestParts<App> for Opened {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let refused = |error: Error| Rejection::from(error).into_response();
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let named = Path::<(String, String)>::from_request_parts(parts, app).await.ok();
        let named = named.and_then(|Path((procedure, id))| Some((procedure, DraftId::parse(&id).ok()?)));
        let (procedure, id) = named.ok_or_else(|| refused(Problem::NotFound.into()))?;
        let offered = offered(app, &procedure).map_err(|problem| refused(problem.into()))?;
        let keys = Keys::read(&parts.headers, cookies::DRAFTS, app.settings().production());
        let token = keys.of(id.as_str()).and_then(|secret| DraftToken::parse(secret).ok());
        let token = token.ok_or_else(|| gone::draw(&visit, &offered, Gone::NotHere))?;
        let now = app.now();
        let draft = drafts::load(app, &id, &token, now).await.map_err(|error| match error {
            Error::Problem(Problem::NotFound) => gone::draw(&visit, &offered, Gone::NotHere),
            error if error.refusal::<Refusal>() == Some(Refusal::DraftOver) => gone::draw(&visit, &offered, Gone::Over),
            error => refused(error),
        })?;
        // A draft of one procedure opens no page of another.
        if draft.offered.procedure.id != procedure {
            return Err(gone::draw(&visit, &offered, Gone::NotHere));
        }
        let at_counter = match &draft.filed_by {
            None => false,
            Some(filer) => match authority::of_cookie(app, &parts.headers, now).await {
                Ok(staff) if staff.person() == filer => true,
                // Who filled it in is one person, or the record of who may decide on it would not be true.
                Ok(_) => return Err(gone::draw(&visit, &offered, Gone::Anothers)),
                // The family goes on with it by a code to its phone.
                Err(error) if matches!(error.refusal(), Some(NotStaff::SignInNeeded)) => false,
                Err(error) => return Err(refused(error)),
            },
        };
        let files = of_draft(app, &draft).await.map_err(refused)?;
        let claim_ends = draft.offered.procedure.claim_ends(&draft.typed, app.calendar());
        Ok(Self { draft, files, at_counter, now, today: shanghai_date(now), claim_ends })
    }
}
