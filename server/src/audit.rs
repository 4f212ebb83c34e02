//! What was done, when and by whom: append-only events, chained by hash within their stream.
//!
//! A domain row carries its stream's length and head, so a removed tail is noticed too; where the domain says how, the
//! row itself is compared with what its events say of it.

pub mod checkpoint;
mod verify;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::staff::StaffId;
use sqlx::AnyConnection;

use crate::database::{DatabaseError, sql::sql};
pub use verify::{Broken, Compare, Happened, Stream, verify, verify_all};

/// Length and last hash of a stream, as its domain row carries them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub length: i64,
    pub hash: String,
}

/// Who acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Someone at the public site, known by nothing but the hold they made.
    Resident,
    /// Someone who proved to be a party, by manage link or by phone code.
    Holder,
    /// Whoever runs the portal, at its command line.
    Operator,
    /// A job of the server itself.
    System,
    /// Somebody of the staff.
    Staff(StaffId),
}

impl Actor {
    /// As the record has them.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Resident => "resident".to_owned(),
            Self::Holder => "holder".to_owned(),
            Self::Operator => "operator".to_owned(),
            Self::System => "system".to_owned(),
            Self::Staff(person) => format!("staff:{person}"),
        }
    }
}

/// An event to append. `detail` must hold no personal data: the chain is kept for years and shown to auditors.
pub struct Event<'a, D: Serialize> {
    pub stream: &'a str,
    pub actor: Actor,
    pub act: &'static str,
    pub detail: D,
}

impl Head {
    /// The head of a stream without events.
    pub fn empty() -> Self {
        Self { length: 0, hash: String::new() }
    }
}

/// Appends to the stream whose head is `head` and gives the new head, to be stored in the domain row.
///
/// # Errors
/// [`crate::database::Rule::AuditSequence`] when someone else appended meanwhile.
pub async fn append<D: Serialize>(
    connection: &mut AnyConnection,
    head: &Head,
    event: &Event<'_, D>,
    now: DateTime<Utc>,
) -> Result<Head, DatabaseError> {
    let next = prepare(head, event, now);
    insert(connection, &next).await?;
    Ok(next.head())
}

/// One row of the chain.
pub struct ChainedEvent {
    stream: String,
    sequence: i64,
    at: DateTime<Utc>,
    actor: String,
    act: String,
    detail: String,
    previous: String,
    hash: String,
}

impl ChainedEvent {
    pub fn head(&self) -> Head {
        Head { length: self.sequence, hash: self.hash.clone() }
    }
}

/// The next link of a chain, computed before it is written so that the domain row can carry its hash.
pub fn prepare<D: Serialize>(head: &Head, event: &Event<'_, D>, now: DateTime<Utc>) -> ChainedEvent {
    let mut link = ChainedEvent {
        stream: event.stream.to_owned(),
        sequence: head.length + 1,
        at: now,
        actor: event.actor.words(),
        act: event.act.to_owned(),
        detail: serde_json::to_string(&event.detail).expect("audit details always serialise"),
        previous: head.hash.clone(),
        hash: String::new(),
    };
    link.hash = digest(&link);
    link
}

/// Writes a prepared link.
pub async fn insert(connection: &mut AnyConnection, link: &ChainedEvent) -> Result<(), DatabaseError> {
    // A window that is sealed takes no more: a server whose clock has stayed behind, or whose write has waited for
    // minutes, would break its seal.
    let statement = "insert into audit (stream, sequence, at, actor, act, detail, previous, hash, era) \
         select $1, $2, $3, $4, $5, $6, $7, $8, e.era from \
         (select coalesce((select cast(value as bigint) from office where name = 'clock_era'), 0) as era) e \
         where not exists (select 1 from checkpoint c where c.era = e.era and c.until_at >= $3)";
    let values = [
        link.stream.as_str().into(),
        link.sequence.into(),
        link.at.into(),
        link.actor.as_str().into(),
        link.act.as_str().into(),
        link.detail.as_str().into(),
        link.previous.as_str().into(),
        link.hash.as_str().into(),
    ];
    if sql(statement, values).execute(connection).await?.rows_affected() == 0 {
        tracing::error!("an event is of a time that is sealed already; is the clock right?");
        return Err(DatabaseError::OnlyReads);
    }
    Ok(())
}

fn digest(link: &ChainedEvent) -> String {
    let mut hasher = Sha256::new();
    let numbers = [link.sequence.to_string(), link.at.timestamp_millis().to_string()];
    let parts = [&link.previous, &link.stream, &numbers[0], &numbers[1], &link.actor, &link.act, &link.detail];
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    HEXLOWER.encode(&hasher.finalize())
}
