//! The copy of a booking for those whom it is about, with what the hall keeps of it: each step of the visit, and who of the
//! staff looked, as the booking's own page shows it (个人信息保护法 art 45).

use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use shared::appointments::{AppointmentState, BookingReference, Service};
use shared::calendar::shanghai;
use shared::counter::{Act, ActName, Ended, Outcome, Paper, Step, VisitId};
use shared::problem::Problem;
use sqlx::{AnyConnection, any::AnyRow};

use super::conclude::step_of;
use super::looks::{self, Shown};
use super::store;
use crate::app::App;
use crate::appointments::Bookable;
use crate::appointments::bookable::Missing;
use crate::appointments::booking::{
    Holder,
    copy::{self, AtDesk},
};
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{instant, sql, text, word},
};
use crate::error::Error;

/// What is kept of the holder's booking, as JSON; in full only what is their own. That it was taken is recorded, and its phones are told, once a day
/// at most.
///
/// # Errors
/// [`shared::appointments::Refusal::Erased`]; [`Problem::Busy`] where it is changed in the same moment.
pub async fn copy(app: &App, bookable: &Bookable, holder: &Holder, now: DateTime<Utc>) -> Result<String, Error> {
    let mut kept = copy::copy(app, bookable, holder, now).await?;
    let id = VisitId::parse(holder.id().as_str()).map_err(|_| Problem::Internal)?;
    add(app, &mut kept, (&id, &|_| None)).await?;
    Ok(serde_json::to_string_pretty(&kept).expect("JSON is written as it was made"))
}

/// A copy for one who stands at the desk, and whose it is among its people.
pub struct Handed {
    pub kept: Json,
    pub service: Service,
    pub own: usize,
    /// When somebody looked the booking up by this one's own document. Not among what is kept: on paper that is carried home it may
    /// tell somebody there that they were here.
    pub looked_up: Vec<DateTime<Utc>>,
}

/// A copy for the one with this blind index, who stands at the desk with the document: also with the ground of a refusal and the
/// papers that were missing, where these are certain to tell of nobody else; whatever was left out is marked.
///
/// # Errors
/// As [`copy()`].
pub(super) async fn at_desk(
    app: &App,
    of: (BookingReference, &str),
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Handed, Error> {
    let AtDesk { mut kept, bookable, id, attendees, own, date, looked_up } = copy::at_desk(app, of, actor, now).await?;
    let id = VisitId::parse(id.as_str()).map_err(|_| Problem::Internal)?;
    let why = |outcome: &Outcome| match outcome {
        Outcome::Registered => None,
        Outcome::Refused { ground } if attendees.is_ground_of(own, ground, date) => Some(json!({ "ground": ground })),
        Outcome::Refused { .. } => Some(json!({ "left_out": true })),
        Outcome::ToReturn { papers } => {
            let is_named = |paper: &&Paper| matches!((bookable.paper)(paper), Some(Missing::Named(_)));
            let named: Vec<_> = papers.iter().filter(is_named).collect();
            Some(json!({ "papers": named, "left_out": named.len() < papers.iter().count() }))
        }
    };
    add(app, &mut kept, (&id, &why)).await?;
    Ok(Handed { kept, service: bookable.service.clone(), own, looked_up })
}

/// Why a visit came to what it came to, as far as somebody is told.
type Why<'a> = &'a (dyn Fn(&Outcome) -> Option<Json> + Sync);

/// Adds what the hall keeps.
async fn add(app: &App, kept: &mut Json, (id, why): (&VisitId, Why<'_>)) -> Result<(), Error> {
    let mut connection = app.database().read().await?;
    let ticket = store::load(&mut connection, id).await?.and_then(|stored| stored.ticket);
    let may_know = kept["state"] == AppointmentState::Released.name();
    let steps = steps(&mut connection, id, (may_know, why)).await?;
    drop(connection);
    let looks = looks::all_shown(app, id).await?;
    kept["visit"] = json!({ "ticket": ticket, "steps": steps });
    kept["looked_at_by"] = looks.iter().map(look).collect();
    Ok(())
}

/// What was done with the visit, and when. On which ground somebody was refused is said to each of them alone; and where they
/// may not know that the office ended the booking, whoever was in the hall with it has left, as anybody can from each state of those.
async fn steps(
    connection: &mut AnyConnection,
    id: &VisitId,
    told: (bool, Why<'_>),
) -> Result<Vec<Json>, DatabaseError> {
    let statement = "select act, at, detail from audit where stream = $1 order by sequence";
    let rows = sql(statement, [format!("visit:{id}").into()]).fetch_all(connection).await?;
    rows.iter().map(|row| step(row, told)).collect()
}

fn step(row: &AnyRow, (may_know, why): (bool, Why<'_>)) -> Result<Json, DatabaseError> {
    let detail: Json = word(row, "detail", |detail| serde_json::from_str(detail).ok())?;
    let happened = serde_json::from_value::<DateTime<Utc>>(detail["from_paper"]["happened_at"].clone());
    let at = shanghai(happened.or_else(|_| instant(row, "at"))?);
    let mut reason = None;
    let outcome = match step_of(&detail) {
        Some(Step::Act(Act::Finish(outcome) | Act::Correct { to: Ended::Finished(outcome) })) => {
            reason = why(&outcome);
            Some(outcome.name())
        }
        Some(Step::Act(Act::Correct { to: Ended::NoShow })) => Some("no_show"),
        Some(Step::Act(Act::Correct { to: Ended::Left })) => Some("left"),
        _ => None,
    };
    let act = match text(row, "act")? {
        act if act == ActName::Release.name() && !may_know => ActName::Left.name().to_owned(),
        act => act,
    };
    let mut shown = json!({ "act": act, "at": at });
    if let Some(outcome) = outcome {
        shown["outcome"] = outcome.into();
    }
    if let Some(reason) = reason {
        shown["why"] = reason;
    }
    Ok(shown)
}

fn look(look: &Shown) -> Json {
    json!({
        "office": look.office,
        "role": look.role,
        "purpose": look.purpose,
        "seen": look.seen.to_string(),
        "at": shanghai(look.at),
    })
}
