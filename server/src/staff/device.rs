//! Browsers that an account was signed in with before: each pays for tries out of its own purse.

use chrono::{DateTime, TimeDelta, Utc};
use shared::staff::AccountName;
use sqlx::AnyConnection;

use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;

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

/// Knows a browser from now on: somebody has signed in with it.
pub(super) async fn know(
    connection: &mut AnyConnection,
    fingerprint: &str,
    account: &AccountName,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = "insert into staff_device (token_hash, account, expires_at) values ($1, $2, $3) \
         on conflict (token_hash, account) do update set expires_at = $3";
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
