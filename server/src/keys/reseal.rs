//! After a rotation: every sealed record under the new key.

use serde_json::Value as Json;
use sqlx::AnyConnection;

use super::Keys;
use crate::app::App;
use crate::database::sql::{Value, bytes, sql, text};
use crate::error::Error;

/// Records sealed anew in one transaction.
const BATCH: i64 = 200;

/// One kind of sealed record: how to list what lies after an id, how to write one back, and its seal's context.
pub struct Sealed {
    /// Table and column.
    pub column: (&'static str, &'static str),
    /// Gives `id` and `sealed` of at most `$2` records after the id `$1`, in order.
    pub list: &'static str,
    /// Puts `$1` in the place of `$3` at the id `$2`.
    pub store: &'static str,
    /// The context that a record with this id was sealed for.
    pub context: fn(&str) -> String,
}

/// One record under its old and its new seal; written only if it still carries the old one.
struct Resealed {
    id: String,
    old: Vec<u8>,
    new: Vec<u8>,
}

/// Seals every record that an older key sealed with the newest one, and says how many there were.
pub async fn all(app: &App, kinds: impl IntoIterator<Item = &'static Sealed>) -> Result<usize, Error> {
    let mut count = 0;
    for kind in kinds {
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
            app.database().write_with((kind.store, changed), write).await?;
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

async fn write(connection: &mut AnyConnection, (store, changed): &(&'static str, Vec<Resealed>)) -> Result<(), Error> {
    for record in changed {
        let values: [Value; 3] = [record.new.clone().into(), record.id.as_str().into(), record.old.clone().into()];
        sql(store, values).execute(&mut *connection).await?;
    }
    Ok(())
}
