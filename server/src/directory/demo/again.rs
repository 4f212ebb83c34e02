//! A demonstration that was made before and is started again on a later day: its places are as fresh as on the first, or all of them
//! would have faded. What somebody has confirmed since stays theirs.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::{Described, stations};
use crate::database::{DatabaseError, sql::sql};
use crate::directory::store;
use crate::error::Error;
use crate::places::{self, Place};
use crate::region::{self, Founding};

pub(in crate::directory) fn renew<'c>(
    connection: &'c mut AnyConnection,
    founding: Founding<'c>,
    section: &'c serde_json::Value,
) -> BoxFuture<'c, Result<(), Error>> {
    Box::pin(async move {
        let described: Described = region::section(section)?;
        let mut kinds = BTreeSet::new();
        for station in stations(founding, &described)? {
            // All its sections were invented to be confirmed on one day.
            let Some(invented) = station.confirmed.values().next() else { continue };
            if confirm(connection, &station.id, &invented.by, invented.on).await? {
                kinds.insert(station.kind);
            }
        }
        for listed in &described.listed {
            let place = places::one(connection, &listed.place).await?;
            let Some(place) = place else { continue };
            let is_changed = if place.demo {
                confirm(connection, &place.id, &place.source, founding.today).await?
            } else {
                unsay(connection, &place).await?
            };
            if is_changed {
                kinds.insert(place.kind);
            }
        }
        for kind in kinds {
            store::bump(connection, &kind).await?;
        }
        Ok(())
    })
}

/// Whether anything that they had confirmed of a place was confirmed before that day.
async fn confirm(
    connection: &mut AnyConnection,
    place: &PlaceId,
    by: &str,
    on: NaiveDate,
) -> Result<bool, DatabaseError> {
    let statement = "update listing_section set confirmed_on = $1 \
         where place_id = $2 and confirmed_by = $3 and confirmed_on < $1";
    let values = [on.into(), place.as_str().into(), by.into()];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() > 0)
}

/// Whether a real place was said to be confirmed by what it was only read in, as demonstrations were made before.
async fn unsay(connection: &mut AnyConnection, place: &Place) -> Result<bool, DatabaseError> {
    let statement = "delete from listing_section where place_id = $1 and section in ('contact', 'location') \
         and confirmed_by = $2 and confirmed_on = $3";
    let values = [place.id.as_str().into(), place.source.as_str().into(), place.checked.into()];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() > 0)
}
