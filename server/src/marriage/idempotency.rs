//! A repeated request with the same `Idempotency-Key` gets the same booking.

use chrono::{DateTime, Utc};
use shared::appointments::HoldId;
use shared::problem::Problem;
use sqlx::AnyConnection;

use crate::database::{
    DatabaseError,
    sql::{sql, text, word},
};
use crate::fault::Fault;
use crate::keys::Keys;

/// A key and the body it came with, as fingerprints.
#[derive(Clone, Debug)]
pub struct RequestKey {
    key: String,
    body: String,
}

/// Longest key that is taken, in bytes.
pub const LONGEST: usize = 200;

impl RequestKey {
    /// # Errors
    /// [`Problem::Malformed`] for an empty key and for one beyond [`LONGEST`].
    pub fn new(keys: &Keys, key: &str, body: &[u8]) -> Result<Self, Problem> {
        if key.is_empty() || key.len() > LONGEST {
            return Err(Problem::Malformed);
        }
        Ok(Self {
            key: keys.fingerprint("idempotency-key", key.as_bytes()),
            body: keys.fingerprint("idempotency-body", body),
        })
    }
}

/// The booking made with this key before, if any.
///
/// # Errors
/// [`Problem::IdempotencyMismatch`] when the key came with another body then.
pub async fn find(connection: &mut AnyConnection, request: &RequestKey) -> Result<Option<HoldId>, Fault> {
    let statement = "select body_hash, appointment_id from idempotency where key_hash = $1";
    let row = sql(statement, [request.key.as_str().into()]).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    if text(&row, "body_hash")? != request.body {
        return Err(Problem::IdempotencyMismatch.into());
    }
    Ok(Some(word(&row, "appointment_id", |id| HoldId::parse(id).ok())?))
}

pub async fn remember(
    connection: &mut AnyConnection,
    request: &RequestKey,
    id: &HoldId,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "insert into idempotency (key_hash, body_hash, appointment_id, created_at) values ($1, $2, $3, $4)";
    let values = [request.key.as_str().into(), request.body.as_str().into(), id.as_str().into(), now.into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
