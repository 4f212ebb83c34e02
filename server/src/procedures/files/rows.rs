//! Files as their rows say them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::procedures::{FileId, FileKind};
use sqlx::{AnyConnection, any::AnyRow};
use strum::EnumString;

use super::counted;
use super::owner::Owner;
use crate::database::{
    DatabaseError,
    sql::{Value, bytes, instant, int, maybe_instant, maybe_text, sql, text, word},
};
use crate::keys::of_file::FileKey;
use crate::keys::token::new_id;

/// Where a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "snake_case")]
pub(super) enum State {
    /// Parts of it come.
    Receiving,
    /// It is there, and was perhaps not scanned yet.
    Kept,
    /// The scanner found something in it after it was taken.
    Refused,
}

#[derive(Clone)]
pub(super) struct Row {
    pub id: FileId,
    pub paper: String,
    pub state: State,
    /// Bytes that its sender has of it.
    pub announced: u64,
    /// Bytes that have come.
    pub received: u64,
    pub whole: Option<Whole>,
    pub sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
    /// How often the scanner gave no answer for it.
    pub scan_tries: u32,
}

/// What is known of a file once it is kept.
#[derive(Clone)]
pub(super) struct Whole {
    pub kind: FileKind,
    /// Bytes as it is given out.
    pub size: u64,
    /// A keyed hash of those bytes within its draft or case and paper: equal ones of two families tell nothing.
    pub address: String,
    /// Its name in the store, and what its bytes are sealed under.
    pub object: String,
    pub scanned_at: Option<DateTime<Utc>>,
}

/// What only the keys open: how its sender called it, and what its bytes are sealed with.
#[derive(Serialize, Deserialize)]
pub(super) struct Inside {
    /// Without an ending.
    pub name: String,
    pub key: FileKey,
}

/// A statement that [`read`] can read.
macro_rules! files {
    ($rest:literal) => {
        concat!(
            "select id, paper, state, announced, received, kind, size, address, object, scanned_at, sealed, \
             created_at, scan_tries \
             from case_file ",
            $rest
        )
    };
}

/// The name that a row is sealed under.
pub(super) fn context(id: &str) -> String {
    format!("case_file:{id}")
}

/// A name for a file in the store. What is by chance makes it one that is used once, whoever else stores the same.
pub(super) fn new_object(address: &str) -> String {
    format!("{address}-{}", new_id())
}

/// A count of bytes for its column.
pub(super) fn column(count: u64) -> Value {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}

pub(super) async fn one(
    connection: &mut AnyConnection,
    owner: &Owner,
    id: &FileId,
) -> Result<Option<Row>, DatabaseError> {
    let [draft, case] = owner.columns();
    let statement = files!("where id = $1 and (draft_id = $2 or case_id = $3)");
    let row = sql(statement, [id.as_str().into(), draft, case]).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// All files of a draft or case, each paper's in their order.
pub(super) async fn of(connection: &mut AnyConnection, owner: &Owner) -> Result<Vec<Row>, DatabaseError> {
    let [draft, case] = owner.columns();
    let statement = files!("where draft_id = $1 or case_id = $2 order by paper, position, created_at, id");
    let rows = sql(statement, [draft, case]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// A kept file of the same paper with the same bytes, that was handed in since an instant.
pub(super) async fn equal(
    connection: &mut AnyConnection,
    owner: &Owner,
    (paper, address): (&str, &str),
    since: DateTime<Utc>,
) -> Result<Option<Row>, DatabaseError> {
    let [draft, case] = owner.columns();
    let statement = files!(
        "where (draft_id = $1 or case_id = $2) and paper = $3 and address = $4 and created_at >= $5 \
         order by created_at, id limit 1"
    );
    let values = [draft, case, paper.into(), address.into(), since.into()];
    let row = sql(statement, values).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// The longest waiting of those that were not scanned and may be tried by now.
pub(super) async fn unscanned(
    connection: &mut AnyConnection,
    most: i64,
    now: DateTime<Utc>,
) -> Result<Vec<Row>, DatabaseError> {
    let statement = files!(
        "where state = 'kept' and scanned_at is null and (scan_from is null or scan_from <= $1) \
         order by coalesce(scan_from, created_at), id limit $2"
    );
    let rows = sql(statement, [now.into(), most.into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Those that are kept, after an id and in the order of ids.
pub(super) async fn kept(
    connection: &mut AnyConnection,
    (after, most): (&str, i64),
) -> Result<Vec<Row>, DatabaseError> {
    let statement = files!("where state = 'kept' and id > $1 order by id limit $2");
    let rows = sql(statement, [after.into(), most.into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Those of which parts came and no more, begun before an instant.
pub(super) async fn unfinished(
    connection: &mut AnyConnection,
    before: DateTime<Utc>,
) -> Result<Vec<Row>, DatabaseError> {
    let statement = files!("where state = 'receiving' and created_at <= $1 order by created_at, id limit 500");
    let rows = sql(statement, [before.into()]).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Those of drafts that are no more: discarded, over, or gone while a file was under way.
pub(super) async fn orphans(connection: &mut AnyConnection) -> Result<Vec<Row>, DatabaseError> {
    let statement = files!(
        "where draft_id is not null \
         and not exists (select 1 from application_draft where application_draft.id = case_file.draft_id) \
         order by case_file.created_at, case_file.id limit 500"
    );
    let rows = sql(statement, []).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// Removes a file, and dooms what its row names by then.
pub(super) async fn remove(
    connection: &mut AnyConnection,
    id: &FileId,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    // Whoever is about to name something waits until it is gone.
    sql("update case_file set received = received where id = $1", [id.as_str().into()])
        .execute(&mut *connection)
        .await?;
    doom_parts(connection, id, now).await?;
    let statement = "insert into file_doomed (object, from_at) \
         select object, cast($1 as bigint) from case_file where id = $2 and object is not null";
    sql(statement, [now.into(), id.as_str().into()]).execute(&mut *connection).await?;
    sql("delete from case_file where id = $1", [id.as_str().into()]).execute(connection).await?;
    Ok(())
}

/// Removes a file that has not come whole; one that is kept by now stays.
pub(super) async fn remove_unfinished(
    connection: &mut AnyConnection,
    (id, now): &(FileId, DateTime<Utc>),
) -> Result<(), DatabaseError> {
    let statement = "update case_file set received = received where id = $1 and state = 'receiving'";
    let unfinished = sql(statement, [id.as_str().into()]).execute(&mut *connection).await?.rows_affected() > 0;
    if unfinished { remove(connection, id, *now).await } else { Ok(()) }
}

/// Removes the parts that a file came in.
pub(super) async fn doom_parts(
    connection: &mut AnyConnection,
    id: &FileId,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let statement = "insert into file_doomed (object, from_at) \
         select object, cast($1 as bigint) from case_file_part where file_id = $2";
    sql(statement, [now.into(), id.as_str().into()]).execute(&mut *connection).await?;
    sql("delete from case_file_part where file_id = $1", [id.as_str().into()]).execute(connection).await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Row, DatabaseError> {
    let whole = match maybe_text(row, "address")? {
        Some(address) => Some(Whole {
            kind: word(row, "kind", FileKind::from_name)?,
            size: counted(int(row, "size")?)?,
            address,
            object: text(row, "object")?,
            scanned_at: maybe_instant(row, "scanned_at")?,
        }),
        None => None,
    };
    Ok(Row {
        id: word(row, "id", |id| FileId::parse(id).ok())?,
        paper: text(row, "paper")?,
        state: word(row, "state", |state| state.parse().ok())?,
        announced: counted(int(row, "announced")?)?,
        received: counted(int(row, "received")?)?,
        whole,
        sealed: bytes(row, "sealed")?,
        created_at: instant(row, "created_at")?,
        scan_tries: u32::try_from(int(row, "scan_tries")?).unwrap_or(u32::MAX),
    })
}
