//! Taking a file in: some places a transaction, so that residents' bookings never wait for a list of thousands. What was before
//! each place is kept, so that all of it can be undone, also where it broke off on the way.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::directory::{Closed, Listing};
use shared::localised::Localised;
use sqlx::AnyConnection;

use super::preview::{Gone, Preview, Refused};
use crate::app::App;
use crate::audit::{self, Actor, Event, Head};
use crate::database::sql::{int, sql, text};
use crate::directory::{NAME, store};
use crate::error::Error;
use crate::keys::token::new_id;

/// Places of one transaction: some tens of milliseconds.
const AT_ONCE: usize = 100;

/// What was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// By which it can be undone.
    pub import: String,
    pub added: usize,
    pub changed: usize,
    pub confirmed: usize,
    pub closed: usize,
}

struct Import {
    id: String,
    kind: String,
    by: String,
    file_hash: String,
    counts: [usize; 3],
    now: DateTime<Utc>,
}

/// Takes in what a preview shows.
///
/// # Errors
/// [`Refused`], before anything is written; those of the database.
pub async fn take(
    app: &App,
    kind: &str,
    preview: Preview,
    gone: Gone,
    (by, file_hash): (String, String),
    now: DateTime<Utc>,
) -> Result<Result<Taken, Refused>, Error> {
    if let Err(refused) = preview.admit(gone) {
        return Ok(Err(refused));
    }
    let reason = Localised::new("最新的名单里没有了。", "It is not on the latest list any more.");
    let closed = Closed { on: shanghai_date(now), reason };
    let closing: Vec<Listing> = match gone {
        Gone::Close => {
            let close = |one: Listing| Listing { closed: Some(closed.clone()), ..one };
            preview.gone.into_iter().map(close).collect()
        }
        Gone::Ask | Gone::Keep => Vec::new(),
    };
    let taken = Taken {
        import: new_id(),
        added: preview.added.len(),
        changed: preview.changed.len(),
        confirmed: preview.confirmed.len(),
        closed: closing.len(),
    };
    let import = Import {
        id: taken.import.clone(),
        kind: kind.to_owned(),
        by,
        file_hash,
        counts: [taken.added, taken.changed + taken.confirmed, taken.closed],
        now,
    };
    app.database().write_with(import, begin).await?;
    // What is new may belong to what is changed and the other way round; the file's order holds within each.
    let changed = preview.changed.into_iter().map(|(listing, _)| listing);
    let all: Vec<Listing> = preview.added.into_iter().chain(changed).chain(preview.confirmed).chain(closing).collect();
    for some in all.chunks(AT_ONCE) {
        let some = (taken.import.clone(), kind.to_owned(), some.to_vec(), now);
        app.database().write_with(some, put).await?;
    }
    app.generation(NAME).bump();
    Ok(Ok(taken))
}

async fn begin(connection: &mut AnyConnection, import: &Import) -> Result<(), Error> {
    let Import { id, kind, by, file_hash, counts, now } = import;
    let stream = format!("listing_import:{id}");
    let [added, changed, gone] = counts;
    let detail = json!({ "kind": kind, "by": by, "file": file_hash, "added": added, "changed": changed, "gone": gone });
    let event = Event { stream: &stream, actor: Actor::Operator, act: "places_imported", detail };
    let head = audit::append(connection, &Head { length: 0, hash: String::new() }, &event, *now).await?;
    let statement = "insert into listing_import (id, kind, imported_at, imported_by, file_hash, added, changed, gone, audit_length, \
         audit_head) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let values = [
        id.as_str().into(),
        kind.as_str().into(),
        (*now).into(),
        by.as_str().into(),
        file_hash.as_str().into(),
        number(*added).into(),
        number(*changed).into(),
        number(*gone).into(),
        head.length.into(),
        head.hash.into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn put(
    connection: &mut AnyConnection,
    (import, kind, listings, now): &(String, String, Vec<Listing>, DateTime<Utc>),
) -> Result<(), Error> {
    for listing in listings {
        let before = store::one(connection, &listing.id).await?;
        let before = before.map(|before| serde_json::to_string(&before).expect("listings always serialise"));
        let revision = store::put(connection, listing, *now).await?;
        let statement =
            "insert into listing_import_row (import_id, place_id, before, revision) values ($1, $2, $3, $4)";
        let values = [import.as_str().into(), listing.id.as_str().into(), before.into(), revision.into()];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(store::bump(connection, kind).await?)
}

/// Appends to an import's own stream.
pub(super) async fn record(
    connection: &mut AnyConnection,
    import: &str,
    (act, detail): (&'static str, serde_json::Value),
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let statement = "select audit_length, audit_head from listing_import where id = $1";
    let row = sql(statement, [import.into()]).fetch_one(&mut *connection).await?;
    let head = Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? };
    let stream = format!("listing_import:{import}");
    let head =
        audit::append(connection, &head, &Event { stream: &stream, actor: Actor::Operator, act, detail }, now).await?;
    let statement = "update listing_import set audit_length = $1, audit_head = $2 where id = $3";
    sql(statement, [head.length.into(), head.hash.into(), import.into()]).execute(connection).await?;
    Ok(())
}
