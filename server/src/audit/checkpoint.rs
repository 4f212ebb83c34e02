//! Checkpoints: sealed digests over windows of audit events, so that even a rewritten database is found out.
//!
//! A chain by itself can be recomputed by whoever can write to the database. A checkpoint cannot, since its
//! seal needs a key from the key file; its copy beside the key file shows when checkpoints were removed.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, any::AnyRow};

use crate::app::App;
use crate::database::{
    DatabaseError, Rule,
    sql::{int, sql, text},
};
use crate::error::Error;
use crate::files;
use crate::keys::Keys;

/// One sealed window: events of an era of the clock with `from_at` < at <= `until_at`, in Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub sequence: i64,
    pub from_at: i64,
    pub until_at: i64,
    pub events: i64,
    pub digest: String,
    pub seal: String,
    /// How often the clock had been accepted; windows begin anew with each.
    #[serde(default)]
    pub era: i64,
}

/// Shortest window.
const WINDOW: TimeDelta = TimeDelta::minutes(10);
/// Events are stamped when their request arrives and written a little later; a window is closed after this wait.
const SETTLED: TimeDelta = TimeDelta::minutes(2);

/// Seals the window since the last checkpoint, if it is long enough; keeps a copy beside the key file.
pub async fn make(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    // A window sealed by a clock that is ahead would take no event once it is right.
    if !app.may_end(now) {
        return Ok(());
    }
    let mut connection = app.database().read().await?;
    let last = last(&mut connection).await?;
    let era = era(&mut connection).await?;
    let before = last.as_ref().filter(|last| last.era == era);
    let (from_at, until_at) = (before.map_or(0, |last| last.until_at), (now - SETTLED).timestamp_millis());
    if until_at - from_at < WINDOW.num_milliseconds() {
        return Ok(());
    }
    let (events, digest) = digest(&mut connection, era, from_at, until_at).await?;
    drop(connection);
    let sequence = last.as_ref().map_or(0, |last| last.sequence) + 1;
    let mut next = Checkpoint { sequence, from_at, until_at, events, digest, seal: String::new(), era };
    next.seal = seal(app.keys(), last.as_ref(), &next);
    let written = app.database().write_with(next.clone(), insert).await;
    match written {
        Ok(()) => keep_copy(app, &next),
        // Another process sealed this window a moment ago.
        Err(Error::Database(DatabaseError::Refused(Rule::CheckpointSequence))) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What is wrong with the checkpoints.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Tampered {
    #[error("checkpoint {0} is missing or out of order")]
    Sequence(i64),
    #[error("checkpoint {0} was changed, or its key file is another one")]
    Seal(i64),
    #[error("events of checkpoint {0} were changed, removed or added afterwards")]
    Events(i64),
    #[error("checkpoint {0} was removed: its copy beside the key file is still there")]
    Removed(i64),
}

/// Recomputes every window, and compares with the copies beside the key file.
pub async fn verify(app: &App) -> Result<Result<usize, Tampered>, Error> {
    let mut connection = app.database().read().await?;
    let statement = "select sequence, from_at, until_at, events, digest, seal, era from checkpoint order by sequence";
    let rows = sql(statement, []).fetch_all(&mut *connection).await?;
    let mut previous: Option<Checkpoint> = None;
    for row in &rows {
        let checkpoint = read(row)?;
        let expected = previous.as_ref().map_or(0, |previous| previous.sequence) + 1;
        let from_at = previous.as_ref().filter(|last| last.era == checkpoint.era).map_or(0, |last| last.until_at);
        if checkpoint.sequence != expected || checkpoint.from_at != from_at {
            return Ok(Err(Tampered::Sequence(expected)));
        }
        if checkpoint.seal != seal(app.keys(), previous.as_ref(), &checkpoint) {
            return Ok(Err(Tampered::Seal(expected)));
        }
        let found = digest(&mut connection, checkpoint.era, checkpoint.from_at, checkpoint.until_at).await?;
        if found != (checkpoint.events, checkpoint.digest.clone()) {
            return Ok(Err(Tampered::Events(expected)));
        }
        previous = Some(checkpoint);
    }
    let newest = previous.map_or(0, |previous| previous.sequence);
    let removed = copies(app).into_iter().find(|copy| copy.sequence > newest);
    Ok(removed.map_or(Ok(rows.len()), |copy| Err(Tampered::Removed(copy.sequence))))
}

/// Sets the copies beside the key file aside: those of a database that goes on from an earlier day; where they lie now.
pub fn set_copies_aside(app: &App, now: DateTime<Utc>) -> std::io::Result<std::path::PathBuf> {
    let copies = copy_file(app);
    let aside = copies.with_extension(format!("checkpoints.until-{}", now.format("%Y%m%dT%H%M%SZ")));
    files::rename(&copies, &aside)?;
    Ok(aside)
}

/// Number and digest of the events in a window. Their order within one millisecond is fixed by stream and place.
async fn digest(
    connection: &mut AnyConnection,
    era: i64,
    from: i64,
    until: i64,
) -> Result<(i64, String), DatabaseError> {
    let statement = "select stream, sequence, hash from audit where at > $1 and at <= $2 and era = $3 \
         order by at, stream, sequence";
    let rows = sql(statement, [from.into(), until.into(), era.into()]).fetch_all(connection).await?;
    let mut hasher = Sha256::new();
    for row in &rows {
        hasher.update(format!("{}:{}:{}\n", text(row, "stream")?, int(row, "sequence")?, text(row, "hash")?));
    }
    let events = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    Ok((events, HEXLOWER.encode(&hasher.finalize())))
}

fn seal(keys: &Keys, previous: Option<&Checkpoint>, next: &Checkpoint) -> String {
    let numbers = [next.sequence, next.from_at, next.until_at, next.events].map(i64::to_be_bytes);
    let before = previous.map_or("", |previous| previous.seal.as_str());
    let [sequence, from, until, events] = &numbers;
    let era = next.era.to_be_bytes();
    // The first era is sealed as it was before there were eras.
    let era = if next.era == 0 { &[][..] } else { &[&era[..]][..] };
    let window = [before.as_bytes(), sequence, from, until, events, next.digest.as_bytes()];
    HEXLOWER.encode(&keys.audit_mac(&[&window[..], era].concat()))
}

/// How often the clock has been accepted.
async fn era(connection: &mut AnyConnection) -> Result<i64, DatabaseError> {
    let statement = "select cast(value as bigint) as era from office where name = 'clock_era'";
    let row = sql(statement, []).fetch_optional(connection).await?;
    row.map_or(Ok(0), |row| int(&row, "era"))
}

async fn last(connection: &mut AnyConnection) -> Result<Option<Checkpoint>, DatabaseError> {
    let statement = "select sequence, from_at, until_at, events, digest, seal, era from checkpoint \
         order by sequence desc limit 1";
    let row = sql(statement, []).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Checkpoint, DatabaseError> {
    Ok(Checkpoint {
        sequence: int(row, "sequence")?,
        from_at: int(row, "from_at")?,
        until_at: int(row, "until_at")?,
        events: int(row, "events")?,
        digest: text(row, "digest")?,
        seal: text(row, "seal")?,
        era: int(row, "era")?,
    })
}

async fn insert(connection: &mut AnyConnection, next: &Checkpoint) -> Result<(), Error> {
    let statement = "insert into checkpoint (sequence, from_at, until_at, events, digest, seal, era) \
         values ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        next.sequence.into(),
        next.from_at.into(),
        next.until_at.into(),
        next.events.into(),
        next.digest.as_str().into(),
        next.seal.as_str().into(),
        next.era.into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

fn keep_copy(app: &App, checkpoint: &Checkpoint) -> Result<(), Error> {
    let line = serde_json::to_string(checkpoint).expect("checkpoints always serialise");
    let path = copy_file(app);
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
    let kept = file.and_then(|mut file| writeln!(file, "{line}")).map_err(files::at(&path));
    kept.map_err(|error| DatabaseError::Other(error.into()).into())
}

fn copies(app: &App) -> Vec<Checkpoint> {
    let text = std::fs::read_to_string(copy_file(app)).unwrap_or_default();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn copy_file(app: &App) -> std::path::PathBuf {
    app.settings().keys.with_extension("checkpoints")
}
