//! Imports that are being written or taken back at this moment, or broke off on the way: until one is written whole, and from the
//! first moment in which it is taken back, its places are shown as they were before it.

use std::collections::BTreeMap;

use shared::directory::Listing;
use shared::places::PlaceId;
use sqlx::{AnyConnection, any::AnyRow};

use crate::database::{
    DatabaseError,
    sql::{maybe_text, sql, text},
};

/// An import of a kind that is not over. Its stream has only its beginning until all of it is written.
pub async fn unfinished(connection: &mut AnyConnection, kind: &str) -> Result<Option<String>, DatabaseError> {
    let statement = "select i.id from listing_import i where i.kind = $1 and ((i.undone_at is null and i.audit_length = 1) \
         or (i.undone_at is not null and exists (select 1 from listing_import_row r \
             join listing l on l.place_id = r.place_id and l.revision = r.revision where r.import_id = i.id))) limit 1";
    let row = sql(statement, [kind.into()]).fetch_optional(connection).await?;
    row.map(|row| text(&row, "id")).transpose()
}

/// A place that such an import has written, as everybody sees it until then; none within where nobody sees it.
pub async fn half_written(
    connection: &mut AnyConnection,
    place: &PlaceId,
) -> Result<Option<Option<Listing>>, DatabaseError> {
    let statement = "select r.before from listing_import i join listing_import_row r on r.import_id = i.id \
         join listing l on l.place_id = r.place_id and l.revision = r.revision \
         where r.place_id = $1 and (i.undone_at is not null or i.audit_length = 1)";
    let row = sql(statement, [place.as_str().into()]).fetch_optional(connection).await?;
    row.as_ref().map(listing_before).transpose()
}

fn listing_before(row: &AnyRow) -> Result<Option<Listing>, DatabaseError> {
    let before = maybe_text(row, "before")?.map(|before| serde_json::from_str(&before));
    before.transpose().map_err(|_| DatabaseError::unreadable("before"))
}

/// The places that such imports have written, as they were before: none for what was not there. What was changed since is as it is.
pub(super) async fn before(
    connection: &mut AnyConnection,
    kind: &str,
) -> Result<BTreeMap<String, Option<Listing>>, DatabaseError> {
    let statement = "select r.place_id, r.before from listing_import i join listing_import_row r on r.import_id = i.id \
         join listing l on l.place_id = r.place_id and l.revision = r.revision \
         where i.kind = $1 and (i.undone_at is not null or i.audit_length = 1)";
    let mut places = BTreeMap::new();
    for row in &sql(statement, [kind.into()]).fetch_all(connection).await? {
        places.insert(text(row, "place_id")?, listing_before(row)?);
    }
    Ok(places)
}
