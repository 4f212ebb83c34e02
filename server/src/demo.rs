//! Demo regions: one file each, with a section for every domain that has something to show.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value as Json;
use shared::calendar::shanghai_date;
use sqlx::AnyConnection;

use crate::app::App;
use crate::clock::office::{put, value};
use crate::database::{Database, DatabaseError, sql::sql};
use crate::domain::{Domain, LoadDemo};
use crate::domains;
use crate::error::Error;
use crate::region::Founding;
use crate::staff;

const DEMO_REGIONS: [(&str, &str); 1] = [("440305", include_str!("../regions/440305.json"))];

/// Why a demo region is not loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the region's data cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    #[error("there is no demo data for the region {0}")]
    NoDemo(String),
    #[error("the section {0} belongs to no domain")]
    UnknownSection(String),
    #[error(transparent)]
    Write(#[from] Error),
}

/// The name under which a database keeps that what it offers was made up, and for which region.
const MADE_UP: &str = "demo";
/// The name under which it keeps the day from which invented days are counted.
const COUNTED_FROM: &str = "demo_from";

/// Whether demo data was ever loaded into this database.
pub async fn is_made_up(database: &Database) -> Result<bool, DatabaseError> {
    Ok(value(&mut *database.read().await?, MADE_UP).await?.is_some())
}

/// Loads what a demonstration shows into a database that has nothing of it yet.
pub async fn load(app: &App) -> Result<(), DemoError> {
    load_region(app).await?;
    Ok(staff::demo::load(app).await?)
}

/// Loads the demo region of the settings into a database without places. Where it did so on an earlier day, what is invented is made
/// as fresh as it was then.
async fn load_region(app: &App) -> Result<(), DemoError> {
    let (code, today) = (&app.settings().region, shanghai_date(app.now()));
    let mut connection = app.database().read().await.map_err(Error::from)?;
    let known = sql("select 1 from place limit 1", []).fetch_optional(&mut *connection).await.map_err(Error::from)?;
    let made_up = value(&mut connection, MADE_UP).await.map_err(Error::from)?;
    let from = value(&mut connection, COUNTED_FROM).await.map_err(Error::from)?;
    drop(connection);
    if known.is_none() {
        app.database().write_with((find(code)?, today), insert).await?;
        app.appointments().forget();
    } else if made_up.as_ref() == Some(code) && from.is_none_or(|from| from < today.to_string()) {
        app.database().write_with((find(code)?, today), renew).await?;
    }
    Ok(())
}

/// One region's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    #[serde(rename = "region")]
    code: String,
    /// By the names of domains.
    sections: BTreeMap<String, Json>,
}

fn find(code: &str) -> Result<Region, DemoError> {
    let found = DEMO_REGIONS.iter().find(|(known, _)| *known == code);
    let (_, text) = found.ok_or_else(|| DemoError::NoDemo(code.to_owned()))?;
    let region: Region = serde_json::from_str(text)?;
    let unknown = region.sections.keys().find(|name| !domains::ALL.iter().any(|domain| domain.name == **name));
    match unknown {
        Some(name) => Err(DemoError::UnknownSection(name.clone())),
        None => Ok(region),
    }
}

/// In the order of the domains, since each may rest on those before it. The mark comes first: of processes that begin at once
/// all but one wait for it, and find the region there.
async fn insert(connection: &mut AnyConnection, (region, today): &(Region, NaiveDate)) -> Result<(), Error> {
    let mark = "insert into office (name, value) values ($1, $2) on conflict do nothing";
    sql(mark, [MADE_UP.into(), region.code.as_str().into()]).execute(&mut *connection).await?;
    if sql("select 1 from place limit 1", []).fetch_optional(&mut *connection).await?.is_some() {
        return Ok(());
    }
    put(connection, COUNTED_FROM, &today.to_string()).await?;
    each(connection, (region, *today), |domain| domain.demo).await
}

async fn renew(connection: &mut AnyConnection, (region, today): &(Region, NaiveDate)) -> Result<(), Error> {
    put(connection, COUNTED_FROM, &today.to_string()).await?;
    each(connection, (region, *today), |domain| domain.demo_again).await
}

async fn each(
    connection: &mut AnyConnection,
    (region, today): (&Region, NaiveDate),
    load: fn(&Domain) -> Option<LoadDemo>,
) -> Result<(), Error> {
    for domain in domains::ALL {
        if let (Some(load), Some(section)) = (load(domain), region.sections.get(domain.name)) {
            load(connection, Founding { code: &region.code, today }, section).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_demo_region_goes_by_its_code_and_has_sections_of_known_domains_only() {
        for (code, _) in DEMO_REGIONS {
            assert_eq!(find(code).unwrap().code, code);
        }
    }
}
