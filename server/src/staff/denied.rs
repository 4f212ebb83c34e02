//! What somebody who is signed in was refused, on record: whoever tries doors that are not theirs is seen (OWASP ASVS 5.0,
//! 16.3.2). Once a minute for each person and address, so that nobody fills the record.

use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use shared::problem::Problem;
use shared::staff::{Refusal, StaffId};
use sqlx::AnyConnection;

use super::authority::Staff;
use super::budget::Purse;
use super::record;
use crate::app::App;
use crate::audit::Actor;
use crate::error::Error;
use crate::rejection::Rejection;
use crate::route::Who;

/// That an answer refuses something.
pub struct Denied {
    why: Option<&'static str>,
}

impl Denied {
    /// Nothing for who shall only prove again who they are. What is answered as if it were not there counts as refused where
    /// it is there.
    pub fn by(staff: &Staff, answer: &Response) -> Option<Self> {
        let problem = answer.extensions().get::<Rejection>().map(Rejection::problem);
        let is_proof = problem.and_then(Problem::refusal::<Refusal>) == Some(Refusal::SignInAgain);
        let is_refused = match answer.status() {
            StatusCode::FORBIDDEN => !is_proof,
            status => status.is_client_error() && staff.overreached(),
        };
        is_refused.then(|| Self { why: problem.map(Problem::code) })
    }

    /// Puts it on record, by the row of the address, never by what stood in it. Whatever comes of that, the answer stands.
    pub async fn note(self, app: &App, staff: &Staff, (who, route): (Who, Option<&str>), now: DateTime<Utc>) {
        let route = route.unwrap_or_default();
        let right = match who {
            Who::Staff(right) => Some(right),
            _ => None,
        };
        let detail = json!({ "route": route, "right": right, "why": self.why });
        let purse = Purse::refusals(app.keys(), staff.person(), route);
        let noted = app.database().write_with((purse, staff.person().clone(), detail, now), write).await;
        if let Err(error) = noted
            && !matches!(error.refusal(), Some(Refusal::TooManyTries { .. }))
        {
            tracing::warn!(%error, staff = %staff.person(), route, "a refusal was not put on record");
        }
    }
}

async fn write(
    connection: &mut AnyConnection,
    (purse, person, detail, now): &(Purse, StaffId, Json, DateTime<Utc>),
) -> Result<(), Error> {
    purse.pay(connection, *now).await?;
    let event = (Actor::Staff(person.clone()), "refused", detail.clone());
    Ok(record::note(connection, person, event, *now).await?)
}
