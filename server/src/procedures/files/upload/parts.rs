//! The parts that a file comes in, each sealed in the store until all are there.

use chrono::{DateTime, Utc};
use shared::problem::Problem;
use shared::procedures::{FileId, NotTaken};
use sqlx::{AnyConnection, any::AnyRow};

use super::{Progress, progress_of};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{int, sql, text},
};
use crate::error::Error;
use crate::keys::{Keys, of_file::FileKey, token::new_id};
use crate::procedures::files::owner::Owner;
use crate::procedures::files::{counted, doomed, rows};

#[derive(Clone)]
pub(super) struct Part {
    file: FileId,
    offset: u64,
    pub size: u64,
    /// A keyed hash of its bytes.
    fingerprint: String,
    object: String,
}

impl Part {
    /// A part that has just come.
    pub fn of(keys: &Keys, file: &FileId, (offset, bytes): (u64, &[u8])) -> Self {
        Self {
            file: file.clone(),
            offset,
            size: bytes.len() as u64,
            fingerprint: keys.fingerprint(&format!("case_file_part {file} {offset}"), bytes),
            object: format!("part-{}", new_id()),
        }
    }

    pub fn is_same(&self, other: &Self) -> bool {
        (self.offset, self.size, &self.fingerprint) == (other.offset, other.size, &other.fingerprint)
    }
}

/// Stores a part, which is nobody's until it is joined.
pub(super) async fn store(
    app: &App,
    key: &FileKey,
    part: &Part,
    bytes: &[u8],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let sealed = key.seal(&context(&part.file, part.offset), bytes);
    doomed::put(app, &part.object, sealed, now).await
}

/// Joins a stored part to what has come of its file. Of two that come at once, one is joined.
pub(super) async fn join(app: &App, owner: &Owner, part: &Part) -> Result<Progress, Error> {
    app.database().write_with((owner.clone(), part.clone()), join_one).await
}

/// The part that begins there.
pub(super) async fn at(app: &App, file: &FileId, offset: u64) -> Result<Option<Part>, Error> {
    Ok(find(&mut *app.database().read().await?, file, offset).await?)
}

/// All parts of a file, opened, in their order.
pub(super) async fn together(app: &App, key: &FileKey, file: &FileId, size: u64) -> Result<Vec<u8>, Error> {
    let statement = "select offset_bytes, size, fingerprint, object from case_file_part where file_id = $1 \
         order by offset_bytes";
    let mut connection = app.database().read().await?;
    let rows = sql(statement, [file.as_str().into()]).fetch_all(&mut *connection).await?;
    drop(connection);
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    for row in &rows {
        let part = read(row, file)?;
        let sealed = app.files().get(&part.object).await?;
        bytes.extend(key.open(&context(file, part.offset), &sealed)?);
    }
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(Problem::Internal.into()) }
}

fn context(file: &FileId, offset: u64) -> String {
    format!("part:{file}:{offset}")
}

async fn join_one(connection: &mut AnyConnection, (owner, part): &(Owner, Part)) -> Result<Progress, Error> {
    let [draft, case] = owner.columns();
    let statement = "update case_file set received = received + $1 where id = $2 and received = $3 \
         and state = 'receiving' and (draft_id = $4 or case_id = $5)";
    let values = [rows::column(part.size), part.file.as_str().into(), rows::column(part.offset), draft, case];
    let joined = sql(statement, values).execute(&mut *connection).await?.rows_affected() > 0;
    if joined {
        insert(connection, part).await?;
        doomed::spare(connection, &part.object).await?;
    }
    let row = rows::one(connection, owner, &part.file).await?.ok_or(Problem::NotFound)?;
    let before = find(connection, &part.file, part.offset).await?;
    // Another one of the same was joined a moment ago.
    let is_there = joined || before.is_some_and(|before| before.is_same(part));
    if is_there { Ok(progress_of(&row)) } else { Err(NotTaken::OtherPart { received: row.received }.into()) }
}

async fn insert(connection: &mut AnyConnection, part: &Part) -> Result<(), DatabaseError> {
    let statement = "insert into case_file_part (file_id, offset_bytes, size, fingerprint, object) \
         values ($1, $2, $3, $4, $5)";
    let values = [
        part.file.as_str().into(),
        rows::column(part.offset),
        rows::column(part.size),
        part.fingerprint.as_str().into(),
        part.object.as_str().into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn find(connection: &mut AnyConnection, file: &FileId, offset: u64) -> Result<Option<Part>, DatabaseError> {
    let statement = "select offset_bytes, size, fingerprint, object from case_file_part \
         where file_id = $1 and offset_bytes = $2";
    let values = [file.as_str().into(), rows::column(offset)];
    let row = sql(statement, values).fetch_optional(connection).await?;
    row.as_ref().map(|row| read(row, file)).transpose()
}

fn read(row: &AnyRow, file: &FileId) -> Result<Part, DatabaseError> {
    Ok(Part {
        file: file.clone(),
        offset: counted(int(row, "offset_bytes")?)?,
        size: counted(int(row, "size")?)?,
        fingerprint: text(row, "fingerprint")?,
        object: text(row, "object")?,
    })
}
