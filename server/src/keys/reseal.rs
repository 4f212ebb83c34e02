//! After a rotation: every sealed record under the new key.

use std::sync::Arc;

use serde_json::Value as Json;
use sqlx::AnyConnection;

use super::Keys;
use crate::app::App;
use crate::database::sql::{Value, bytes, sql, text};
use crate::error::Error;

/// Records sealed anew in one transaction.
const BATCH: i64 = 200;

/// One kind of sealed record: how to list what lies after a place, how to write one back, and its seal's context.
struct Kind {
    list: &'static str,
    store: &'static str,
    context: fn(&str) -> String,
}

/// One record under its old and its new seal; written only if it still carries the old one.
struct Resealed {
    id: String,
    old: Vec<u8>,
    new: Vec<u8>,
}

const KINDS: [Kind; 3] = [
    Kind {
        list: "select id, parties as sealed from appointment where parties is not null and id > $1 order by id limit $2",
        store: "update appointment set parties = $1 where id = $2 and parties = $3",
        context: |id| format!("appointment:{id}"),
    },
    Kind {
        list: "select session as id, sealed from draft where session > $1 order by session limit $2",
        store: "update draft set sealed = $1 where session = $2 and sealed = $3",
        context: |id| format!("draft:{id}"),
    },
    Kind {
        list: "select cast(id as text) as id, sealed from outbox where cast(id as text) > $1 order by cast(id as text) limit $2",
        store: "update outbox set sealed = $1 where cast(id as text) = $2 and sealed = $3",
        context: |_| "outbox".to_owned(),
    },
];

/// Seals every record that an older key sealed with the newest one, and says how many there were.
pub async fn all(app: &App) -> Result<usize, Error> {
    let mut count = 0;
    for kind in &KINDS {
        let mut after = String::new();
        loop {
            let mut connection = app.database().read().await?;
            let rows = sql(kind.list, [after.as_str().into(), BATCH.into()]).fetch_all(&mut *connection).await?;
            drop(connection);
            let Some(last) = rows.last() else { break };
            after = text(last, "id")?;
            let mut changed = Vec::new();
            for row in &rows {
                let (id, sealed) = (text(row, "id")?, bytes(row, "sealed")?);
                if let Some(new) = reseal(app.keys(), &(kind.context)(&id), &sealed)? {
                    changed.push(Resealed { id, old: sealed, new });
                }
            }
            count += changed.len();
            let (store, changed) = (kind.store, Arc::new(changed));
            app.database().write(move |connection| Box::pin(write(connection, store, Arc::clone(&changed)))).await?;
        }
    }
    Ok(count)
}

fn reseal(keys: &Keys, context: &str, sealed: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    if !keys.is_outdated(sealed) {
        return Ok(None);
    }
    let value: Json = keys.open(context, sealed)?;
    Ok(Some(keys.seal(context, &value)))
}

async fn write(connection: &mut AnyConnection, store: &'static str, changed: Arc<Vec<Resealed>>) -> Result<(), Error> {
    for record in changed.iter() {
        let values: [Value; 3] = [record.new.clone().into(), record.id.as_str().into(), record.old.clone().into()];
        sql(store, values).execute(&mut *connection).await?;
    }
    Ok(())
}
