//! Holds in slots that close. Each gets an event of it, so that no booking which was begun before can end after.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::{AnyConnection, any::AnyRow};

use super::SlotChange;
use crate::audit::{self, Actor, Event, Head};
use crate::database::{
    DatabaseError,
    sql::{int, sql, text},
};

/// A hold as it stood when its row was taken.
pub(super) struct Held {
    id: String,
    head: Head,
}

/// Takes the rows of the live holds, as they are.
pub(super) async fn lock(
    connection: &mut AnyConnection,
    change: &SlotChange,
    now: DateTime<Utc>,
) -> Result<Vec<Held>, DatabaseError> {
    let statement = "update appointment set state = state where state = 'held' and slot_id in (select id from slot \
         where place_id = $1 and service = $2 and date between $3 and $4 and starts_at > $5) \
         returning id, audit_length, audit_head";
    let rows = sql(statement, super::range(change, now)).fetch_all(connection).await?;
    let read = |row: &AnyRow| {
        let head = Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? };
        Ok(Held { id: text(row, "id")?, head })
    };
    rows.iter().map(read).collect()
}

/// Writes into each hold's stream that its day was closed.
pub(super) async fn note(
    connection: &mut AnyConnection,
    held: Vec<Held>,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    for Held { id, head } in held {
        let event = Event { stream: &id, actor: Actor::Operator, act: "day_closed", detail: json!({}) };
        let head = audit::append(connection, &head, &event, now).await?;
        let statement = "update appointment set audit_length = $1, audit_head = $2 where id = $3";
        sql(statement, [head.length.into(), head.hash.into(), id.into()]).execute(&mut *connection).await?;
    }
    Ok(())
}
