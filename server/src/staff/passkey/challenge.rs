//! What a browser was asked to sign: kept on the server, for five minutes, for one answer.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use shared::staff::{AccountName, Refusal};
use sqlx::AnyConnection;
use webauthn_rs::prelude::{PasskeyAuthentication, PasskeyRegistration};

use super::super::prove::Half;
use crate::app::App;
use crate::database::sql::{bytes, sql};
use crate::error::Error;
use crate::keys::{Keys, token::new_id};

const LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// What a browser is asked.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// To be sent along with the answer.
    pub id: String,
    /// Options of `navigator.credentials`, bytes in base64url.
    pub options: serde_json::Value,
}

/// What the server keeps of it.
#[derive(Serialize, Deserialize)]
pub(super) enum Waiting {
    ToAdd(PasskeyRegistration),
    ToSignIn(PasskeyAuthentication, Half),
}

/// The name under which it is sealed.
pub(in super::super) fn context(id: &str) -> String {
    format!("staff-challenge:{id}")
}

/// Keeps what was asked and gives the id that its answer names.
pub(super) async fn keep(
    app: &App,
    account: &AccountName,
    waiting: &Waiting,
    now: DateTime<Utc>,
) -> Result<String, Error> {
    let sent = new_id();
    let id = fingerprint(app.keys(), &sent);
    let sealed = app.keys().seal(&context(&id), waiting);
    app.database().write_with((id, account.clone(), sealed, now + LIFETIME), insert).await?;
    Ok(sent)
}

/// Takes what was asked out, once.
///
/// # Errors
/// [`Refusal::PasskeyRefused`] when it is over or was answered.
pub(super) async fn take(app: &App, sent: &str, now: DateTime<Utc>) -> Result<Waiting, Error> {
    let id = fingerprint(app.keys(), sent);
    let sealed = app.database().write_with((id.clone(), now), remove).await?;
    Ok(app.keys().open(&context(&id), &sealed)?)
}

/// Removes what nobody answered.
pub(in super::super) async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    sql("delete from staff_challenge where expires_at <= $1", [(*now).into()]).execute(connection).await?;
    Ok(())
}

async fn insert(
    connection: &mut AnyConnection,
    (id, account, sealed, until): &(String, AccountName, Vec<u8>, DateTime<Utc>),
) -> Result<(), Error> {
    let statement = "insert into staff_challenge (id, account, sealed, expires_at) values ($1, $2, $3, $4)";
    let values = [id.as_str().into(), account.as_str().into(), sealed.clone().into(), (*until).into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn remove(connection: &mut AnyConnection, (id, now): &(String, DateTime<Utc>)) -> Result<Vec<u8>, Error> {
    let statement = "delete from staff_challenge where id = $1 and expires_at > $2 returning sealed";
    let row = sql(statement, [id.as_str().into(), (*now).into()]).fetch_optional(connection).await?;
    Ok(bytes(&row.ok_or(Refusal::PasskeyRefused)?, "sealed")?)
}

fn fingerprint(keys: &Keys, sent: &str) -> String {
    keys.fingerprint("staff-challenge", sent.as_bytes())
}
