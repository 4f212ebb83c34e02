//! Half-filled forms, sealed beside the browser's session: one for each form and subject.

use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::AnyConnection;

use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{bytes, sql},
};
use crate::error::Error;
use crate::keys::Keys;
use crate::session::Session;

/// Which draft of a browser is meant. A helper who files for several people keeps one for each subject.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    pub session: &'a Session,
    /// The form's own name, such as `marriage_registration`.
    pub form: &'a str,
    /// Whom or what it is about; empty where a form has one subject.
    pub subject: &'a str,
}

/// What has been typed so far; nothing when there is no draft, or its time is over.
pub async fn load<T: DeserializeOwned>(app: &App, key: Key<'_>, now: DateTime<Utc>) -> Result<Option<T>, Error> {
    let id = key.id(app.keys());
    let statement = "select sealed from draft where id = $1 and expires_at > $2";
    let mut connection = app.database().read().await?;
    let row = sql(statement, [id.as_str().into(), now.into()]).fetch_optional(&mut *connection).await?;
    match row {
        Some(row) => Ok(Some(app.keys().open(&context(&id), &bytes(&row, "sealed")?)?)),
        None => Ok(None),
    }
}

/// Keeps a draft until an instant, in place of an earlier one.
pub async fn save<T: Serialize>(app: &App, key: Key<'_>, draft: &T, expires_at: DateTime<Utc>) -> Result<(), Error> {
    let id = key.id(app.keys());
    let kept = Kept {
        sealed: app.keys().seal(&context(&id), draft),
        session: key.session.fingerprint(app.keys()),
        form: key.form.to_owned(),
        subject: key.subject.to_owned(),
        expires_at,
        id,
    };
    app.database().write_with(kept, store).await
}

/// Removes a browser's draft of one form and subject: what it was for is done.
pub async fn remove(
    connection: &mut AnyConnection,
    session: &str,
    form: &str,
    subject: &str,
) -> Result<(), DatabaseError> {
    let statement = "delete from draft where session = $1 and form = $2 and subject = $3";
    sql(statement, [session.into(), form.into(), subject.into()]).execute(connection).await?;
    Ok(())
}

/// Removes drafts whose time is over.
pub async fn forget(connection: &mut AnyConnection, now: &DateTime<Utc>) -> Result<(), Error> {
    sql("delete from draft where expires_at <= $1", [(*now).into()]).execute(connection).await?;
    Ok(())
}

/// The name under which a draft is sealed.
pub fn context(id: &str) -> String {
    format!("draft:{id}")
}

impl Key<'_> {
    /// The draft's id: the same browser, form and subject give the same one, and it tells nothing of them.
    fn id(self, keys: &Keys) -> String {
        let parts = [self.session.reveal(), self.form, self.subject].join("\n");
        keys.fingerprint("draft", parts.as_bytes())
    }
}

struct Kept {
    id: String,
    session: String,
    form: String,
    subject: String,
    sealed: Vec<u8>,
    expires_at: DateTime<Utc>,
}

async fn store(connection: &mut AnyConnection, kept: &Kept) -> Result<(), Error> {
    let statement = "insert into draft (id, session, form, subject, sealed, expires_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (id) do update set sealed = $5, expires_at = $6";
    let values = [
        kept.id.as_str().into(),
        kept.session.as_str().into(),
        kept.form.as_str().into(),
        kept.subject.as_str().into(),
        kept.sealed.clone().into(),
        kept.expires_at.into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}
