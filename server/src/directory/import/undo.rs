//! An import taken back: each place is again what it was before, unless somebody has changed it since.

use chrono::{DateTime, Utc};
use serde_json::json;
use shared::calendar::shanghai_date;
use shared::directory::{Closed, Listing};
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::problem::Problem;
use sqlx::AnyConnection;

use super::taking::record;
use crate::app::App;
use crate::database::{
    DatabaseError,
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

/// # Errors
/// [`Problem::NotFound`] where there is no such import, or it was undone before.
pub async fn undo(app: &App, import: &str, now: DateTime<Utc>) -> Result<Undone, Error> {
    let undone = app.database().write_with((import.to_owned(), now), write).await?;
    app.generation(NAME).bump();
    Ok(undone)
}

async fn write(connection: &mut AnyConnection, (import, now): &(String, DateTime<Utc>)) -> Result<Undone, Error> {
    let statement = "update listing_import set undone_at = $1 where id = $2 and undone_at is null returning kind";
    let row = sql(statement, [(*now).into(), import.as_str().into()]).fetch_optional(&mut *connection).await?;
    let kind = text(&row.ok_or(Problem::NotFound)?, "kind")?;
    let statement = "select place_id, before, revision from listing_import_row where import_id = $1 order by place_id";
    let rows = sql(statement, [import.as_str().into()]).fetch_all(&mut *connection).await?;
    let reason = Localised::new("误登记，已撤销。", "It was listed by mistake.");
    let closed = Closed { on: shanghai_date(*now), reason };
    let mut undone = Undone::default();
    for row in &rows {
        let id = word(row, "place_id", |id| PlaceId::parse(id).ok())?;
        if store::revision(connection, &id).await? != Some(int(row, "revision")?) {
            undone.kept.push(id);
            continue;
        }
        let before = maybe_text(row, "before")?.map(|before| serde_json::from_str::<Listing>(&before));
        if let Some(before) = before.transpose().map_err(|_| DatabaseError::unreadable("before"))? {
            store::put(connection, &before, *now).await?;
            undone.restored += 1;
        } else {
            let listing = store::one(connection, &id).await?.ok_or(Problem::NotFound)?;
            store::put(connection, &Listing { closed: Some(closed.clone()), ..listing }, *now).await?;
            undone.closed += 1;
        }
    }
    let detail = json!({ "restored": undone.restored, "closed": undone.closed, "kept": undone.kept });
    record(connection, import, ("import_undone", detail), *now).await?;
    store::bump(connection, &kind).await?;
    Ok(undone)
}
