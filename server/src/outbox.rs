//! Messages to residents: written with the change they tell of, sent afterwards, their state visible.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use shared::identity::Phone;
use sqlx::{AnyConnection, AssertSqlSafe, any::AnyRow};

use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{bytes, instant, int, maybe_instant, sql, sql_list, text},
};
use crate::error::Error;
use crate::keys::Keys;
use crate::settings::Channel;

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
}

/// A message as the mailbox page and the manage page show it.
pub struct Posted {
    pub kind: String,
    pub message: Message,
    pub delivery: Delivery,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

/// The name under which messages are sealed.
pub const SEAL: &str = "outbox";
/// Tries before a message is given up; the waits double from half a minute to about four hours.
const MOST_ATTEMPTS: i64 = 10;
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
/// Messages claimed at a time.
const BATCH: i64 = 200;
/// How long a claimed message is left to its process before another may take it over.
const LEASE: TimeDelta = TimeDelta::minutes(2);

impl Message {
    pub fn new(to: &Phone, text: String) -> Self {
        Self { to: to.as_str().to_owned(), text }
    }

    pub fn seal(&self, keys: &Keys) -> Vec<u8> {
        keys.seal(SEAL, self)
    }
}

/// Writes messages to be sent after the commit, any number of them. A subject is what they are about, such as
/// `appointment:9f3…`; a code to a phone is about nothing.
pub async fn insert(
    connection: &mut AnyConnection,
    subject: Option<&str>,
    kind: &'static str,
    sealed: &[Vec<u8>],
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    const ONE: &str = "insert into outbox (subject, kind, sealed, state, created_at, due_at) \
         values ($1, $2, $3, 'waiting', $4, $4)";
    const TWO: &str = "insert into outbox (subject, kind, sealed, state, created_at, due_at) \
         values ($1, $2, $3, 'waiting', $4, $4), ($5, $6, $7, 'waiting', $8, $8)";
    let subject = subject.map(str::to_owned);
    let row = |sealed: &Vec<u8>| [subject.clone().into(), kind.into(), sealed.clone().into(), now.into()];
    // Most messages come in pairs, and a statement costs more than a row.
    for pair in sealed.chunks(2) {
        let statement = if pair.len() == 2 { TWO } else { ONE };
        sql_list(statement, pair.iter().flat_map(row).collect()).execute(&mut *connection).await?;
    }
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

/// The messages about one subject, the newest first.
pub async fn of_subject(app: &App, subject: &str) -> Result<Vec<Posted>, Error> {
    let statement = "select kind, sealed, state, created_at, sent_at from outbox where subject = $1 order by id desc";
    let mut connection = app.database().read().await?;
    let rows = sql(statement, [subject.into()]).fetch_all(&mut *connection).await?;
    readable(app.keys(), &rows)
}

/// The newest messages of all, for the demo's mailbox page.
pub async fn newest(app: &App, limit: i64) -> Result<Vec<Posted>, Error> {
    let mut connection = app.database().read().await?;
    let statement = "select kind, sealed, state, created_at, sent_at from outbox order by id desc limit $1";
    let rows = sql(statement, [limit.into()]).fetch_all(&mut *connection).await?;
    readable(app.keys(), &rows)
}

/// Sends what is due and says how many messages were claimed.
pub async fn send_due(app: &App, now: DateTime<Utc>) -> Result<usize, Error> {
    let claimed = app.database().write_with(now, claim).await?;
    let count = claimed.len();
    let (mut sent, mut unsent) = (Vec::new(), Vec::new());
    for (id, attempts, sealed) in claimed {
        let Ok(message) = app.keys().open::<Message>(SEAL, &sealed) else {
            // No later try could read it, and those after it must not wait for that.
            tracing::error!(message = id, "a message cannot be opened and is given up");
            unsent.push((id, MOST_ATTEMPTS));
            continue;
        };
        if deliver(app.settings().channel(), message).await {
            sent.push(id);
        } else {
            tracing::warn!(message = id, attempts, "a message could not be sent");
            unsent.push((id, attempts));
        }
    }
    app.database().write_with(Settled { sent, unsent, at: app.now() }, settle).await?;
    Ok(count)
}

/// Takes due messages for this process; a process that dies leaves them to the next after the lease.
async fn claim(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<Vec<(i64, i64, Vec<u8>)>, Error> {
    let statement = "update outbox set due_at = $1, attempts = attempts + 1 where state = 'waiting' and due_at <= $2 \
         and id in (select id from outbox where state = 'waiting' and due_at <= $2 order by due_at limit $3) \
         returning id, attempts, sealed";
    let rows = sql(statement, [(*now + LEASE).into(), (*now).into(), BATCH.into()]).fetch_all(connection).await?;
    let read = |row| Ok((int(row, "id")?, int(row, "attempts")?, bytes(row, "sealed")?));
    rows.iter().map(read).collect()
}

/// Ids of messages that were sent, and ids with their tries of those that were not.
struct Settled {
    sent: Vec<i64>,
    unsent: Vec<(i64, i64)>,
    at: DateTime<Utc>,
}

/// Writes down what became of the claimed messages.
async fn settle(connection: &mut AnyConnection, Settled { sent, unsent, at }: &Settled) -> Result<(), Error> {
    if !sent.is_empty() {
        // Numbers only, so the list can stand in the text; one statement for the batch keeps the writer free.
        let ids = sent.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        let at = at.timestamp_millis();
        let statement = format!("update outbox set state = 'sent', sent_at = {at} where id in ({ids})");
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *connection).await?;
    }
    for (id, attempts) in unsent {
        let state = if *attempts >= MOST_ATTEMPTS { "failed" } else { "waiting" };
        let doublings = u32::try_from(attempts.clamp(&1, &MOST_ATTEMPTS) - 1).unwrap_or(0);
        let due = *at + FIRST_WAIT * 2_i32.pow(doublings);
        let statement = "update outbox set state = $1, due_at = $2 where id = $3";
        sql(statement, [state.into(), due.into(), (*id).into()]).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn deliver(channel: Channel, message: Message) -> bool {
    match channel {
        Channel::Mailbox => true,
        Channel::Gateway(url) => {
            let post = move || ureq::post(&url).send_json(&message).is_ok();
            tokio::task::spawn_blocking(post).await.unwrap_or(false)
        }
    }
}

/// Those that can be opened: a damaged one takes no page down.
fn readable(keys: &Keys, rows: &[AnyRow]) -> Result<Vec<Posted>, Error> {
    let read = rows.iter().map(|row| read(keys, row));
    read.filter(|posted| !matches!(posted, Err(Error::Unsealable(_)))).collect()
}

fn read(keys: &Keys, row: &AnyRow) -> Result<Posted, Error> {
    let delivery = match text(row, "state")?.as_str() {
        "sent" => Delivery::Sent,
        "failed" => Delivery::Failed,
        _ => Delivery::Waiting,
    };
    Ok(Posted {
        kind: text(row, "kind")?,
        message: keys.open(SEAL, &bytes(row, "sealed")?)?,
        delivery,
        created_at: instant(row, "created_at")?,
        sent_at: maybe_instant(row, "sent_at")?,
    })
}
