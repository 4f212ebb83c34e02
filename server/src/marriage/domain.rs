//! What marriage registration brings to the house.

use futures_util::future::BoxFuture;
use serde::Deserialize;
use shared::marriage::Refusal;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use super::{BOOKABLE, listed};
use crate::api::marriage::routes;
use crate::database::sql::sql;
use crate::directory::PlannedHours;
use crate::domain::Domain;
use crate::error::Error;
use crate::region::{self, Founding};

/// The row of marriage registration.
pub const DOMAIN: Domain = Domain {
    tables: &["marriage_registry"],
    problems: Refusal::examples,
    services: &["marriage"],
    bookable: &[&BOOKABLE],
    routes,
    planned_hours: Some(PlannedHours {
        kind: "marriage_registry",
        gives: ("marriage_registration", "marriage"),
        load: listed::planned,
    }),
    demo: Some(load_demo),
    ..Domain::named("marriage")
};

/// A registry as a demo region names it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegistryEntry {
    place: PlaceId,
    foreign_related: bool,
}

fn load_demo<'c>(
    connection: &'c mut AnyConnection,
    _: Founding<'c>,
    section: &'c serde_json::Value,
) -> BoxFuture<'c, Result<(), Error>> {
    Box::pin(async move {
        let entries: Vec<RegistryEntry> = region::section(section)?;
        let statement =
            "insert into marriage_registry (place_id, foreign_related) values ($1, $2) on conflict do nothing";
        for entry in entries {
            let values = [entry.place.as_str().into(), entry.foreign_related.into()];
            sql(statement, values).execute(&mut *connection).await?;
        }
        Ok(())
    })
}
