//! Sending: some messages at a time, each claimed for a lease, tried once, and settled by itself.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{AnyConnection, any::AnyRow};
use tokio::{task::JoinSet, time::sleep};

use super::{Message, SEAL, gateway};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{bytes, instant, int, maybe_instant, sql},
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
    let mut under_way = JoinSet::new();
    loop {
        match claim_due(&app, AT_ONCE - under_way.len()).await {
            // Said where it began; it ends by itself or by the operator's word.
            Err(Error::Database(DatabaseError::OnlyReads)) => sleep(ROUND).await,
            Ok(claimed) => begin(&app, claimed, &mut under_way),
            Err(error) => {
                tracing::error!(%error, "messages could not be claimed");
                sleep(ROUND).await;
            }
        }
        tokio::select! {
            Some(_) = under_way.join_next() => {}
            () = app.outbox_woken(), if under_way.len() < AT_ONCE => sleep(GATHER).await,
            () = sleep(ROUND) => {}
        }
        // All that came back meanwhile make room at once.
        while under_way.try_join_next().is_some() {}
    }
}

/// Sends all that is due, and says how many that was.
pub async fn send_due(app: &App) -> Result<usize, Error> {
    let (mut under_way, mut count) = (JoinSet::new(), 0);
    loop {
        let claimed = claim_due(app, AT_ONCE - under_way.len()).await?;
        count += claimed.len();
        begin(app, claimed, &mut under_way);
        if under_way.join_next().await.is_none() {
            return Ok(count);
        }
    }
}

/// Each is a task of its own: one that waits for a connection must not keep the others from giving theirs back.
fn begin(app: &App, claimed: Vec<Claimed>, under_way: &mut JoinSet<()>) {
    for claimed in claimed {
        under_way.spawn(send(app.clone(), claimed));
    }
}

/// A message that this process alone sends, until its lease is over.
struct Claimed {
    id: i64,
    attempts: i64,
    created_at: DateTime<Utc>,
    useful_until: Option<DateTime<Utc>>,
    sealed: Vec<u8>,
}

async fn claim_due(app: &App, most: usize) -> Result<Vec<Claimed>, Error> {
    if most == 0 {
        return Ok(Vec::new());
    }
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    app.database().write_with((most, app.now()), claim).await
}

/// Takes what is due for this process, what somebody waits for first; a process that dies leaves them to the next.
async fn claim(connection: &mut AnyConnection, (most, now): &(i64, DateTime<Utc>)) -> Result<Vec<Claimed>, Error> {
    let statement = "update outbox set due_at = $1, attempts = attempts + 1 where state = 'waiting' and due_at <= $2 \
         and id in (select id from outbox where state = 'waiting' and due_at <= $2 \
         order by useful_until is null, due_at limit $3) returning id, attempts, created_at, useful_until, sealed";
    let values = [(*now + LEASE).into(), (*now).into(), (*most).into()];
    let rows = sql(statement, values).fetch_all(connection).await?;
    let claimed: Result<Vec<_>, DatabaseError> = rows.iter().map(read).collect();
    Ok(claimed?)
}

fn read(row: &AnyRow) -> Result<Claimed, DatabaseError> {
    Ok(Claimed {
        id: int(row, "id")?,
        attempts: int(row, "attempts")?,
        created_at: instant(row, "created_at")?,
        useful_until: maybe_instant(row, "useful_until")?,
        sealed: bytes(row, "sealed")?,
    })
}

/// Tries one message and writes down what came of it; where that fails, it comes round again after its lease, under the
/// same id.
async fn send(app: App, claimed: Claimed) {
    let Claimed { id, attempts, .. } = claimed;
    let outcome = attempt(&app, claimed).await;
    if let Err(error) = app.database().write_with((id, attempts, outcome, app.now()), settle).await {
        tracing::error!(%error, message = id, "what became of a message could not be written down");
    }
}

#[derive(Clone, Copy)]
enum Outcome {
    Sent,
    /// Worth another try.
    NotTaken,
    /// No later try could do better.
    Hopeless,
}

async fn attempt(app: &App, claimed: Claimed) -> Outcome {
    let Claimed { id, attempts, created_at, useful_until, sealed } = claimed;
    let Ok(message) = app.keys().open::<Message>(SEAL, &sealed) else {
        tracing::error!(message = id, "a message cannot be opened and is set aside");
        return Outcome::Hopeless;
    };
    if useful_until.is_some_and(|until| until <= app.now()) {
        tracing::warn!(message = id, "a message came too late to be of use and is set aside");
        return Outcome::Hopeless;
    }
    let known_as = app.keys().message_id(id, created_at);
    if gateway::deliver(app.settings().channel(), known_as, message).await {
        Outcome::Sent
    } else {
        tracing::warn!(message = id, attempts, "a message could not be sent");
        Outcome::NotTaken
    }
}

async fn settle(
    connection: &mut AnyConnection,
    (id, attempts, outcome, now): &(i64, i64, Outcome, DateTime<Utc>),
) -> Result<(), Error> {
    let doublings = u32::try_from(attempts.clamp(&1, &MOST_ATTEMPTS) - 1).unwrap_or(0);
    let (state, sent_at, due_at) = match outcome {
        Outcome::Sent => ("sent", Some(*now), *now),
        Outcome::NotTaken if *attempts < MOST_ATTEMPTS => ("waiting", None, *now + FIRST_WAIT * 2_i32.pow(doublings)),
        Outcome::NotTaken | Outcome::Hopeless => ("failed", None, *now),
    };
    // What was sent stays sent, also where another process has taken it over meanwhile.
    let statement = "update outbox set state = $1, sent_at = $2, due_at = $3 \
         where id = $4 and (attempts = $5 or $1 = 'sent')";
    let values = [state.into(), sent_at.into(), due_at.into(), (*id).into(), (*attempts).into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
