//! Whether what a text says of a visit is still so when it is sent: the act that it tells of is the last that stands.

use chrono::{DateTime, Utc};
use shared::appointments::HoldId;
use shared::counter::{Outcome, VisitId, VisitState};
use sqlx::AnyConnection;

use super::{messages, store, taking};
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;
use crate::outbox::{About, Truth};

/// How the kinds of all such texts begin.
pub(crate) const KIND: &str = "visit_";

pub(crate) async fn truth(
    connection: &mut AnyConnection,
    (id, about): (&HoldId, &About),
    now: DateTime<Utc>,
) -> Result<Truth, Error> {
    let Ok(id) = VisitId::parse(id.as_str()) else { return Ok(Truth::Holds) };
    let Some(stored) = store::load(connection, &id).await? else { return Ok(Truth::Holds) };
    let told = about.once_key.as_deref().and_then(|key| key.rsplit_once('/')).map(|(key, _)| key);
    let stands = stored.visit.last().map(|last| taking::key(last.version));
    // Put right in its particulars alone, it is as the text says; where it ended so a second time, the second text says it.
    let is_alike = match stored.visit.state() {
        VisitState::NoShow => about.kind == messages::NO_SHOW,
        VisitState::Finished(Outcome::Refused { .. }) => about.kind == messages::REFUSED,
        _ => false,
    };
    let holds =
        told.is_none() || told == stands.as_deref() || is_alike && !told_since(connection, (about, told)).await?;
    Ok(if holds {
        Truth::Holds
    } else if stored.visit.undoable(now).is_some() {
        Truth::Open
    } else {
        Truth::Overtaken
    })
}

/// Whether the same was to be told again after this text was written.
async fn told_since(
    connection: &mut AnyConnection,
    (about, told): (&About, Option<&str>),
) -> Result<bool, DatabaseError> {
    // The text to the other phone has the same key.
    let statement = "select 1 from outbox o join outbox l on l.subject = o.subject and l.kind = o.kind \
         where o.id = $1 and l.id > o.id and l.once_key not like $2 limit 1";
    let values = [about.message.into(), format!("{}/%", told.unwrap_or_default()).into()];
    Ok(sql(statement, values).fetch_optional(connection).await?.is_some())
}
