//! Taking a file in: some places a transaction, so that residents' bookings never wait for a list of thousands. Nobody is shown any
//! of them before the last is written ([`store::load`]). What was before each place is kept, so that all of it can be undone, also
//! where it broke off on the way.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::directory::{Closed, Listing};
use shared::localised::Localised;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::preview::{Gone, Preview, Refused};
use crate::app::App;
use crate::audit::{self, Actor, Event, Head};
use crate::database::Backend;
use crate::database::sql::{int, sql, text};
use crate::directory::{NAME, store};
use crate::error::Error;
use crate::keys::token::new_id;

/// Places of one transaction: some tens of milliseconds.
pub(super) const AT_ONCE: usize = 100;

/// What was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// By which it can be undone.
    pub import: String,
    pub added: usize,
    pub changed: usize,
    pub confirmed: usize,
    pub closed: usize,
    /// Changed by somebody else while it was written, and left as they say.
    pub kept: Vec<PlaceId>,
}

struct Import {
    id: String,
    kind: String,
    by: String,
    file_hash: String,
    counts: [usize; 3],
    /// Of the kind, when the preview was made.
    version: i64,
    now: DateTime<Utc>,
}

/// Some places of an import.
struct Part {
    import: String,
    kind: String,
    /// Each with how often it was changed before the import began, where it was there.
    listings: Vec<(Listing, Option<i64>)>,
    /// With it all of them are written.
    is_last: bool,
    backend: Backend,
    now: DateTime<Utc>,
}

/// Takes in what a preview shows; `progress` is told how many places are written.
///
/// # Errors
/// [`Refused`], where nothing of it is shown; those of the database.
pub async fn take(
    app: &App,
    kind: &str,
    preview: Preview,
    gone: Gone,
    (by, file_hash): (String, String),
    now: DateTime<Utc>,
    mut progress: impl FnMut(usize) + Send,
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
    let mut taken = Taken {
        import: new_id(),
        added: preview.added.len(),
        changed: preview.changed.len(),
        confirmed: preview.confirmed.len(),
        closed: closing.len(),
        kept: Vec::new(),
    };
    let import = Import {
        id: taken.import.clone(),
        kind: kind.to_owned(),
        by,
        file_hash,
        counts: [taken.added, taken.changed + taken.confirmed, taken.closed],
        version: preview.version,
        now,
    };
    let mut revisions = match app.database().write_with(import, begin).await? {
        Ok(revisions) => revisions,
        Err(refused) => return Ok(Err(refused)),
    };
    // What is new may belong to what is changed and the other way round; the file's order holds within each.
    let changed = preview.changed.into_iter().map(|(listing, _)| listing);
    let mut all = preview.added.into_iter().chain(changed).chain(preview.confirmed).chain(closing).peekable();
    let mut written = 0;
    loop {
        let with_revision = |listing: Listing| {
            let revision = revisions.remove(listing.id.as_str());
            (listing, revision)
        };
        let listings: Vec<_> = all.by_ref().take(AT_ONCE).map(with_revision).collect();
        written += listings.len();
        let is_last = all.peek().is_none();
        let (import, kind, backend) = (taken.import.clone(), kind.to_owned(), app.database().backend());
        let part = Part { import, kind, listings, is_last, backend, now };
        match app.database().write_with(part, put).await? {
            Some(kept) => taken.kept.extend(kept),
            None => return Ok(Err(Refused::TakenBack(taken.import))),
        }
        progress(written);
        if is_last {
            break;
        }
    }
    app.generation(NAME).bump();
    Ok(Ok(taken))
}

/// Writes down what is to come, and answers how often each place was changed until then; or why it cannot come, where something
/// of the kind was changed since the preview.
async fn begin(
    connection: &mut AnyConnection,
    import: &Import,
) -> Result<Result<BTreeMap<String, i64>, Refused>, Error> {
    let Import { id, kind, by, file_hash, counts, version, now } = import;
    // Two that begin at once wait for each other here.
    let held = store::hold(connection, kind).await?;
    if let Some(other) = store::unfinished(connection, kind).await? {
        return Ok(Err(Refused::Unfinished(other)));
    }
    if held != *version {
        return Ok(Err(Refused::ChangedMeanwhile));
    }
    let stream = format!("listing_import:{id}");
    let [added, changed, gone] = counts;
    let detail = json!({ "kind": kind, "by": by, "file": file_hash, "added": added, "changed": changed, "gone": gone });
    let event = Event { stream: &stream, actor: Actor::Operator, act: "import_begun", detail };
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
    sql(statement, values).execute(&mut *connection).await?;
    Ok(Ok(store::revisions(connection, kind).await?))
}

/// The places that somebody else has changed since the import began, which stay as they are; none where the import was taken back
/// meanwhile.
async fn put(connection: &mut AnyConnection, part: &Part) -> Result<Option<Vec<PlaceId>>, Error> {
    let Part { import, kind, listings, is_last, backend, now } = part;
    store::plan_for_many(connection, *backend).await?;
    // Whoever takes it back waits for this row, and so does this for them.
    let statement = "update listing_import set file_hash = file_hash where id = $1 and undone_at is null returning id";
    if sql(statement, [import.as_str().into()]).fetch_optional(&mut *connection).await?.is_none() {
        return Ok(None);
    }
    let mut kept = Vec::new();
    for (listing, seen) in listings {
        if store::keep(connection, &listing.id).await? != *seen {
            kept.push(listing.id.clone());
            continue;
        }
        let before = match seen {
            Some(_) => store::one(connection, &listing.id).await?,
            None => None,
        };
        let revision = store::put(connection, listing, *now).await?;
        let before = before.map(|before| serde_json::to_string(&before).expect("listings always serialise"));
        let statement =
            "insert into listing_import_row (import_id, place_id, before, revision) values ($1, $2, $3, $4)";
        let values = [import.as_str().into(), listing.id.as_str().into(), before.into(), revision.into()];
        sql(statement, values).execute(&mut *connection).await?;
    }
    if *is_last {
        record(connection, import, ("places_imported", json!({})), *now).await?;
        store::bump(connection, kind).await?;
    }
    Ok(Some(kept))
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
