//! What has hours of its own at an office on a day, why, and who is booked outside them.

use chrono::NaiveDate;
use shared::appointments::Service;
use shared::places::PlaceId;
use shared::staff::OfficeId;

use crate::app::App;
use crate::appointments::hours::{OwnDay, own_day};
use crate::counter::office::here;
use crate::database::sql::{int, sql, word};
use crate::error::Error;

/// A service that has other hours at a place on a day than its week says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnHours {
    pub place: PlaceId,
    pub service: Service,
    pub day: OwnDay,
    /// Bookings outside them, of people who have neither moved nor cancelled nor come.
    pub left: i64,
}

/// All that has hours of its own at an office on a day. Whoever shows it has asked for
/// [`shared::staff::Right::SeeDay`].
///
/// # Errors
/// Those of the database.
pub async fn on(app: &App, office: &OfficeId, date: NaiveDate) -> Result<Vec<OwnHours>, Error> {
    const OWN: &str = concat!(
        here!("$1"),
        " select d.place_id, d.service, (select count(*) from slot s \
         join appointment a on a.slot_id = s.id left join visit v on v.id = a.id where s.place_id = d.place_id \
         and s.service = d.service and s.date = d.date and s.closed = 0 and s.added = 0 and s.cut_to = 0 \
         and a.reference is not null and a.state in ('booked', 'past') and a.released = 0 and (v.id is null or v.state = 'booked')) as remaining \
         from special_day d where d.place_id in (select id from here) and d.date = $2 and d.open_as_weekday is not null \
         order by d.place_id, d.service"
    );
    let mut connection = app.database().read().await?;
    let rows = sql(OWN, [office.as_str().into(), date.into()]).fetch_all(&mut *connection).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let place = word(row, "place_id", |id| PlaceId::parse(id).ok())?;
        let service = word(row, "service", |name| Service::parse(name).ok())?;
        if let Some(day) = own_day::of_day(&mut connection, (&place, &service), date).await? {
            all.push(OwnHours { place, service, day, left: int(row, "remaining")? });
        }
    }
    Ok(all)
}
