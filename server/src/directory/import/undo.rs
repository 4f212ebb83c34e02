//! An import taken back: each place is again what it was before, unless somebody has changed or confirmed it since. From its first
//! transaction on everybody sees it so ([`store::load`]); the places follow some at a time, and where that breaks off the same
//! command goes on. Imports are taken back in whatever order: what a later one had changed is kept by the first, and goes with the
//! second to what was before both.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::directory::{Closed, Listing};
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::taking::{AT_ONCE, record};
use crate::app::App;
use crate::database::{
    Backend, DatabaseError, Rule,
    sql::{int, maybe_text, sql, text, word},
};
use crate::directory::{NAME, store};
use crate::error::Error;

/// What became of the places of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    pub restored: usize,
    /// New ones are closed: what was listed is never deleted.
    pub closed: usize,
    /// Changed since, and left as they are.
    pub kept: Vec<PlaceId>,
}

/// Takes an import back, or goes on where that broke off; `progress` is told how many places are as before.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such import, or it was undone before.
pub async fn undo(
    app: &App,
    import: &str,
    now: DateTime<Utc>,
    mut progress: impl FnMut(usize) + Send,
) -> Result<Undone, Error> {
    app.database().write_with((import.to_owned(), now), begin).await?;
    app.generation(NAME).bump();
    let (mut places, mut is_apart) = (BTreeMap::new(), false);
    loop {
        match app.database().write_with((import.to_owned(), app.database().backend(), now), restore).await {
            Ok(None) => break,
            Ok(Some(some)) => places.extend(some),
            // What the import had turned round cannot be turned back one by one.
            Err(Error::Database(DatabaseError::Refused(Rule::PlaceHasNoLoop))) if !is_apart => {
                app.database().write_with((import.to_owned(),), take_apart).await?;
                is_apart = true;
            }
            Err(error) => return Err(error),
        }
        progress(places.len());
    }
    app.generation(NAME).bump();
    let kept = kept(&mut *app.database().read().await?, import).await?;
    let closed = places.values().filter(|became| **became == Became::Closed).count();
    Ok(Undone { restored: places.len() - closed, closed, kept })
}

/// What a place is after its import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    Restored,
    Closed,
}

/// Says that it is undone.
async fn begin(connection: &mut AnyConnection, (import, now): &(String, DateTime<Utc>)) -> Result<(), Error> {
    let statement = "update listing_import set undone_at = $1 where id = $2 and undone_at is null returning kind";
    let row = sql(statement, [(*now).into(), import.as_str().into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else {
        let statement = "select r.place_id from listing_import_row r \
             join listing l on l.place_id = r.place_id and l.revision = r.revision where r.import_id = $1 limit 1";
        let left = sql(statement, [import.as_str().into()]).fetch_optional(connection).await?;
        return if left.is_some() { Ok(()) } else { Err(Problem::NotFound.into()) };
    };
    let kind = text(&row, "kind")?;
    // Whoever says something of a place at this moment has said it, or waits until it is seen that this is taken back.
    store::hold(connection, &kind).await?;
    let kept = kept(connection, import).await?;
    record(connection, import, ("import_undone", json!({ "kept": kept })), *now).await?;
    Ok(store::bump(connection, &kind).await?)
}

/// The places of an import that somebody has changed since, and that are not as before it.
async fn kept(connection: &mut AnyConnection, import: &str) -> Result<Vec<PlaceId>, DatabaseError> {
    let statement = "select r.place_id from listing_import_row r \
         join listing l on l.place_id = r.place_id and l.revision <> r.revision \
         where r.import_id = $1 and r.revision > 0 order by r.place_id";
    let rows = sql(statement, [import.into()]).fetch_all(connection).await?;
    rows.iter().map(id).collect()
}

/// Some of the import, or of one that was taken back before it, that were not as before yet; none where all are. Whatever somebody
/// has said of one in this moment stays.
async fn restore(
    connection: &mut AnyConnection,
    (import, backend, now): &(String, Backend, DateTime<Utc>),
) -> Result<Option<Vec<(PlaceId, Became)>>, Error> {
    store::plan_for_many(connection, *backend).await?;
    let statement = "select r.import_id, r.place_id, r.before, r.revision from listing_import_row r \
         join listing_import i on i.id = r.import_id \
         join listing l on l.place_id = r.place_id and l.revision = r.revision \
         where i.kind = (select kind from listing_import where id = $1) and i.undone_at is not null \
         order by r.place_id limit $2";
    let most = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let rows = sql(statement, [import.as_str().into(), most.into()]).fetch_all(&mut *connection).await?;
    let reason = Localised::new("误登记，已撤销。", "It was listed by mistake.");
    let mut places = Vec::new();
    for row in &rows {
        let (place, import) = (id(row)?, text(row, "import_id")?);
        // Whoever was about to say something of it has said it by now.
        if store::keep(connection, &place).await? != Some(int(row, "revision")?) {
            continue;
        }
        let before = maybe_text(row, "before")?.map(|before| serde_json::from_str::<Listing>(&before));
        if let Some(before) = before.transpose().map_err(|_| DatabaseError::unreadable("before"))? {
            store::put_back(connection, &before, *now).await?;
            places.push((place.clone(), Became::Restored));
        } else {
            let listing = store::one(connection, &place).await?.ok_or(Problem::NotFound)?;
            let closed = Some(Closed { on: shanghai_date(*now), reason: reason.clone() });
            store::put(connection, &Listing { closed, ..listing }, *now).await?;
            places.push((place.clone(), Became::Closed));
        }
        // Revisions are counted on from here again: this one is never the place's any more.
        let over = "update listing_import_row set revision = -revision where import_id = $1 and place_id = $2";
        sql(over, [import.into(), place.as_str().into()]).execute(&mut *connection).await?;
    }
    if rows.is_empty() {
        let statement = "select kind from listing_import where id = $1";
        let row = sql(statement, [import.as_str().into()]).fetch_one(&mut *connection).await?;
        store::bump(connection, &text(&row, "kind")?).await?;
        return Ok(None);
    }
    Ok(Some(places))
}

/// Nothing that is taken back belongs to anything, until each is as it was: nobody is shown it meanwhile.
async fn take_apart(connection: &mut AnyConnection, (import,): &(String,)) -> Result<(), Error> {
    let statement = "update place set parent = null where parent is not null and id in (select r.place_id \
         from listing_import_row r join listing_import i on i.id = r.import_id \
         join listing l on l.place_id = r.place_id and l.revision = r.revision \
         where i.kind = (select kind from listing_import where id = $1) and i.undone_at is not null)";
    sql(statement, [import.as_str().into()]).execute(connection).await?;
    Ok(())
}

fn id(row: &sqlx::any::AnyRow) -> Result<PlaceId, DatabaseError> {
    word(row, "place_id", |id| PlaceId::parse(id).ok())
}
