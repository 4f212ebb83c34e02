//! Recomputing what was recorded, and comparing it with the rows it is about.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{AnyConnection, any::AnyRow};

use super::{ChainedEvent, Head, digest};
use crate::database::{
    Database, DatabaseError,
    sql::{instant, int, sql, text},
};

/// A kind of row that carries the head of its stream.
#[derive(Clone, Copy)]
pub struct Stream {
    /// Gives `stream`, `audit_length` and `audit_head` of every such row, and what `compare` reads.
    pub heads: &'static str,
    /// The row in words, and what its events make of it in the same words; none where they do not say enough.
    pub compare: Option<Compare>,
}

/// Puts a row and its events into words, which are the same unless somebody changed one of them.
pub type Compare = fn(&AnyRow, &[Happened]) -> Result<[String; 2], DatabaseError>;

/// An event as it was written.
pub struct Happened {
    pub at: DateTime<Utc>,
    pub act: String,
    pub detail: Value,
}

/// What is wrong with a stream.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("event {0} is missing or out of order")]
    Sequence(i64),
    #[error("event {0} does not continue the one before it")]
    Chain(i64),
    #[error("event {0} was changed after it was written")]
    Content(i64),
    #[error("the record says {expected} events, the stream ends after {found}")]
    Head { expected: i64, found: i64 },
    #[error("the record is \"{row}\", its events make it \"{events}\"")]
    Row { row: String, events: String },
    #[error("events are there, and no record that they are of")]
    NoRow,
}

/// Recomputes a stream from its first event and compares its end with the head its domain row carries.
pub async fn verify(
    connection: &mut AnyConnection,
    stream: &str,
    carried: &Head,
) -> Result<Result<Vec<Happened>, Broken>, DatabaseError> {
    let statement = "select stream, sequence, at, actor, act, detail, previous, hash from audit where stream = $1 \
         order by sequence";
    let rows = sql(statement, [stream.into()]).fetch_all(connection).await?;
    let (mut head, mut events) = (Head::empty(), Vec::with_capacity(rows.len()));
    for row in &rows {
        let link = ChainedEvent {
            stream: text(row, "stream")?,
            sequence: int(row, "sequence")?,
            at: instant(row, "at")?,
            actor: text(row, "actor")?,
            act: text(row, "act")?,
            detail: text(row, "detail")?,
            previous: text(row, "previous")?,
            hash: text(row, "hash")?,
        };
        if link.sequence != head.length + 1 {
            return Ok(Err(Broken::Sequence(head.length + 1)));
        }
        if link.previous != head.hash {
            return Ok(Err(Broken::Chain(link.sequence)));
        }
        if digest(&link) != link.hash {
            return Ok(Err(Broken::Content(link.sequence)));
        }
        head = link.head();
        let at = link.at;
        events.push(Happened { at, act: link.act, detail: serde_json::from_str(&link.detail).unwrap_or_default() });
    }
    if head == *carried {
        return Ok(Ok(events));
    }
    Ok(Err(Broken::Head { expected: carried.length, found: head.length }))
}

/// Verifies every stream whose head a row carries, and that row, and that there is no other stream; the number of streams, or
/// the first that is broken.
///
/// All are read as they stood at one instant, so that it can be asked for while the portal is in use.
pub async fn verify_all(
    database: &Database,
    streams: impl IntoIterator<Item = &'static Stream>,
) -> Result<Result<usize, (String, Broken)>, DatabaseError> {
    let mut instant = database.instant().await?;
    let mut verified = HashSet::new();
    for stream in streams {
        for row in &sql(stream.heads, []).fetch_all(&mut *instant).await? {
            let head = Head { length: int(row, "audit_length")?, hash: text(row, "audit_head")? };
            let name = text(row, "stream")?;
            let events = match verify(&mut instant, &name, &head).await? {
                Ok(events) => events,
                Err(broken) => return Ok(Err((name, broken))),
            };
            if let Some(compare) = stream.compare {
                let [row, events] = compare(row, &events)?;
                if row != events {
                    return Ok(Err((name, Broken::Row { row, events })));
                }
            }
            verified.insert(name);
        }
    }
    // No row with a stream is ever removed, so one that is gone was taken away beside the portal.
    for row in &sql("select distinct stream from audit order by stream", []).fetch_all(&mut *instant).await? {
        let name = text(row, "stream")?;
        if !verified.contains(&name) {
            return Ok(Err((name, Broken::NoRow)));
        }
    }
    Ok(Ok(verified.len()))
}
