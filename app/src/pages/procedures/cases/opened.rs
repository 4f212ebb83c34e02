//! An application that this browser has the key to, at one moment.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use server::{
    App, Error, Rejection,
    procedures::{
        cases::{self, FamilyCase},
        family::{self, Family},
        files::Handed,
    },
};
use shared::{
    locale::Locale,
    problem::Problem,
    procedures::{ActName, CaseReference, Field, Procedure, definition::Paper},
};

use super::locked;
use crate::{cookies, pages::procedures::keys::Keys, visit::Visit};

pub struct Opened {
    pub(super) family: Family,
    pub(super) case: FamilyCase,
    pub(super) now: DateTime<Utc>,
}

impl Opened {
    pub(super) fn procedure(&self) -> &Procedure {
        &self.case.offered.procedure
    }

    /// What was applied for.
    pub(super) fn name(&self, locale: Locale) -> String {
        self.procedure().name().say(locale).to_owned()
    }

    /// A page of this application, such as `letter`; its own for an empty name.
    pub(super) fn address(&self, visit: &Visit, page: &str) -> String {
        let slash = if page.is_empty() { "" } else { "/" };
        visit.url(&format!("/cases/{}{slash}{page}", self.case.reference))
    }

    /// The fields that the family was asked for and that have not come, in the order of the form.
    pub(super) fn asked_fields(&self) -> Vec<&Field> {
        self.procedure().fields().filter(|field| self.case.asked_items.contains(&field.id)).collect()
    }

    /// What was sent of papers since the family was asked for more.
    pub(super) fn sent_since(&self) -> Vec<&Handed> {
        let asked = self.case.history.iter().rfind(|done| done.act == ActName::Ask);
        let since = asked.map(|asked| asked.at);
        self.case.files.iter().filter(|file| since.is_some_and(|since| file.handed_at >= since)).collect()
    }

    /// The papers that were asked for and have not come.
    pub(super) fn asked_papers(&self) -> Vec<&Paper> {
        self.procedure().papers.iter().filter(|paper| self.case.asked_items.contains(&paper.id)).collect()
    }
}

/// The application that the address names, if this browser has the key to it; else the page that says what to do.
impl FromRequestParts<App> for Opened {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let refused = |error: Error| Rejection::from(error).into_response();
        let Ok(visit) = Visit::from_request_parts(parts, app).await;
        let named = Path::<String>::from_request_parts(parts, app).await.ok();
        let reference = named.and_then(|Path(named)| CaseReference::parse(&named).ok());
        let reference = reference.ok_or_else(|| refused(Problem::NotFound.into()))?;
        let keys = Keys::read(&parts.headers, cookies::CASES, app.settings().production());
        let token = keys.of(reference.as_str()).ok_or_else(|| locked(&visit, reference))?;
        let shut = |error: Error| match error {
            Error::Problem(Problem::Unauthorized) => locked(&visit, reference),
            error => refused(error),
        };
        let now = app.now();
        let family = family::by_token(app, reference, token).await.map_err(shut)?;
        let case = cases::for_family(app, reference, token, now).await.map_err(shut)?;
        Ok(Self { family, case, now })
    }
}
