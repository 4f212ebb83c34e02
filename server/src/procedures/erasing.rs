//! How long a case is kept after its end, where the bureau says so and by which rule. Then nothing in it names anybody, and what was
//! done to it stays in the record. Without such a rule nothing is erased by itself, and a case that is not over never is.

use chrono::{DateTime, Months, Utc};
use serde_json::json;
use shared::procedures::{CaseId, State};
use sqlx::AnyConnection;

use super::alike;
use super::contents::Contents;
use super::files::{self, Owner};
use super::jobs::{BATCH, found};
use super::store;
use crate::app::App;
use crate::audit::{self, Actor, Event};
use crate::database::sql::sql;
use crate::error::Error;

/// What the record says of it.
pub(super) const ERASED: &str = "case_erased";

/// Erases what names people in cases that ended long enough ago.
pub(super) async fn erase(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    let years = app.settings().case_years.filter(|_| app.may_end(now));
    let Some(before) = years.and_then(|years| now.checked_sub_months(Months::new(12 * years))) else { return Ok(()) };
    let statement = "select id from procedure_case where erased_at is null and state in ('closed', 'withdrawn') \
         and changed_at <= $1 order by changed_at limit $2";
    let mut outcome = Ok(());
    for id in found(app, statement, vec![before.into(), BATCH.into()]).await? {
        let erasing = Erasing { app: app.clone(), id, before, now };
        outcome = outcome.and(app.database().write_with(erasing, erase_one).await);
    }
    outcome
}

struct Erasing {
    app: App,
    id: CaseId,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
}

async fn erase_one(connection: &mut AnyConnection, erasing: &Erasing) -> Result<(), Error> {
    let Erasing { app, id, before, now } = erasing;
    let Some(stored) = store::keep(connection, id).await? else { return Ok(()) };
    // Somebody may have reopened it meanwhile, or a twin of this job was faster.
    let is_over = matches!(stored.state(), State::Closed { .. } | State::Withdrawn);
    if !is_over || stored.erased_at.is_some() || stored.standing.changed_at > *before {
        return Ok(());
    }
    let (stream, sealed) = (store::stream(id), Contents::default().seal(app.keys(), id.as_str()));
    let statement = "update procedure_case set sealed = $1, phone_index = null, applicant_index = null, written_at = null, \
         unreached_at = null, erased_at = $2 where id = $3";
    sql(statement, [sealed.into(), (*now).into(), id.as_str().into()]).execute(&mut *connection).await?;
    sql("delete from outbox where subject = $1", [stream.as_str().into()]).execute(&mut *connection).await?;
    // What was granted stays known by its blind index, or it could be granted again.
    let statement = "delete from procedure_once where case_id = $1 and granted = 0";
    sql(statement, [id.as_str().into()]).execute(&mut *connection).await?;
    alike::forget(connection, id).await?;
    files::erase(connection, &Owner::Case(id.clone()), *now).await?;
    // Words of the family and of colleagues; what they did stays in the record, and so do the figures.
    for statement in [
        "delete from case_follow_up where case_id = $1",
        "delete from case_rating where case_id = $1",
        "delete from case_note where case_id = $1",
        "delete from case_message where case_id = $1",
    ] {
        sql(statement, [id.as_str().into()]).execute(&mut *connection).await?;
    }
    let event = Event { stream: &stream, actor: Actor::System, act: ERASED, detail: json!({}) };
    Ok(store::append(connection, &stored, &audit::prepare(&stored.head, &event, *now)).await?)
}
