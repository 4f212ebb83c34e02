//! Extending a hold and giving it back.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::appointments::{AppointmentState, HoldId, Refusal};
use sqlx::AnyConnection;

use super::{Hold, describe, owned};
use crate::app::App;
use crate::appointments::{self, ending, point, record::Record, undisturbed};
use crate::audit::{self, Actor, Event};
use crate::database::sql::{sql, text};
use crate::error::Error;

/// Adds the time of one hold, as often as its rule allows.
pub async fn extend(app: &App, id: &HoldId, token: &str, now: DateTime<Utc>) -> Result<Hold, Error> {
    undisturbed(|| extend_once(app, id, token, now)).await
}

async fn extend_once(app: &App, id: &HoldId, token: &str, now: DateTime<Utc>) -> Result<Hold, Error> {
    let record = owned(app, id, token).await?;
    let point = point::one(app, &record.service, &record.place).await?;
    not_booked(&record)?;
    let state = record.state.extend(now, point.rule(now)?)?;
    if record.closed {
        return Err(Refusal::SlotClosed.into());
    }
    change(app, NextState { record, state, act: "hold_extended", now }).await?;
    Ok(describe(app, id.clone(), state))
}

/// Gives a hold back at once: its place is free for the next.
pub async fn release(app: &App, id: &HoldId, token: &str, now: DateTime<Utc>) -> Result<(), Error> {
    undisturbed(|| release_once(app, id, token, now)).await
}

async fn release_once(app: &App, id: &HoldId, token: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let record = owned(app, id, token).await?;
    not_booked(&record)?;
    let state = record.state.release(now)?;
    change(app, NextState { record, state, act: "hold_released", now }).await
}

fn not_booked(record: &Record) -> Result<(), Error> {
    if record.reference.is_some() { Err(Refusal::HoldBooked.into()) } else { Ok(()) }
}

struct NextState {
    record: Record,
    state: AppointmentState,
    act: &'static str,
    now: DateTime<Utc>,
}

/// Writes a hold's next state, unless someone changed it since it was read.
async fn change(app: &App, change: NextState) -> Result<(), Error> {
    appointments::write(app, change, write).await
}

async fn write(connection: &mut AnyConnection, NextState { record, state, act, now }: &NextState) -> Result<(), Error> {
    let now = *now;
    let event = Event { stream: record.id.as_str(), actor: Actor::Resident, act, detail: json!({}) };
    let link = audit::prepare(&record.head, &event, now);
    let head = link.head();
    let (until, extensions_left) = match *state {
        AppointmentState::Held { expires_at, extensions_left } => (Some(expires_at), i64::from(extensions_left)),
        // The place ends here and now, so the slot gives it back below.
        _ => (Some(now), 0),
    };
    let statement = "update appointment set state = $1, occupies_until = $2, extensions_left = $3, audit_length = $4, \
         audit_head = $5, network = case when $1 = 'held' then network end, \
         holder = case when $1 = 'held' then holder end, holder_rank = case when $1 = 'held' then holder_rank end where id = $6 and state = 'held' and audit_length = $7 returning state";
    let values = [
        state.name().into(),
        until.into(),
        extensions_left.into(),
        head.length.into(),
        head.hash.into(),
        record.id.as_str().into(),
        record.head.length.into(),
    ];
    let row = sql(statement, values).fetch_optional(&mut *connection).await?.ok_or(Error::Overtaken)?;
    audit::insert(connection, &link).await?;
    if text(&row, "state")? != "held" {
        sql("delete from confirmed_phone where appointment_id = $1", [record.id.as_str().into()])
            .execute(&mut *connection)
            .await?;
        ending::return_ended_places(connection, record.slot, now).await?;
    }
    Ok(())
}
