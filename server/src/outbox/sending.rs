//! Sending: some messages at a time, each claimed for a lease, tried once, and settled with those that came back meanwhile.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{AnyConnection, any::AnyRow};
use tokio::{task::JoinSet, time::sleep};

use super::overtaken::{self, Subject, Truth};
use super::{Message, SEAL, gateway};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{bytes, instant, int, maybe_instant, sql, sql_list},
};
use crate::error::Error;

/// Messages under way at a time: at 200 ms each, far more than a hot morning asks for.
const AT_ONCE: usize = 16;
/// Tries before a message is set aside; the waits double from half a minute to about four hours.
const MOST_ATTEMPTS: i64 = 10;
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
/// How long a claimed message is left to its process before another may take it over: longer than a gateway may take.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// Waiting messages are looked for this often even if nobody rings.
const ROUND: Duration = Duration::from_secs(5);
/// Time for a burst of bookings to gather before their messages are claimed together.
const GATHER: Duration = Duration::from_millis(50);

/// Sends what is due, for as long as the process runs. A gateway that is slow or silent keeps only the messages that
/// are with it.
pub async fn run(app: App) {
    let (mut under_way, mut back) = (JoinSet::new(), Vec::new());
    loop {
        match turn(&app, &mut back, &mut under_way).await {
            Ok(_) => {}
            // Said where it began; it ends by itself or by the operator's word.
            Err(Error::Database(DatabaseError::OnlyReads)) => sleep(ROUND).await,
            Err(error) => {
                tracing::error!(%error, "messages could not be claimed or settled");
                sleep(ROUND).await;
            }
        }
        tokio::select! {
            Some(done) = under_way.join_next() => back.extend(done),
            () = app.outbox_woken(), if under_way.len() < AT_ONCE => sleep(GATHER).await,
            () = sleep(ROUND) => {}
        }
        // All that came back meanwhile make room at once.
        while let Some(done) = under_way.try_join_next() {
            back.extend(done);
        }
    }
}

/// Sends all that is due, and says how many that was.
pub async fn send_due(app: &App) -> Result<usize, Error> {
    let (mut under_way, mut back, mut count) = (JoinSet::new(), Vec::new(), 0);
    loop {
        count += turn(app, &mut back, &mut under_way).await?;
        match under_way.join_next().await {
            Some(done) => back.extend(done),
            None => return Ok(count),
        }
    }
}

/// Writes down what became of those that came back, and takes what is due in their place: one transaction, so that a burst
/// costs the residents' own writes little. What could not be written down is kept for the next turn.
async fn turn(app: &App, back: &mut Vec<Settled>, under_way: &mut JoinSet<Settled>) -> Result<usize, Error> {
    let room = AT_ONCE - under_way.len();
    if back.is_empty() && room == 0 {
        return Ok(0);
    }
    let turn = Turn { back: back.clone(), room: i64::try_from(room).unwrap_or(i64::MAX), now: app.now() };
    let claimed = app.database().write_with(turn, write_turn).await?;
    back.clear();
    let count = claimed.len();
    for claimed in claimed {
        // A task of its own: a message that waits for its gateway keeps no other.
        under_way.spawn(attempt(app.clone(), claimed));
    }
    Ok(count)
}

struct Turn {
    back: Vec<Settled>,
    room: i64,
    now: DateTime<Utc>,
}

async fn write_turn(connection: &mut AnyConnection, Turn { back, room, now }: &Turn) -> Result<Vec<Claimed>, Error> {
    let (sent, others): (Vec<_>, Vec<_>) = back.iter().partition(|settled| matches!(settled.outcome, Outcome::Sent));
    for sent in sent.chunks(AT_ONCE) {
        settle_sent(connection, sent, *now).await?;
    }
    for settled in others {
        settle(connection, settled, *now).await?;
    }
    if *room == 0 { Ok(Vec::new()) } else { Ok(claim(connection, *room, *now).await?) }
}

/// A message that this process alone sends, until its lease is over.
struct Claimed {
    id: i64,
    attempts: i64,
    created_at: DateTime<Utc>,
    useful_until: Option<DateTime<Utc>>,
    sealed: Vec<u8>,
    about: overtaken::About,
}

/// Takes what is due for this process, what somebody waits for first; a process that dies leaves them to the next.
async fn claim(connection: &mut AnyConnection, most: i64, now: DateTime<Utc>) -> Result<Vec<Claimed>, DatabaseError> {
    let statement = "update outbox set due_at = $1, attempts = attempts + 1 where state = 'waiting' and due_at <= $2 \
         and id in (select id from outbox where state = 'waiting' and due_at <= $2 \
         order by useful_until is null, due_at limit $3) \
         returning id, attempts, created_at, useful_until, sealed, subject, kind, once_key";
    let rows = sql(statement, [(now + LEASE).into(), now.into(), most.into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Claimed, DatabaseError> {
    Ok(Claimed {
        id: int(row, "id")?,
        attempts: int(row, "attempts")?,
        created_at: instant(row, "created_at")?,
        useful_until: maybe_instant(row, "useful_until")?,
        sealed: bytes(row, "sealed")?,
        about: overtaken::About::read(row)?,
    })
}

/// What became of one try.
#[derive(Clone, Copy)]
struct Settled {
    id: i64,
    attempts: i64,
    outcome: Outcome,
}

#[derive(Clone, Copy)]
enum Outcome {
    Sent,
    /// Worth another try.
    NotTaken,
    /// No later try could do better.
    Hopeless,
    /// What it says is no longer so.
    Overtaken,
}

/// Tries one message. A process that dies before it is settled leaves it to come round again after its lease, under the
/// same id.
async fn attempt(app: App, claimed: Claimed) -> Settled {
    let Claimed { id, attempts, .. } = claimed;
    Settled { id, attempts, outcome: try_once(&app, claimed).await }
}

async fn try_once(app: &App, claimed: Claimed) -> Outcome {
    let Claimed { id, attempts, created_at, useful_until, sealed, about } = claimed;
    let Ok(message) = app.keys().open::<Message>(SEAL, &sealed) else {
        tracing::error!(message = id, "a message cannot be opened and is set aside");
        return Outcome::Hopeless;
    };
    if useful_until.is_some_and(|until| until <= app.now()) {
        tracing::warn!(message = id, "a message came too late to be of use and is set aside");
        return Outcome::Hopeless;
    }
    match truth(app, &about).await {
        Ok(Truth::Holds) => {}
        Ok(Truth::Open) => return Outcome::NotTaken,
        Ok(Truth::Overtaken) => return Outcome::Overtaken,
        Err(error) => {
            tracing::error!(%error, message = id, "whether a message is still true could not be read");
            return Outcome::NotTaken;
        }
    }
    let known_as = app.keys().message_id(id, created_at);
    if gateway::deliver(app.settings().channel(), known_as, message).await {
        Outcome::Sent
    } else {
        tracing::warn!(message = id, attempts, "a message could not be sent");
        Outcome::NotTaken
    }
}

/// Nothing is asked of a code, whose owner waits for it.
async fn truth(app: &App, about: &overtaken::About) -> Result<Truth, Error> {
    if about.subject == Subject::Nothing {
        return Ok(Truth::Holds);
    }
    overtaken::truth(&mut *app.database().read().await?, about, app.now()).await
}

/// What was sent stays sent, also where another process has taken it over meanwhile.
async fn settle_sent(
    connection: &mut AnyConnection,
    sent: &[&Settled],
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "update outbox set state = 'sent', sent_at = $1, due_at = $1 where id in \
         ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
    // Where there are fewer, they come round again until the list is full.
    let ids = sent.iter().cycle().take(AT_ONCE).map(|sent| sent.id.into());
    sql_list(statement, std::iter::once(now.into()).chain(ids).collect()).execute(connection).await?;
    Ok(())
}

async fn settle(connection: &mut AnyConnection, settled: &Settled, now: DateTime<Utc>) -> Result<(), DatabaseError> {
    let Settled { id, attempts, outcome } = *settled;
    let doublings = u32::try_from(attempts.clamp(1, MOST_ATTEMPTS) - 1).unwrap_or(0);
    let (state, due_at) = match outcome {
        Outcome::NotTaken if attempts < MOST_ATTEMPTS => ("waiting", now + FIRST_WAIT * 2_i32.pow(doublings)),
        Outcome::Sent | Outcome::NotTaken | Outcome::Hopeless | Outcome::Overtaken => ("failed", now),
    };
    // From now on it is of no use, by which it is told from one that somebody still has to hear.
    let useful_until = matches!(outcome, Outcome::Overtaken).then_some(now);
    let statement = "update outbox set state = $1, due_at = $2, useful_until = coalesce($5, useful_until) \
         where id = $3 and attempts = $4";
    let values = [state.into(), due_at.into(), id.into(), attempts.into(), useful_until.into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
