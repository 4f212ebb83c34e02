//! Browsers that are signed in: until half an hour without a request, twelve hours, or their end.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use shared::staff::{AccountName, StaffId};
use sqlx::{AnyConnection, any::AnyRow};

use super::token::Token;
use super::{account, record};
use crate::app::App;
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    condition::in_any_case,
    sql::{instant, int, sql, text, word},
};
use crate::error::Error;

/// Without a request for so long, a session is over.
pub const IDLE: TimeDelta = TimeDelta::minutes(30);
/// However busy, a session is over after so long.
pub const LONGEST: TimeDelta = TimeDelta::hours(12);
/// How long password and code count as just given.
pub const FRESH: TimeDelta = TimeDelta::minutes(5);
/// Requests within so long of each other are noted once.
const NOTED_EACH: TimeDelta = TimeDelta::minutes(1);

/// A session that lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What it goes by in lists; opens nothing.
    pub id: String,
    pub account: AccountName,
    pub person: StaffId,
    pub browser: String,
    pub created_at: DateTime<Utc>,
    /// To the minute.
    pub seen_at: DateTime<Utc>,
    /// When password and code were last given.
    pub confirmed_at: DateTime<Utc>,
    /// Whether a passkey opened it.
    pub by_key: bool,
}

impl Signed {
    /// Whether password and code were given within five minutes, as some acts ask.
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        now < self.confirmed_at + FRESH
    }

    /// When it is over, if nothing more is asked.
    pub fn ends_at(&self) -> DateTime<Utc> {
        (self.seen_at + IDLE).min(self.created_at + LONGEST)
    }
}

const BY_TOKEN: &str = "select s.id, s.account, a.staff_id, s.browser, s.created_at, s.seen_at, s.confirmed_at, s.by_key \
     from staff_session s join staff_account a on a.name = s.account \
     where s.token_hash = $1 and s.seen_at > $2 and s.created_at > $3 and a.suspended_at is null \
     and (a.opened_by is null or a.seen_by is not null)";
const OF_ACCOUNT: &str = "select s.id, s.account, a.staff_id, s.browser, s.created_at, s.seen_at, s.confirmed_at, s.by_key \
     from staff_session s join staff_account a on a.name = s.account \
     where s.account = $1 and s.seen_at > $2 and s.created_at > $3 order by s.created_at desc, s.id";

/// The session that a token opens, in use as of now, which is noted.
pub async fn find(app: &App, token: &Token, now: DateTime<Utc>) -> Result<Option<Signed>, Error> {
    let Some(mut signed) = look(app, token, now).await? else { return Ok(None) };
    keep_awake(app, &mut signed, now).await?;
    Ok(Some(signed))
}

/// The session that a token opens. That it is looked at is no use of it.
pub async fn look(app: &App, token: &Token, now: DateTime<Utc>) -> Result<Option<Signed>, Error> {
    let values = [token.fingerprint(app.keys()).into(), (now - IDLE).into(), (now - LONGEST).into()];
    let row = sql(BY_TOKEN, values).fetch_optional(&mut *app.database().read().await?).await?;
    row.as_ref().map(read).transpose()
}

/// Notes that a session is in use.
async fn keep_awake(app: &App, signed: &mut Signed, now: DateTime<Utc>) -> Result<(), Error> {
    if now < signed.seen_at + NOTED_EACH {
        return Ok(());
    }
    match app.database().write_with((signed.id.clone(), now), see).await {
        // What can only be read is read all the same, also where the disk is full.
        Err(Error::Database(DatabaseError::OnlyReads | DatabaseError::Unavailable(_))) => {}
        noted => {
            noted?;
            signed.seen_at = now;
        }
    }
    Ok(())
}

/// Keeps the session that each of these used last awake, where it lasts: they are at work without pressing anything.
pub(crate) async fn keep_awake_of(
    connection: &mut AnyConnection,
    (people, now): &(Vec<StaffId>, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "update staff_session set seen_at = $1 where seen_at < $2 and id = (select s.id \
         from staff_session s join staff_account a on a.name = s.account \
         where a.staff_id = $3 and s.seen_at > $4 and s.created_at > $5 order by s.seen_at desc, s.id limit 1)";
    let (noted, idle, longest) = (*now - NOTED_EACH, *now - IDLE, *now - LONGEST);
    for person in people {
        let values = [(*now).into(), noted.into(), person.as_str().into(), idle.into(), longest.into()];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The sessions of an account that last, the newest first.
pub async fn list(app: &App, account: &AccountName, now: DateTime<Utc>) -> Result<Vec<Signed>, Error> {
    let values = [account.as_str().into(), (now - IDLE).into(), (now - LONGEST).into()];
    let rows = sql(OF_ACCOUNT, values).fetch_all(&mut *app.database().read().await?).await?;
    rows.iter().map(read).collect()
}

/// Ends one's own session or another of the same account, which may be a stranger's: what somebody began who ends another is void
/// ([`super::stopped`]). One that is over already stays so.
pub async fn end(app: &App, acting: &Signed, id: &str, now: DateTime<Utc>) -> Result<(), Error> {
    let which = if id == acting.id { Which::Own(id.to_owned()) } else { Which::Other(id.to_owned()) };
    let by = Actor::Staff(acting.person.clone());
    in_any_case(app.database().write_with((acting.account.clone(), which, by, now), end_some)).await
}

/// Ends every session of an account. It is on record also where there was none any more: what they began is void.
pub async fn end_all(app: &App, account: &AccountName, by: Actor, now: DateTime<Utc>) -> Result<(), Error> {
    in_any_case(app.database().write_with((account.clone(), Which::All, by, now), end_some)).await
}

/// A session as it begins.
pub(super) struct Row<'a> {
    pub(super) id: &'a str,
    pub(super) token: &'a str,
    pub(super) account: &'a AccountName,
    pub(super) browser: &'a str,
    pub(super) by_key: bool,
}

pub(super) async fn insert(connection: &mut AnyConnection, row: Row<'_>, now: DateTime<Utc>) -> Result<(), Error> {
    let statement = "insert into staff_session (id, token_hash, account, browser, created_at, seen_at, confirmed_at, by_key) \
         values ($1, $2, $3, $4, $5, $5, $5, $6)";
    let by_key = i64::from(row.by_key).into();
    let values = [row.id.into(), row.token.into(), row.account.as_str().into(), row.browser.into(), now.into(), by_key];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// Puts a session that lasts under a new token; whether it does.
pub(super) async fn renew(
    connection: &mut AnyConnection,
    id: &str,
    token: &str,
    now: DateTime<Utc>,
) -> Result<bool, Error> {
    let statement = "update staff_session set token_hash = $1, seen_at = $2, confirmed_at = $2 \
         where id = $3 and seen_at > $4 and created_at > $5";
    let values = [token.into(), now.into(), id.into(), (now - IDLE).into(), (now - LONGEST).into()];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() == 1)
}

/// Ends every session of an account without a word.
pub(super) async fn delete_all(connection: &mut AnyConnection, account: &AccountName) -> Result<(), Error> {
    sql("delete from staff_session where account = $1", [account.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Ends every session of an account but one; how many.
pub(super) async fn delete_others(
    connection: &mut AnyConnection,
    account: &AccountName,
    but: &str,
) -> Result<u64, Error> {
    let statement = "delete from staff_session where account = $1 and id <> $2";
    let ended = sql(statement, [account.as_str().into(), but.into()]).execute(connection).await?;
    Ok(ended.rows_affected())
}

/// Removes sessions that are over.
pub(super) async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    let statement = "delete from staff_session where seen_at <= $1 or created_at <= $2";
    sql(statement, [(*now - IDLE).into(), (*now - LONGEST).into()]).execute(connection).await?;
    Ok(())
}

async fn see(connection: &mut AnyConnection, (id, now): &(String, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update staff_session set seen_at = $1 where id = $2 and seen_at < $1";
    sql(statement, [(*now).into(), id.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Which sessions of an account end.
#[derive(Clone)]
pub(super) enum Which {
    /// That of whoever ends it.
    Own(String),
    Other(String),
    All,
}

/// Of which account which sessions end, by whom and when.
pub(super) type Ending = (AccountName, Which, Actor, DateTime<Utc>);

pub(super) async fn end_some(connection: &mut AnyConnection, (name, which, by, now): &Ending) -> Result<(), Error> {
    let account = name.as_str().into();
    let ended = match which {
        Which::Own(id) | Which::Other(id) => {
            sql("delete from staff_session where account = $1 and id = $2", [account, id.as_str().into()])
        }
        Which::All => sql("delete from staff_session where account = $1", [account]),
    };
    let ended = ended.execute(&mut *connection).await?.rows_affected();
    let detail = match which {
        Which::Own(_) | Which::Other(_) if ended == 0 => return Ok(()),
        Which::Own(id) => json!({ "account": name, "session": id, "ended": ended }),
        Which::Other(id) => json!({ "account": name, "session": id, "ended": ended, "other": true }),
        Which::All => json!({ "account": name, "session": null, "ended": ended }),
    };
    let person = account::person_of(connection, name).await?;
    Ok(record::note(connection, &person, (by.clone(), "session_ended", detail), *now).await?)
}

fn read(row: &AnyRow) -> Result<Signed, Error> {
    Ok(Signed {
        id: text(row, "id")?,
        account: word(row, "account", |name| AccountName::parse(name).ok())?,
        person: word(row, "staff_id", |id| StaffId::parse(id).ok())?,
        browser: text(row, "browser")?,
        created_at: instant(row, "created_at")?,
        seen_at: instant(row, "seen_at")?,
        confirmed_at: instant(row, "confirmed_at")?,
        by_key: int(row, "by_key")? == 1,
    })
}
