//! Files in backups: which ones a database names, and whether all of them are there and open.

use shared::procedures::{FileId, NotTaken, Refusal};
use sqlx::AnyConnection;

use super::{Store, StoreError, open, rows};
use crate::app::App;
use crate::database::{
    Database, DatabaseError,
    sql::{sql, text},
};
use crate::error::Error;

/// Rows read at a time.
const BATCH: i64 = 500;

/// What was found of the files that a database names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    pub opened: usize,
    /// Those that are not there, or do not open with the keys.
    pub lost: Vec<FileId>,
}

/// Why files were not copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Copies what a database names, with the parts of files that have not come whole. What is not there is left out: [`check`]
/// tells it.
pub async fn copy_named(database: &Database, from: &Store, to: &Store) -> Result<(), CopyError> {
    let mut after = String::new();
    loop {
        let objects = named(&mut *database.read().await?, &after).await?;
        let Some(last) = objects.last() else { return Ok(()) };
        after.clone_from(last);
        for object in &objects {
            match from.get(object).await {
                Ok(bytes) => to.put(object, bytes).await?,
                Err(StoreError::Missing(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// Opens every file that was handed in whole.
///
/// # Errors
/// [`NotTaken::StoreAway`] where the store itself does not answer, which says nothing of any file.
pub async fn check(app: &App, store: &Store) -> Result<Checked, Error> {
    let (mut checked, mut after) = (Checked::default(), String::new());
    loop {
        let kept = rows::kept(&mut *app.database().read().await?, (&after, BATCH)).await?;
        let Some(last) = kept.last() else { return Ok(checked) };
        last.id.as_str().clone_into(&mut after);
        for row in &kept {
            let Some(whole) = &row.whole else { continue };
            match open::unsealed(app, store, (row, whole)).await {
                Ok(_) => checked.opened += 1,
                Err(error) if error.refusal() == Some(Refusal::File(NotTaken::StoreAway)) => return Err(error),
                Err(_) => checked.lost.push(row.id.clone()),
            }
        }
    }
}

async fn named(connection: &mut AnyConnection, after: &str) -> Result<Vec<String>, DatabaseError> {
    let statement = "select object from (select object from case_file where object is not null \
         union all select object from case_file_part) as named where object > $1 order by object limit $2";
    let rows = sql(statement, [after.into(), BATCH.into()]).fetch_all(connection).await?;
    rows.iter().map(|row| text(row, "object")).collect()
}
