//! A day that has other hours than its week: which, why, and whether a booking stands outside them.

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{Service, SlotId};
use shared::localised::Localised;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use crate::appointments::open_hours;
use crate::database::{
    DatabaseError,
    sql::{date, sql, text, word},
};

/// The hours of one day alone, as they are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDay {
    pub reason: Localised,
    /// From when until when, without the breaks between.
    pub spans: Vec<[DateTime<Utc>; 2]>,
}

/// The own hours of a service at a place on a day; none where it has those of its week, or is switched off.
pub(crate) async fn of_day(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
    day: NaiveDate,
) -> Result<Option<OwnDay>, DatabaseError> {
    let statement = "select reason_zh, reason_en from special_day where place_id = $1 and service = $2 and date = $3 \
         and open_as_weekday is not null";
    let values = [place.as_str().into(), service.name().into(), day.into()];
    let Some(row) = sql(statement, values).fetch_optional(&mut *connection).await? else { return Ok(None) };
    let reason = Localised::new(text(&row, "reason_zh")?, text(&row, "reason_en")?);
    Ok(Some(OwnDay { reason, spans: open_hours::of_day(connection, (place, service), day).await? }))
}

/// The own hours of the day of a slot that is none of their times: whoever is booked there is not among them.
pub(crate) async fn outside(connection: &mut AnyConnection, slot: SlotId) -> Result<Option<OwnDay>, DatabaseError> {
    let statement =
        "select place_id, service, date from slot where id = $1 and cut_to = 0 and added = 0 and closed = 0";
    let row = sql(statement, [slot.0.into()]).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(None) };
    let place = word(&row, "place_id", |id| PlaceId::parse(id).ok())?;
    let service = word(&row, "service", |name| Service::parse(name).ok())?;
    of_day(connection, (&place, &service), date(&row, "date")?).await
}
