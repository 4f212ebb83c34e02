//! Texts that wait for a phone which was put right.

use chrono::{DateTime, Utc};
use shared::identity::Phone;
use sqlx::AnyConnection;

use super::overtaken::{self, Truth};
use super::{About, Message, SEAL};
use crate::database::{
    DatabaseError,
    sql::{bytes, int, sql},
};
use crate::error::Error;
use crate::keys::Keys;

/// Where what waits for the phone of before goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// To the new phone in its place: the old one is nobody's.
    Instead,
    /// To both: the old one is another's, who gave it too.
    Beside,
}

/// Has what waits for one phone about a subject go where it belongs, in the same words; but for texts of one kind.
pub(crate) async fn readdress(
    connection: &mut AnyConnection,
    keys: &Keys,
    (subject, but): (&str, &'static str),
    (from, to, waiting): (&Phone, &Phone, Waiting),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = "select id, sealed, subject, kind, once_key from outbox where subject = $1 and kind <> $2 and state = 'waiting' order by id";
    let rows = sql(statement, [subject.into(), but.into()]).fetch_all(&mut *connection).await?;
    for row in &rows {
        let message: Result<Message, _> = keys.open(SEAL, &bytes(row, "sealed")?);
        let Some(message) = message.ok().filter(|message| message.to == from.as_str()) else { continue };
        let (id, sealed) = (int(row, "id")?, Message::new(to, message.text).seal(keys));
        match waiting {
            Waiting::Instead => {
                let statement = "update outbox set sealed = $1 where id = $2 and state = 'waiting'";
                sql(statement, [sealed.into(), id.into()]).execute(&mut *connection).await?;
            }
            Waiting::Beside => {
                // What was overtaken is not sent to the one, and would not be known as overtaken in the other's copy.
                if overtaken::truth(connection, &About::read(row)?, now).await? == Truth::Holds {
                    copy(connection, (id, sealed)).await?;
                }
            }
        }
    }
    Ok(())
}

/// Writes a text once more, for another phone: what is withdrawn, overtaken or counted by its key or its time is so with it.
async fn copy(connection: &mut AnyConnection, (id, sealed): (i64, Vec<u8>)) -> Result<(), DatabaseError> {
    let statement = "insert into outbox (subject, kind, sealed, state, created_at, due_at, once_key, useful_until) \
         select subject, kind, $1, 'waiting', created_at, due_at, once_key || '+', useful_until from outbox where id = $2 \
         on conflict do nothing";
    sql(statement, [sealed.into(), id.into()]).execute(connection).await?;
    Ok(())
}
