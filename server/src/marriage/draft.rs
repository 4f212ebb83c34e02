//! A half-filled form, sealed beside the browser's session; it dies with its hold.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use shared::marriage::PartyInput;
use sqlx::AnyConnection;

use crate::app::App;
use crate::database::sql::{bytes, sql};
use crate::error::Error;
use crate::session::Session;

/// What has been typed so far, unparsed, so that nothing is lost and everything can be shown again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Draft {
    pub parties: [PartyInput; 2],
    /// The end of the hold beside which it was last saved; when that has passed, the couple is told so.
    #[serde(default)]
    pub held_until: Option<DateTime<Utc>>,
    /// They declared that what stands here is true; changing any of it takes that back.
    #[serde(default)]
    pub declared: bool,
}

/// How long a draft outlives its hold (or its last change), so that a couple whose time ran out can take
/// another without typing again.
pub const GRACE: TimeDelta = TimeDelta::minutes(10);

/// The browser's draft, or an empty one.
pub async fn load(app: &App, session: &Session, now: DateTime<Utc>) -> Result<Draft, Error> {
    let key = session.fingerprint(app.keys());
    let statement = "select sealed from draft where session = $1 and expires_at > $2";
    let mut connection = app.database().read().await?;
    let row = sql(statement, [key.as_str().into(), now.into()]).fetch_optional(&mut *connection).await?;
    match row {
        Some(row) => Ok(app.keys().open(&context(&key), &bytes(&row, "sealed")?)?),
        None => Ok(Draft::default()),
    }
}

/// Keeps the draft until `until` and the grace after it: the end of the hold, or now when there is none.
pub async fn save(app: &App, session: &Session, draft: &Draft, until: DateTime<Utc>) -> Result<(), Error> {
    let key = session.fingerprint(app.keys());
    let sealed = app.keys().seal(&context(&key), draft);
    let kept = Arc::new((key, sealed, until + GRACE));
    app.database().write(move |connection| Box::pin(store(connection, Arc::clone(&kept)))).await
}

/// Keeps a draft that is there at least until `until` and the grace after it: its hold was taken or extended.
pub async fn keep(app: &App, session: &Session, until: DateTime<Utc>) -> Result<(), Error> {
    let key = session.fingerprint(app.keys());
    let expires_at = until + GRACE;
    app.database().write(move |connection| Box::pin(postpone(connection, key.clone(), expires_at))).await
}

/// Removes the browser's draft.
pub async fn discard(app: &App, session: &Session) -> Result<(), Error> {
    let key = session.fingerprint(app.keys());
    app.database().write(move |connection| Box::pin(remove(connection, key.clone()))).await
}

async fn store(connection: &mut AnyConnection, kept: Arc<(String, Vec<u8>, DateTime<Utc>)>) -> Result<(), Error> {
    let (key, sealed, expires_at) = &*kept;
    let statement = "insert into draft (session, sealed, expires_at) values ($1, $2, $3) \
         on conflict (session) do update set sealed = $2, expires_at = $3";
    let values = [key.as_str().into(), sealed.clone().into(), (*expires_at).into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn postpone(connection: &mut AnyConnection, key: String, expires_at: DateTime<Utc>) -> Result<(), Error> {
    let statement = "update draft set expires_at = $1 where session = $2 and expires_at < $1";
    sql(statement, [expires_at.into(), key.into()]).execute(connection).await?;
    Ok(())
}

async fn remove(connection: &mut AnyConnection, key: String) -> Result<(), Error> {
    sql("delete from draft where session = $1", [key.into()]).execute(connection).await?;
    Ok(())
}

fn context(key: &str) -> String {
    format!("draft:{key}")
}
