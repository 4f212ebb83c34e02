//! A repeated request with the same `Idempotency-Key` gets the same booking.

use shared::appointments::HoldId;
use shared::problem::Problem;
use sqlx::AnyConnection;

use crate::database::sql::{sql, text, word};
use crate::error::Error;
use crate::keys::Keys;

/// A key and the body it came with, as fingerprints.
#[derive(Clone, Debug)]
pub struct RequestKey {
    pub(crate) key: String,
    pub(crate) body: String,
}

/// Longest key that is taken, in bytes.
pub const LONGEST: usize = 200;

impl RequestKey {
    /// `requester` is whose key it is, such as `session:x7…`: the same key of somebody else is another.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for an empty key and for one beyond [`LONGEST`].
    pub fn new(keys: &Keys, requester: &str, key: &str, body: &[u8]) -> Result<Self, Problem> {
        if key.is_empty() || key.len() > LONGEST {
            return Err(Problem::Malformed);
        }
        Ok(Self {
            key: keys.fingerprint("idempotency-key", format!("{requester}:{key}").as_bytes()),
            body: keys.fingerprint("idempotency-body", body),
        })
    }
}

/// The booking made with this key before, if any.
///
/// # Errors
/// [`Problem::IdempotencyMismatch`] when the key came with another body then.
pub async fn find(connection: &mut AnyConnection, request: &RequestKey) -> Result<Option<HoldId>, Error> {
    let statement = "select id, request_body from appointment where request_key = $1";
    let row = sql(statement, [request.key.as_str().into()]).fetch_optional(connection).await?;
    let Some(row) = row else { return Ok(None) };
    if text(&row, "request_body")? != request.body {
        return Err(Problem::IdempotencyMismatch.into());
    }
    Ok(Some(word(&row, "id", |id| HoldId::parse(id).ok())?))
}
