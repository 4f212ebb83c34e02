//! Region packs: registries, their rules and opening patterns as dated data, and the calendar.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;
use shared::appointments::{BookingRule, PlaceId, RuleError, Service};
use shared::calendar::{Calendar, CalendarPack, PackError};
use shared::localised::Localised;
use sqlx::AnyConnection;

use crate::app::App;
use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;

const CALENDAR: &str = include_str!("../../shared/packs/cn/calendar.json");
const DEMO_REGIONS: [(&str, &str); 1] = [("440305", include_str!("../regions/440305.json"))];

/// Why a pack is refused.
#[derive(Debug, thiserror::Error)]
pub enum RegionError {
    #[error("a pack cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    #[error("the calendar contradicts itself: {0}")]
    Calendar(#[from] PackError),
    #[error("the booking rule {name} cannot be meant: {error}")]
    Rule { name: String, error: RuleError },
    #[error("{registry} names the rule {rule}, which its region does not have")]
    UnknownRule { registry: String, rule: String },
    #[error("there is no demo data for the region {0}")]
    NoDemo(String),
    #[error(transparent)]
    Write(#[from] Error),
}

/// One region's registries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    #[serde(rename = "region")]
    code: String,
    registries: Vec<RegistryEntry>,
    rules: BTreeMap<String, BookingRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegistryEntry {
    id: PlaceId,
    name: Localised,
    address: Localised,
    phone: String,
    foreign_related: bool,
    phone_codes: bool,
    source: String,
    checked: NaiveDate,
    rule: String,
    openings: Vec<Opening>,
}

/// When slots are given out on some weekdays; Monday is 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    weekdays: Vec<u32>,
    starts: chrono::NaiveTime,
    ends: chrono::NaiveTime,
    slot_minutes: u32,
    capacity: u32,
}

/// The national calendar of holidays, make-up workdays and hot dates.
pub fn calendar() -> Result<Calendar, RegionError> {
    let pack: CalendarPack = serde_json::from_str(CALENDAR)?;
    Ok(Calendar::new(pack)?)
}

/// Loads the demo region of the settings into a database without registries; does nothing otherwise.
pub async fn load_demo(app: &App) -> Result<(), RegionError> {
    if !app.registries().await?.is_empty() {
        return Ok(());
    }
    let wanted = &app.settings().region;
    let found = DEMO_REGIONS.iter().find(|(code, _)| code == wanted);
    let (_, text) = found.ok_or_else(|| RegionError::NoDemo(wanted.clone()))?;
    let region: Region = serde_json::from_str(text)?;
    check(&region)?;
    let region = Arc::new(region);
    app.database().write(move |connection| Box::pin(insert(connection, Arc::clone(&region)))).await?;
    app.forget_remembered();
    Ok(())
}

fn check(region: &Region) -> Result<(), RegionError> {
    for (name, rule) in &region.rules {
        rule.check().map_err(|error| RegionError::Rule { name: name.clone(), error })?;
    }
    let unknown = region.registries.iter().find(|registry| !region.rules.contains_key(&registry.rule));
    match unknown {
        Some(registry) => {
            Err(RegionError::UnknownRule { registry: registry.id.to_string(), rule: registry.rule.clone() })
        }
        None => Ok(()),
    }
}

async fn insert(connection: &mut AnyConnection, region: Arc<Region>) -> Result<(), Error> {
    for (position, entry) in (0_i64..).zip(&region.registries) {
        insert_registry(connection, &region.code, position, entry).await?;
        let rule = &region.rules[&entry.rule];
        insert_rule(connection, &entry.id, rule).await?;
        for opening in &entry.openings {
            insert_opening(connection, &entry.id, rule.valid_from, opening).await?;
        }
    }
    Ok(())
}

async fn insert_registry(
    connection: &mut AnyConnection,
    region: &str,
    position: i64,
    entry: &RegistryEntry,
) -> Result<(), DatabaseError> {
    let statement = "insert into registry (id, region, position, name_zh, name_en, address_zh, address_en, phone, \
         foreign_related, phone_codes, demo, source, checked) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12) on conflict (id) do nothing";
    let values = [
        entry.id.as_str().into(),
        region.into(),
        position.into(),
        entry.name.zh.as_str().into(),
        entry.name.en.as_str().into(),
        entry.address.zh.as_str().into(),
        entry.address.en.as_str().into(),
        entry.phone.as_str().into(),
        entry.foreign_related.into(),
        entry.phone_codes.into(),
        entry.source.as_str().into(),
        entry.checked.into(),
    ];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn insert_rule(
    connection: &mut AnyConnection,
    registry: &PlaceId,
    rule: &BookingRule,
) -> Result<(), DatabaseError> {
    let text = serde_json::to_string(rule).expect("rules always serialise");
    let statement = "insert into booking_rule (registry_id, service, valid_from, rule) values ($1, $2, $3, $4) \
         on conflict do nothing";
    let service = Service::MarriageRegistration.name();
    let values = [registry.as_str().into(), service.into(), rule.valid_from.into(), text.into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn insert_opening(
    connection: &mut AnyConnection,
    registry: &PlaceId,
    valid_from: NaiveDate,
    opening: &Opening,
) -> Result<(), DatabaseError> {
    use chrono::Timelike;
    let minute = |time: chrono::NaiveTime| time.hour() * 60 + time.minute();
    let statement = "insert into opening (registry_id, service, valid_from, weekday, starts_minute, ends_minute, \
         slot_minutes, capacity) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
    for weekday in &opening.weekdays {
        let values = [
            registry.as_str().into(),
            Service::MarriageRegistration.name().into(),
            valid_from.into(),
            (*weekday).into(),
            minute(opening.starts).into(),
            minute(opening.ends).into(),
            opening.slot_minutes.into(),
            opening.capacity.into(),
        ];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_demo_region_reads_and_means_something() {
        for (code, text) in DEMO_REGIONS {
            let region: Region = serde_json::from_str(text).unwrap();
            assert_eq!(region.code, code);
            check(&region).unwrap();
        }
    }

    #[test]
    fn the_calendar_reads() {
        calendar().unwrap();
    }
}
