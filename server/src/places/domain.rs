//! What places bring to the house.

use futures_util::future::BoxFuture;
use sqlx::AnyConnection;

use super::{Place, insert};
use crate::audit::Stream;
use crate::domain::Domain;
use crate::error::Error;
use crate::region::{self, Founding};

/// The row of places.
pub const DOMAIN: Domain = Domain {
    tables: &["place"],
    streams: &[Stream { heads: "select 'place:' || id as stream, audit_length, audit_head from place", compare: None }],
    demo: Some(load_demo),
    ..Domain::named("places")
};

fn load_demo<'c>(
    connection: &'c mut AnyConnection,
    founding: Founding<'c>,
    section: &'c serde_json::Value,
) -> BoxFuture<'c, Result<(), Error>> {
    Box::pin(async move {
        let places: Vec<Place> = region::section(section)?;
        for (position, place) in (0_i64..).zip(places) {
            let division = if place.division.is_empty() { founding.code.to_owned() } else { place.division.clone() };
            // What is invented was looked at on the day it was made up; what is real when somebody did.
            let checked = if place.demo { founding.today } else { place.checked };
            insert(connection, &Place { division, checked, ..place }, position).await?;
        }
        Ok(())
    })
}
