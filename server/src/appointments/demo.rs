//! The engine's part of a demo region: services at places, their rules and opening patterns.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, Timelike};
use futures_util::future::BoxFuture;
use serde::Deserialize;
use shared::appointments::{BookingRule, Service};
use shared::places::PlaceId;
use sqlx::AnyConnection;

use crate::database::{DatabaseError, sql::sql};
use crate::error::Error;
use crate::region::{self, Damaged, Founding};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    rules: BTreeMap<String, BookingRule>,
    points: Vec<PointEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PointEntry {
    place: PlaceId,
    service: Service,
    phone_codes: bool,
    rule: String,
    openings: Vec<Opening>,
}

/// When slots are given out on some weekdays; Monday is 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    weekdays: Vec<u32>,
    starts: NaiveTime,
    ends: NaiveTime,
    slot_minutes: u32,
    capacity: u32,
}

/// Checks the section whole before it writes any of it.
pub fn load<'c>(
    connection: &'c mut AnyConnection,
    _: Founding<'c>,
    section: &'c serde_json::Value,
) -> BoxFuture<'c, Result<(), Error>> {
    Box::pin(async move {
        let Section { rules, points } = region::section(section)?;
        for (name, rule) in &rules {
            rule.check().map_err(|error| Damaged(format!("the rule {name} cannot be meant: {error}")))?;
        }
        for point in &points {
            let rule = rules.get(&point.rule);
            let rule = rule.ok_or_else(|| Damaged(format!("{} names an unknown rule, {}", point.place, point.rule)))?;
            insert(connection, point, rule).await?;
        }
        Ok(())
    })
}

async fn insert(connection: &mut AnyConnection, point: &PointEntry, rule: &BookingRule) -> Result<(), DatabaseError> {
    let statement = "insert into service_point (place_id, service, phone_codes, demo) values ($1, $2, $3, 1) \
         on conflict do nothing";
    let values = [point.place.as_str().into(), point.service.name().into(), point.phone_codes.into()];
    sql(statement, values).execute(&mut *connection).await?;
    insert_rule(connection, point, rule).await?;
    for opening in &point.openings {
        insert_opening(connection, point, rule.valid_from, opening).await?;
    }
    Ok(())
}

async fn insert_rule(
    connection: &mut AnyConnection,
    point: &PointEntry,
    rule: &BookingRule,
) -> Result<(), DatabaseError> {
    let text = serde_json::to_string(rule).expect("rules always serialise");
    let statement = "insert into booking_rule (place_id, service, valid_from, rule) values ($1, $2, $3, $4) \
         on conflict do nothing";
    let values = [point.place.as_str().into(), point.service.name().into(), rule.valid_from.into(), text.into()];
    sql(statement, values).execute(connection).await?;
    Ok(())
}

async fn insert_opening(
    connection: &mut AnyConnection,
    point: &PointEntry,
    valid_from: NaiveDate,
    opening: &Opening,
) -> Result<(), DatabaseError> {
    let minute = |time: NaiveTime| time.hour() * 60 + time.minute();
    let statement = "insert into opening (place_id, service, valid_from, weekday, starts_minute, ends_minute, \
         slot_minutes, capacity) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
    for weekday in &opening.weekdays {
        let values = [
            point.place.as_str().into(),
            point.service.name().into(),
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
