//! A service at a place, and the rules it books by.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::{BookingRule, Refusal, Service};
use shared::calendar::shanghai_date;
use shared::places::PlaceId;
use sqlx::AnyConnection;

use crate::database::{
    Database, DatabaseError,
    sql::{flag, maybe_text, sql, word},
};
use crate::error::Error;
use crate::places::{self, Place};

/// A service at a place.
#[derive(Clone, Debug)]
pub struct ServicePoint {
    pub place: Place,
    pub service: Service,
    /// Whether holds of dates in demand and bookings are confirmed by codes to phones.
    pub phone_codes: bool,
    /// Its times are invented for demonstrations.
    pub demo: bool,
    /// The first day of its first hours.
    pub opens: Option<NaiveDate>,
    /// Whether it has times that were published.
    pub published: bool,
    /// Every rule it has or had, dated.
    pub rules: Arc<[BookingRule]>,
}

impl ServicePoint {
    /// The rule in force at an instant.
    ///
    /// # Errors
    /// [`Refusal::SlotClosed`] when no appointments are given out then.
    pub fn rule(&self, now: DateTime<Utc>) -> Result<&BookingRule, Refusal> {
        BookingRule::in_force(&self.rules, shanghai_date(now)).ok_or(Refusal::SlotClosed)
    }

    /// Whether whoever looks for a place is shown it: a place is, once its hours have begun or its first times are published.
    pub fn is_shown(&self, now: DateTime<Utc>) -> bool {
        self.published || self.opens.is_some_and(|opens| opens <= shanghai_date(now))
    }

    /// Reads every place of a service from the database.
    pub async fn load(database: &Database, service: &Service) -> Result<Arc<[Self]>, Error> {
        let statement = "select p.id as place_id, p.kind, p.parent, p.name_zh, p.name_en, p.address_zh, p.address_en, \
             p.division, p.phone, p.directions_zh, p.directions_en, p.latitude, p.longitude, p.datum, p.demo as place_demo, p.source, p.checked, \
             s.phone_codes, s.demo as point_demo, (select min(o.valid_from) from opening o \
             where o.place_id = s.place_id and o.service = s.service) as opens, case when exists (select 1 from slot t \
             where t.place_id = s.place_id and t.service = s.service and t.added = 0) then 1 else 0 end as published \
             from service_point s join place p on p.id = s.place_id where s.service = $1 order by p.position, p.id";
        let mut connection = database.read().await?;
        let rows = sql(statement, [service.name().into()]).fetch_all(&mut *connection).await?;
        let mut points = Vec::with_capacity(rows.len());
        for row in &rows {
            let place = places::read(row)?;
            let rules = rules(&mut connection, &place.id, service).await?.into();
            let opens = maybe_text(row, "opens")?.and_then(|day| day.parse().ok());
            points.push(Self {
                place,
                service: service.clone(),
                phone_codes: flag(row, "phone_codes")?,
                demo: flag(row, "point_demo")?,
                opens,
                published: flag(row, "published")?,
                rules,
            });
        }
        Ok(points.into())
    }
}

async fn rules(
    connection: &mut AnyConnection,
    place: &PlaceId,
    service: &Service,
) -> Result<Vec<BookingRule>, DatabaseError> {
    let statement = "select rule from booking_rule where place_id = $1 and service = $2 order by valid_from";
    let rows = sql(statement, [place.as_str().into(), service.name().into()]).fetch_all(connection).await?;
    rows.iter().map(|row| word(row, "rule", |rule| serde_json::from_str(rule).ok())).collect()
}
