//! Objects of the store that are to be removed: written down before they are there, and crossed out once a row names them.
//!
//! An object's name is never used again, so what is removed is never what somebody has just stored.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::AnyConnection;

use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{sql, text},
};
use crate::error::Error;

/// How long after it was begun to be written an object is removed that no row names by then.
const WRITTEN_WITHIN: TimeDelta = TimeDelta::hours(1);
/// How long what no row names any more stays in the store: a backup copies the database first and files after it, and has all
/// that the database names where that takes no longer. Its key went with its row.
const STAYS: TimeDelta = TimeDelta::hours(6);
/// After how long it is tried again to remove what could not be removed.
const AGAIN_AFTER: TimeDelta = TimeDelta::minutes(10);
/// Objects removed in one round.
const AT_ONCE: i64 = 500;

/// Stores an object, which is removed again unless a row comes to name it.
pub(super) async fn put(app: &App, object: &str, bytes: Vec<u8>, now: DateTime<Utc>) -> Result<(), Error> {
    app.files().has_room().await?;
    let from = now + WRITTEN_WITHIN;
    app.database().write_with((object.to_owned(), from), note).await?;
    Ok(app.files().put(object, bytes).await?)
}

/// A row names this object from now on; with the row, in its transaction.
pub(super) async fn spare(connection: &mut AnyConnection, object: &str) -> Result<(), DatabaseError> {
    sql("delete from file_doomed where object = $1", [object.into()]).execute(connection).await?;
    Ok(())
}

/// No row names this object any more; with the row, in its transaction.
pub(super) async fn doom(
    connection: &mut AnyConnection,
    object: &str,
    from: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "insert into file_doomed (object, from_at) values ($1, $2) on conflict (object) do nothing";
    sql(statement, [object.into(), from.into()]).execute(connection).await?;
    Ok(())
}

/// Removes what has been due for some hours, until one cannot be removed: the others would wait as long for a store that is silent.
///
/// # Errors
/// Why that one could not be; it comes again later, and behind the others.
pub(super) async fn remove_due(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    let statement = "select object from file_doomed where from_at <= $1 order by from_at, object limit $2";
    let mut connection = app.database().read().await?;
    let rows = sql(statement, [(now - STAYS).into(), AT_ONCE.into()]).fetch_all(&mut *connection).await?;
    drop(connection);
    for row in &rows {
        let object = text(row, "object")?;
        let removed = app.files().remove(&object).await;
        if let Err(error) = removed {
            app.database().write_with((object, now - STAYS + AGAIN_AFTER), put_off).await?;
            return Err(error.into());
        }
        app.database().write_with([object], forget).await?;
    }
    Ok(())
}

async fn note(connection: &mut AnyConnection, (object, from): &(String, DateTime<Utc>)) -> Result<(), Error> {
    Ok(doom(connection, object, *from).await?)
}

async fn forget(connection: &mut AnyConnection, [object]: &[String; 1]) -> Result<(), Error> {
    Ok(spare(connection, object).await?)
}

async fn put_off(connection: &mut AnyConnection, (object, from): &(String, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update file_doomed set from_at = $1 where object = $2";
    sql(statement, [(*from).into(), object.as_str().into()]).execute(connection).await?;
    Ok(())
}
