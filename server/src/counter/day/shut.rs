//! What was switched off on a day, why, and who is still booked there.

use chrono::NaiveDate;
use shared::appointments::Service;
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::staff::OfficeId;

use crate::app::App;
use crate::database::sql::{flag, int, sql, text, word};
use crate::error::Error;

/// A service that is switched off at a place on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shut {
    pub place: PlaceId,
    pub service: Service,
    pub reason: Localised,
    /// Whether other times of the day are open.
    pub partly: bool,
    /// Bookings in the times that are closed, of people who have neither moved nor cancelled nor come.
    pub left: i64,
}

/// All that is switched off at an office on a day. Whoever shows it has asked for [`shared::staff::Right::SeeDay`].
///
/// # Errors
/// Those of the database.
pub async fn on(app: &App, office: &OfficeId, date: NaiveDate) -> Result<Vec<Shut>, Error> {
    let statement = "with recursive here (id) as (select id from place where id = $1 \
         union select p.id from here h join place p on p.parent = h.id) \
         select d.place_id, d.service, d.reason_zh, d.reason_en, (select count(*) from slot s \
         join appointment a on a.slot_id = s.id left join visit v on v.id = a.id where s.place_id = d.place_id \
         and s.service = d.service and s.date = d.date and s.closed = 1 and a.reference is not null \
         and a.state in ('booked', 'past') and (v.id is null or v.state = 'booked')) as remaining, \
         cast(case when exists (select 1 from slot s where s.place_id = d.place_id and s.service = d.service \
         and s.date = d.date and s.closed = 0 and s.capacity > 0) then 1 else 0 end as bigint) as partly \
         from special_day d where d.place_id in (select id from here) and d.date = $2 and d.open_as_weekday is null \
         order by d.place_id, d.service";
    let values = [office.as_str().into(), date.into()];
    let rows = sql(statement, values).fetch_all(&mut *app.database().read().await?).await?;
    let read = rows.iter().map(|row| {
        Ok(Shut {
            place: word(row, "place_id", |id| PlaceId::parse(id).ok())?,
            service: word(row, "service", |name| Service::parse(name).ok())?,
            reason: Localised::new(text(row, "reason_zh")?, text(row, "reason_en")?),
            partly: flag(row, "partly")?,
            left: int(row, "remaining")?,
        })
    });
    read.collect()
}
