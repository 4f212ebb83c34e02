//! Browsers that an account was signed in with before, and their own tries.

use chrono::{DateTime, TimeDelta, Utc};
use shared::staff::{AccountName, Refusal};
use sqlx::AnyConnection;

use crate::database::{
    DatabaseError,
    sql::{instant, sql},
};
use crate::error::Error;

/// Tries of one browser; then it waits.
const TRIES: i64 = 10;
const CLOSED_FOR: TimeDelta = TimeDelta::minutes(15);
/// How long a browser is known.
pub(super) const KNOWN_FOR: TimeDelta = TimeDelta::days(super::sign_in::DEVICE_DAYS);

/// Whether a token is that of a browser which this account was signed in with.
pub(super) async fn is_known(
    connection: &mut AnyConnection,
    fingerprint: &str,
    account: &AccountName,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let statement = "select 1 from staff_device where token_hash = $1 and account = $2 and expires_at > $3";
    let values = [fingerprint.into(), account.as_str().into(), now.into()];
    Ok(sql(statement, values).fetch_optional(connection).await?.is_some())
}

/// Whether any account was signed in with this browser: then it goes by the same token for all who share it.
pub(super) async fn is_anybodys(
    connection: &mut AnyConnection,
    fingerprint: &str,
    now: DateTime<Utc>,
) -> Result<bool, DatabaseError> {
    let statement = "select 1 from staff_device where token_hash = $1 and expires_at > $2 limit 1";
    Ok(sql(statement, [fingerprint.into(), now.into()]).fetch_optional(connection).await?.is_some())
}

/// Counts one try of a browser that is known. The tenth is let through and closes the browser for a while.
///
/// # Errors
/// [`Refusal::TooManyTries`] while it is closed.
pub(super) async fn pay(
    connection: &mut AnyConnection,
    (fingerprint, account): (&str, &str),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = "update staff_device set closed_until = case when tries + 1 >= $1 then $2 else closed_until end, \
         tries = case when tries + 1 >= $1 then 0 else tries + 1 end \
         where token_hash = $3 and closed_until <= $4 and account = $5";
    let values = [TRIES.into(), (now + CLOSED_FOR).into(), fingerprint.into(), now.into(), account.into()];
    if sql(statement, values).execute(&mut *connection).await?.rows_affected() == 1 {
        return Ok(());
    }
    let statement = "select closed_until from staff_device where token_hash = $1 and account = $2";
    let row = sql(statement, [fingerprint.into(), account.into()]).fetch_optional(connection).await?;
    let closed_until = row.map(|row| instant(&row, "closed_until")).transpose()?.unwrap_or(now);
    let wait = (closed_until - now).num_milliseconds().max(1).unsigned_abs();
    Err(Refusal::TooManyTries { retry_after: wait.div_ceil(1000) }.into())
}

/// Gives back one try that came to nothing.
pub(super) async fn give_back(
    connection: &mut AnyConnection,
    (fingerprint, account): (&str, &str),
) -> Result<(), Error> {
    let statement = "update staff_device set tries = tries - 1 where token_hash = $1 and account = $2 and tries > 0";
    sql(statement, [fingerprint.into(), account.into()]).execute(connection).await?;
    Ok(())
}

/// Knows a browser from now on, with all of its tries: somebody has signed in with it.
pub(super) async fn know(
    connection: &mut AnyConnection,
    fingerprint: &str,
    account: &AccountName,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = "insert into staff_device (token_hash, account, expires_at) values ($1, $2, $3) \
         on conflict (token_hash, account) do update set tries = 0, closed_until = 0, expires_at = $3";
    let values = [fingerprint.into(), account.as_str().into(), (now + KNOWN_FOR).into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

/// Knows no browser of an account any more.
pub(super) async fn forget_all(connection: &mut AnyConnection, account: &AccountName) -> Result<(), Error> {
    sql("delete from staff_device where account = $1", [account.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Forgets browsers that nobody has signed in with for long.
pub(super) async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    sql("delete from staff_device where expires_at <= $1", [(*now).into()]).execute(connection).await?;
    Ok(())
}
