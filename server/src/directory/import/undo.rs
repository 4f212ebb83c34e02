//! An import taken back: each place is again what it was before, unless somebody has changed it since. From its first transaction
//! on everybody sees it so ([`store::load`]); the places follow some at a time, and where that breaks off the same command goes on.

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
    DatabaseError,
    sql::{maybe_text, sql, text, word},
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
    let kept = app.database().write_with((import.to_owned(), now), begin).await?;
    app.generation(NAME).bump();
    let mut undone = Undone { kept, ..Undone::default() };
    loop {
        let [restored, closed] = app.database().write_with((import.to_owned(), now), restore).await?;
        undone.restored += restored;
        undone.closed += closed;
        progress(undone.restored + undone.closed);
        if restored + closed < AT_ONCE {
            break;
        }
    }
    app.generation(NAME).bump();
    Ok(undone)
}

/// Says that it is undone; answers the places that stay as they are.
async fn begin(connection: &mut AnyConnection, (import, now): &(String, DateTime<Utc>)) -> Result<Vec<PlaceId>, Error> {
    let statement = "update listing_import set undone_at = $1 where id = $2 and undone_at is null returning kind";
    let row = sql(statement, [(*now).into(), import.as_str().into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else {
        let statement = "select r.place_id from listing_import_row r \
             join listing l on l.place_id = r.place_id and l.revision = r.revision where r.import_id = $1 limit 1";
        let left = sql(statement, [import.as_str().into()]).fetch_optional(connection).await?;
        return if left.is_some() { Ok(Vec::new()) } else { Err(Problem::NotFound.into()) };
    };
    let kind = text(&row, "kind")?;
    let statement = "select r.place_id from listing_import_row r \
         join listing l on l.place_id = r.place_id and l.revision <> r.revision where r.import_id = $1 order by r.place_id";
    let rows = sql(statement, [import.as_str().into()]).fetch_all(&mut *connection).await?;
    let kept: Vec<PlaceId> = rows.iter().map(id).collect::<Result<_, _>>()?;
    record(connection, import, ("import_undone", json!({ "kept": kept })), *now).await?;
    store::bump(connection, &kind).await?;
    Ok(kept)
}

/// Some that are not as before yet: how many of them were restored, and how many closed.
async fn restore(connection: &mut AnyConnection, (import, now): &(String, DateTime<Utc>)) -> Result<[usize; 2], Error> {
    let statement = "select r.place_id, r.before, i.kind from listing_import_row r \
         join listing_import i on i.id = r.import_id \
         join listing l on l.place_id = r.place_id and l.revision = r.revision \
         where r.import_id = $1 order by r.place_id limit $2";
    let most = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let rows = sql(statement, [import.as_str().into(), most.into()]).fetch_all(&mut *connection).await?;
    let reason = Localised::new("误登记，已撤销。", "It was listed by mistake.");
    let mut counts = [0, 0];
    for row in &rows {
        let before = maybe_text(row, "before")?.map(|before| serde_json::from_str::<Listing>(&before));
        if let Some(before) = before.transpose().map_err(|_| DatabaseError::unreadable("before"))? {
            store::put(connection, &before, *now).await?;
            counts[0] += 1;
        } else {
            let listing = store::one(connection, &id(row)?).await?.ok_or(Problem::NotFound)?;
            let closed = Some(Closed { on: shanghai_date(*now), reason: reason.clone() });
            store::put(connection, &Listing { closed, ..listing }, *now).await?;
            counts[1] += 1;
        }
    }
    if let Some(row) = rows.last() {
        store::bump(connection, &text(row, "kind")?).await?;
    }
    Ok(counts)
}

fn id(row: &sqlx::any::AnyRow) -> Result<PlaceId, DatabaseError> {
    word(row, "place_id", |id| PlaceId::parse(id).ok())
}
