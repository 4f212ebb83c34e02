//! The clock against what the office has already lived through.
//!
//! A server whose clock is behind what was last written would date new events into the past, among those that are sealed.
//! It reads and does not write until its clock is right, or until the operator says that it is.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sqlx::AnyConnection;

use crate::app::App;
use crate::audit::{self, Actor, Event, Head, Stream};
use crate::database::{
    DatabaseError,
    sql::{maybe_instant, sql, text},
};
use crate::error::Error;

/// The name under which the office keeps the latest instant at which it was at work.
const SEEN: &str = "clock_seen";
/// How often the clock was accepted: events before and after are sealed in windows of their own.
const ERA: &str = "clock_era";
const LENGTH: &str = "audit_length";
const HEAD: &str = "audit_head";
/// Servers of one office may differ by so much.
const NEARLY: TimeDelta = TimeDelta::seconds(60);
/// A pause after which an operator who moved the clock would want to be told.
const LONG: TimeDelta = TimeDelta::days(2);

/// How long a clock that is far ahead ends nothing for good.
const DOUBT: TimeDelta = TimeDelta::hours(6);

/// The office's own stream.
pub(crate) const OFFICE: Stream = Stream {
    heads: "select 'office' as stream, cast(l.value as bigint) as audit_length, h.value as audit_head \
         from office l join office h on h.name = 'audit_head' where l.name = 'audit_length'",
    compare: None,
};

/// Compares the clock with what the office has seen; behind that, this process only reads. A demonstration's clock begins
/// anew each time, and where a window of that time is sealed already its events are those of a new era.
pub(crate) async fn compare(app: &App) -> Result<(), DatabaseError> {
    if !app.clock().goes_on() {
        return app.database().write_with(app.now(), begin_anew).await;
    }
    let (now, seen) = (app.now(), seen(app).await?);
    match seen {
        Some(seen) if now + NEARLY < seen => {
            tracing::error!(%now, %seen, "the clock is behind what was last written: nothing is written until it is right, \
                 or until `huimin clock accept`");
            app.database().only_reads(true);
        }
        Some(seen) if now > seen + LONG => {
            let from = now + DOUBT;
            tracing::error!(%now, %seen, %from, "the clock is days after what was last written: nothing is ended or erased for \
                 some hours, in which a clock that is wrong can be set right and the portal started anew");
            app.end_nothing_until(from);
        }
        _ => {}
    }
    Ok(())
}

/// Whether this process may write: it always may once its clock has caught up, or was accepted.
pub(crate) async fn may_write(app: &App) -> bool {
    if !app.database().is_only_reading() {
        return true;
    }
    // Nothing was written by the clock that was wrong, so the one that was set may be taken at once.
    app.clock().follow();
    let caught_up = match seen(app).await {
        Ok(seen) => seen.is_none_or(|seen| app.now() + NEARLY >= seen),
        Err(_) => false,
    };
    if caught_up {
        tracing::info!("the clock is right again: the office is open");
        app.database().only_reads(false);
    }
    caught_up
}

/// Writes down that the office was at work at this instant, which no later look may put back.
pub(crate) async fn mark(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    let moved = app.clock().moved();
    crate::observe::metrics::clock_moved(moved);
    if moved != TimeDelta::zero() {
        tracing::error!(
            seconds = moved.num_seconds(),
            "the machine's clock was set while the portal runs, which goes on \
             as before; set it right, or start the portal anew if it is right now"
        );
    }
    if !app.clock().goes_on() || !app.may_end(now) {
        return Ok(());
    }
    Ok(app.database().write_with(now, see).await?)
}

/// What the operator accepted: from here the office goes on, though it had been there already.
#[derive(Debug, PartialEq, Eq)]
pub struct Accepted {
    pub now: DateTime<Utc>,
    /// None where the clock was not behind, and nothing had to be accepted.
    pub seen: Option<DateTime<Utc>>,
}

/// Takes the clock for right, in the office's own stream.
pub async fn accept(app: &App) -> Result<Accepted, Error> {
    let (now, seen) = (app.now(), seen(app).await?);
    let Some(seen) = seen.filter(|seen| now + NEARLY < *seen) else { return Ok(Accepted { now, seen: None }) };
    app.database().only_reads(false);
    app.database().write_with((now, seen), go_on).await?;
    Ok(Accepted { now, seen: Some(seen) })
}

async fn begin_anew(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), DatabaseError> {
    let era = era(connection).await?;
    let statement = "select max(until_at) as sealed from checkpoint where era = $1 and until_at >= $2";
    let row = sql(statement, [era.into(), (*now).into()]).fetch_one(&mut *connection).await?;
    match maybe_instant(&row, "sealed")? {
        Some(sealed) => next_era(connection, era, sealed, *now).await,
        None => Ok(()),
    }
}

async fn go_on(
    connection: &mut AnyConnection,
    (now, seen): &(DateTime<Utc>, DateTime<Utc>),
) -> Result<(), DatabaseError> {
    let era = era(connection).await?;
    put(connection, SEEN, &written(*now)).await?;
    next_era(connection, era, *seen, *now).await
}

async fn next_era(
    connection: &mut AnyConnection,
    era: i64,
    seen: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let era = era + 1;
    put(connection, ERA, &era.to_string()).await?;
    note(connection, "clock_accepted", json!({ "era": era, "seen": written(seen) }), now).await
}

async fn era(connection: &mut AnyConnection) -> Result<i64, DatabaseError> {
    Ok(value(connection, ERA).await?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Appends what an operator did to the office's own stream.
pub(crate) async fn note(
    connection: &mut AnyConnection,
    act: &'static str,
    detail: Value,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    note_of(connection, Actor::Operator, (act, detail), now).await
}

/// [`note`] of what somebody else did.
pub(crate) async fn note_of(
    connection: &mut AnyConnection,
    actor: Actor,
    (act, detail): (&'static str, Value),
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let length = value(connection, LENGTH).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
    let head = Head { length, hash: value(connection, HEAD).await?.unwrap_or_default() };
    let event = Event { stream: "office", actor, act, detail };
    let head = audit::append(connection, &head, &event, now).await?;
    put(connection, LENGTH, &head.length.to_string()).await?;
    put(connection, HEAD, &head.hash).await
}

/// Writes when it was last asked whether anything can be written: what has not changed would not be written.
pub(crate) async fn touch(app: &App) -> Result<(), DatabaseError> {
    app.database().write_with(app.now(), put_ready).await
}

async fn put_ready(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), DatabaseError> {
    put(connection, "ready", &written(*now)).await
}

async fn seen(app: &App) -> Result<Option<DateTime<Utc>>, DatabaseError> {
    let seen = value(&mut *app.database().read().await?, SEEN).await?;
    Ok(seen.and_then(|seen| Some(DateTime::parse_from_rfc3339(&seen).ok()?.to_utc())))
}

async fn see(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), DatabaseError> {
    let statement = "insert into office (name, value) values ($1, $2) \
         on conflict (name) do update set value = excluded.value where office.value < excluded.value";
    sql(statement, [SEEN.into(), written(*now).into()]).execute(connection).await?;
    Ok(())
}

/// So that a later instant is a later text.
fn written(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// What the office keeps under a name.
pub(crate) async fn value(connection: &mut AnyConnection, name: &str) -> Result<Option<String>, DatabaseError> {
    let row = sql("select value from office where name = $1", [name.into()]).fetch_optional(connection).await?;
    row.map(|row| text(&row, "value")).transpose()
}

/// Keeps it in place of what was there.
pub(crate) async fn put(connection: &mut AnyConnection, name: &str, value: &str) -> Result<(), DatabaseError> {
    let statement = "insert into office (name, value) values ($1, $2) \
         on conflict (name) do update set value = excluded.value";
    sql(statement, [name.into(), value.into()]).execute(connection).await?;
    Ok(())
}
