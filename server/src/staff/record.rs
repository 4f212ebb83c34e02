//! What somebody's accounts and roles went through, in the stream of the person.

use chrono::{DateTime, Utc};
use serde_json::Value as Json;
use shared::staff::StaffId;
use sqlx::AnyConnection;

use crate::audit::{self, Actor, Event, Head};
use crate::database::{
    DatabaseError,
    sql::{int, sql, text},
};

/// Appends to the stream of a person, to whom it happened, whoever did it. `detail` names no name and no number.
pub(super) async fn note(
    connection: &mut AnyConnection,
    person: &StaffId,
    (actor, act, detail): (Actor, &'static str, Json),
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    // Changing nothing, it keeps the row to itself until the end of the transaction: events come one after the other.
    let statement = "update staff set audit_length = audit_length where id = $1 returning audit_length, audit_head";
    let row = sql(statement, [person.as_str().into()]).fetch_one(&mut *connection).await?;
    let head = Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? };
    let stream = stream(person);
    let head = audit::append(connection, &head, &Event { stream: &stream, actor, act, detail }, now).await?;
    let statement = "update staff set audit_length = $1, audit_head = $2 where id = $3";
    let values = [head.length.into(), head.hash.as_str().into(), person.as_str().into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// The name of a person's stream.
pub(super) fn stream(person: &StaffId) -> String {
    format!("staff:{person}")
}
