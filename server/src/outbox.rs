//! Messages to residents: written with the change they tell of, sent afterwards, their state visible.

mod gateway;
mod overtaken;
mod readdress;
pub mod sending;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use shared::identity::Phone;
use sqlx::{AnyConnection, any::AnyRow};

use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{bytes, instant, int, maybe_instant, sql, sql_list, text},
};
use crate::error::Error;
use crate::keys::Keys;

pub(crate) use overtaken::{About, Truth};
pub(crate) use readdress::{Waiting, readdress};

/// One text message. Sealed in the database, since it names a phone and often a booking.
#[derive(Clone, Serialize, Deserialize)]
pub struct Message {
    pub to: String,
    pub text: String,
}

/// How far a message has come, as its recipient sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    Waiting,
    Sent,
    Failed,
    /// Not sent, since what it says was no longer so when it could have been.
    Overtaken,
}

/// A message as the mailbox page and the manage page show it.
pub struct Posted {
    pub kind: String,
    pub message: Message,
    pub delivery: Delivery,
    pub created_at: DateTime<Utc>,
    /// Not before.
    pub due_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

/// The name under which messages are sealed.
pub const SEAL: &str = "outbox";

impl Message {
    pub fn new(to: &Phone, text: String) -> Self {
        Self { to: to.as_str().to_owned(), text }
    }

    pub fn seal(&self, keys: &Keys) -> Vec<u8> {
        keys.seal(SEAL, self)
    }
}

/// Writes messages to be sent after the commit, any number of them. A subject is what they are about, such as
/// `appointment:9f3…`, and by which they are erased with it.
pub async fn insert(
    connection: &mut AnyConnection,
    subject: &str,
    kind: &'static str,
    sealed: &[Vec<u8>],
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    const ONE: &str = "insert into outbox (subject, kind, sealed, state, created_at, due_at) \
         values ($1, $2, $3, 'waiting', $4, $4)";
    const TWO: &str = "insert into outbox (subject, kind, sealed, state, created_at, due_at) \
         values ($1, $2, $3, 'waiting', $4, $4), ($5, $6, $7, 'waiting', $8, $8)";
    let row = |sealed: &Vec<u8>| [subject.into(), kind.into(), sealed.clone().into(), now.into()];
    // Most messages come in pairs, and a statement costs more than a row.
    for pair in sealed.chunks(2) {
        let statement = if pair.len() == 2 { TWO } else { ONE };
        sql_list(statement, pair.iter().flat_map(row).collect()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes a message about nothing that is kept, for which somebody waits with a page open, such as a code: it goes before all
/// others, is of no use from `useful_until` on, and is gone a day later ([`forget`]).
pub async fn insert_urgent(
    connection: &mut AnyConnection,
    kind: &'static str,
    sealed: &[u8],
    useful_until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "insert into outbox (kind, sealed, state, created_at, due_at, useful_until) \
         values ($1, $2, 'waiting', $3, $3, $4)";
    let values = [kind.into(), sealed.to_vec().into(), now.into(), useful_until.into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// Writes messages like [`insert`], unless those with the same key were written before; the database decides.
pub async fn insert_once(
    connection: &mut AnyConnection,
    subject: &str,
    kind: &'static str,
    key: &str,
    sealed: &[Vec<u8>],
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "insert into outbox (subject, kind, sealed, state, created_at, due_at, once_key) \
         values ($1, $2, $3, 'waiting', $4, $4, $5) on conflict do nothing";
    for (rank, sealed) in sealed.iter().enumerate() {
        let key = format!("{key}/{rank}");
        let values = [subject.into(), kind.into(), sealed.clone().into(), now.into(), key.into()];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes messages like [`insert_once`] that can be withdrawn: none is sent before `due_at`.
pub async fn insert_later(
    connection: &mut AnyConnection,
    (subject, kind, key): (&str, &'static str, &str),
    sealed: &[Vec<u8>],
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "insert into outbox (subject, kind, sealed, state, created_at, due_at, once_key) \
         values ($1, $2, $3, 'waiting', $4, $5, $6) on conflict do nothing";
    for (rank, sealed) in sealed.iter().enumerate() {
        let key = format!("{key}/{rank}");
        let values = [subject.into(), kind.into(), sealed.clone().into(), now.into(), due_at.into(), key.into()];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Takes back the messages that were written with a key, and says whether nobody was or is being sent any of them.
pub async fn withdraw(connection: &mut AnyConnection, subject: &str, key: &str) -> Result<bool, DatabaseError> {
    let written = || [subject.into(), format!("{key}/%").into()];
    let statement = "delete from outbox where subject = $1 and once_key like $2 and state = 'waiting' and attempts = 0";
    sql(statement, written()).execute(&mut *connection).await?;
    let statement = "select 1 from outbox where subject = $1 and once_key like $2 limit 1";
    Ok(sql(statement, written()).fetch_optional(connection).await?.is_none())
}

/// Whether a message of a kind about a subject was written, whatever became of it.
pub async fn was_written(connection: &mut AnyConnection, subject: &str, kind: &str) -> Result<bool, DatabaseError> {
    let statement = "select 1 as one from outbox where subject = $1 and kind = $2 limit 1";
    Ok(sql(statement, [subject.into(), kind.into()]).fetch_optional(connection).await?.is_some())
}

/// Removes messages about nothing that have been of no use for a day, whatever became of them: sent, failed, or never tried.
pub async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    // Versions before did not always say until when one was of use, and none was for long.
    let statement = "delete from outbox where subject is null and coalesce(useful_until, created_at) <= $1";
    sql(statement, [(*now - TimeDelta::days(1)).into()]).execute(connection).await?;
    Ok(())
}

/// The messages about one subject, the newest first.
pub async fn of_subject(app: &App, subject: &str) -> Result<Vec<Posted>, Error> {
    let statement = "select kind, sealed, state, created_at, due_at, sent_at, useful_until from outbox where subject = $1 order by id desc";
    let mut connection = app.database().read().await?;
    let rows = sql(statement, [subject.into()]).fetch_all(&mut *connection).await?;
    readable(app.keys(), &rows)
}

/// The messages about one subject that go to one phone, by their ids.
pub(crate) async fn ids_to(app: &App, subject: &str, phone: &Phone) -> Result<Vec<i64>, Error> {
    let statement = "select id, sealed from outbox where subject = $1";
    let rows = sql(statement, [subject.into()]).fetch_all(&mut *app.database().read().await?).await?;
    let mut ids = Vec::new();
    for row in &rows {
        let message: Result<Message, _> = app.keys().open(SEAL, &bytes(row, "sealed")?);
        if message.is_ok_and(|message| message.to == phone.as_str()) {
            ids.push(int(row, "id")?);
        }
    }
    Ok(ids)
}

/// The newest messages of all, for the demo's mailbox page.
pub async fn newest(app: &App, limit: i64) -> Result<Vec<Posted>, Error> {
    let mut connection = app.database().read().await?;
    let statement =
        "select kind, sealed, state, created_at, due_at, sent_at, useful_until from outbox order by id desc limit $1";
    let rows = sql(statement, [limit.into()]).fetch_all(&mut *connection).await?;
    readable(app.keys(), &rows)
}

/// Those that can be opened: a damaged one takes no page down.
fn readable(keys: &Keys, rows: &[AnyRow]) -> Result<Vec<Posted>, Error> {
    let read = rows.iter().map(|row| read(keys, row));
    read.filter(|posted| !matches!(posted, Err(Error::Unsealable(_)))).collect()
}

fn read(keys: &Keys, row: &AnyRow) -> Result<Posted, Error> {
    let due_at = instant(row, "due_at")?;
    let is_of_no_use = maybe_instant(row, "useful_until")?.is_some_and(|until| until <= due_at);
    let delivery = match text(row, "state")?.as_str() {
        "sent" => Delivery::Sent,
        "failed" if is_of_no_use => Delivery::Overtaken,
        "failed" => Delivery::Failed,
        _ => Delivery::Waiting,
    };
    Ok(Posted {
        kind: text(row, "kind")?,
        message: keys.open(SEAL, &bytes(row, "sealed")?)?,
        delivery,
        created_at: instant(row, "created_at")?,
        due_at,
        sent_at: maybe_instant(row, "sent_at")?,
    })
}
