//! Places that people go to: one table for the places of every service.

pub mod domain;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use shared::localised::Localised;
use shared::places::{Coordinates, Datum, PlaceId};
use sqlx::{AnyConnection, any::AnyRow};

use crate::audit::{self, Actor, Event, Head};
use crate::database::{
    DatabaseError,
    sql::{date, flag, int, maybe_int, maybe_text, sql, text, word},
};

/// What every service can say of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub id: PlaceId,
    /// What it is, in the word of the domain that brought it, such as `marriage_registry`.
    pub kind: String,
    /// The place it belongs to, such as the centre around a hall.
    #[serde(default)]
    pub parent: Option<PlaceId>,
    pub name: Localised,
    pub address: Localised,
    /// Division code, GB/T 2260; that of its region where a region's data leaves it out.
    #[serde(default)]
    pub division: String,
    pub phone: String,
    /// How to find the way, where the office says so.
    #[serde(default)]
    pub directions: Option<Localised>,
    #[serde(default)]
    pub coordinates: Option<Coordinates>,
    /// The place itself is invented for demonstrations.
    pub demo: bool,
    /// Where its address and phone were read, and when.
    pub source: String,
    pub checked: NaiveDate,
}

/// Reads a place from a row that names its columns as they are, but `place_id` and `place_demo`.
pub fn read(row: &AnyRow) -> Result<Place, DatabaseError> {
    Ok(Place {
        id: word(row, "place_id", |id| PlaceId::parse(id).ok())?,
        kind: text(row, "kind")?,
        parent: maybe_text(row, "parent")?.and_then(|id| PlaceId::parse(&id).ok()),
        name: Localised::new(text(row, "name_zh")?, text(row, "name_en")?),
        address: Localised::new(text(row, "address_zh")?, text(row, "address_en")?),
        division: text(row, "division")?,
        phone: text(row, "phone")?,
        directions: Some(directions(row)?).filter(|directions| !directions.zh.is_empty()),
        coordinates: coordinates(row)?,
        demo: flag(row, "place_demo")?,
        source: text(row, "source")?,
        checked: date(row, "checked")?,
    })
}

/// One place by its id.
pub async fn one(connection: &mut AnyConnection, id: &PlaceId) -> Result<Option<Place>, DatabaseError> {
    let statement = "select id as place_id, kind, parent, name_zh, name_en, address_zh, address_en, division, phone, \
         directions_zh, directions_en, latitude, longitude, datum, demo as place_demo, source, checked from place where id = $1";
    let row = sql(statement, [id.as_str().into()]).fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Writes a place that is not there yet, and says whether it was not; `position` is its rank among those of its region.
pub async fn insert(connection: &mut AnyConnection, place: &Place, position: i64) -> Result<bool, DatabaseError> {
    let statement = "insert into place (id, kind, parent, position, name_zh, name_en, address_zh, address_en, division, \
         phone, latitude, longitude, datum, demo, source, checked, directions_zh, directions_en) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) on conflict (id) do nothing";
    let (point, directions) = (place.coordinates, place.directions.as_ref());
    let values = [
        place.id.as_str().into(),
        place.kind.as_str().into(),
        place.parent.as_ref().map(ToString::to_string).into(),
        position.into(),
        place.name.zh.as_str().into(),
        place.name.en.as_str().into(),
        place.address.zh.as_str().into(),
        place.address.en.as_str().into(),
        place.division.as_str().into(),
        place.phone.as_str().into(),
        point.map(|point| i64::from(point.latitude)).into(),
        point.map(|point| i64::from(point.longitude)).into(),
        point.map(|point| point.datum.name().to_owned()).into(),
        place.demo.into(),
        place.source.as_str().into(),
        place.checked.into(),
        directions.map_or("", |directions| &directions.zh).into(),
        directions.map_or("", |directions| &directions.en).into(),
    ];
    Ok(sql(statement, values).execute(connection).await?.rows_affected() == 1)
}

/// Appends what an operator did to a place's own stream.
pub async fn record(
    connection: &mut AnyConnection,
    id: &PlaceId,
    act: &'static str,
    detail: serde_json::Value,
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    record_by(connection, id, (Actor::Operator, act, detail), now).await
}

/// Appends what somebody did to a place's own stream.
pub async fn record_by(
    connection: &mut AnyConnection,
    id: &PlaceId,
    (actor, act, detail): (Actor, &'static str, serde_json::Value),
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    // Changing nothing, it keeps the row to itself: events come one after the other.
    let statement = "update place set audit_length = audit_length where id = $1 returning audit_length, audit_head";
    let row = sql(statement, [id.as_str().into()]).fetch_one(&mut *connection).await?;
    let head = Head { length: int(&row, "audit_length")?, hash: text(&row, "audit_head")? };
    let stream = format!("place:{id}");
    let event = Event { stream: &stream, actor, act, detail };
    let head = audit::append(connection, &head, &event, now).await?;
    let statement = "update place set audit_length = $1, audit_head = $2 where id = $3";
    sql(statement, [head.length.into(), head.hash.into(), id.as_str().into()]).execute(connection).await?;
    Ok(())
}

pub(crate) fn directions(row: &AnyRow) -> Result<Localised, DatabaseError> {
    Ok(Localised::new(text(row, "directions_zh")?, text(row, "directions_en")?))
}

fn coordinates(row: &AnyRow) -> Result<Option<Coordinates>, DatabaseError> {
    let Some(datum) = maybe_text(row, "datum")? else { return Ok(None) };
    let degrees = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
    let latitude = degrees(maybe_int(row, "latitude")?);
    let longitude = degrees(maybe_int(row, "longitude")?);
    let point = latitude.zip(longitude).zip(Datum::from_name(&datum));
    let point = point.and_then(|((latitude, longitude), datum)| Coordinates::new(latitude, longitude, datum));
    point.map(Some).ok_or_else(|| DatabaseError::unreadable("datum"))
}
