//! Whether everything sealed opens: what was changed, or copied from another record, does not.

use super::reseal::Sealed;
use crate::app::App;
use crate::database::sql::{bytes, sql, text};
use crate::error::Error;

/// Records read at a time.
const BATCH: i64 = 500;

/// A record that does not open under its own name, as `table.column id`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} does not open: it was changed, or sealed with other keys")]
pub struct Unopened(pub String);

/// Opens every sealed record, and says how many there are, or the first that does not open.
pub async fn all(
    app: &App,
    kinds: impl IntoIterator<Item = &'static Sealed>,
) -> Result<Result<usize, Unopened>, Error> {
    let mut count = 0;
    for kind in kinds {
        let mut after = String::new();
        loop {
            let mut connection = app.database().read().await?;
            let rows = sql(kind.list, [after.as_str().into(), BATCH.into()]).fetch_all(&mut *connection).await?;
            drop(connection);
            let Some(last) = rows.last() else { break };
            after = text(last, "id")?;
            for row in &rows {
                let id = text(row, "id")?;
                let opened = app.keys().open::<serde_json::Value>(&(kind.context)(&id), &bytes(row, "sealed")?);
                if opened.is_err() {
                    let (table, column) = kind.column;
                    return Ok(Err(Unopened(format!("{table}.{column} {id}"))));
                }
            }
            count += rows.len();
        }
    }
    Ok(Ok(count))
}
