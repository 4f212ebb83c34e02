//! What was switched off on a day, why, and who is still booked there.

use chrono::{DateTime, NaiveDate, Utc};
use shared::appointments::Service;
use shared::localised::Localised;
use shared::places::PlaceId;
use shared::staff::OfficeId;

use crate::app::App;
use crate::counter::office::here;
use crate::database::sql::{flag, int, maybe_instant, sql, text, word};
use crate::error::Error;

/// A service that is switched off at a place on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shut {
    pub place: PlaceId,
    pub service: Service,
    /// As people know the service, in Chinese and in English.
    pub name: [&'static str; 2],
    pub reason: Localised,
    /// Whether other times of the day are open.
    pub partly: bool,
    /// When the times begin that are closed, where it is the rest of a day.
    pub since: Option<DateTime<Utc>>,
    /// Bookings in the times that are closed, of people who have neither moved nor cancelled nor come.
    pub left: i64,
}

impl Shut {
    /// Whether nothing of the day is open any more at an instant.
    pub fn is_over_at(&self, now: DateTime<Utc>) -> bool {
        !self.partly || self.since.is_some_and(|since| since <= now)
    }
}

/// When the first time begins that is closed and after which all are, on a day of which some are open; of the special day `d`.
macro_rules! since {
    () => {
        "(select min(s.starts_at) from slot s where s.place_id = d.place_id and s.service = d.service and s.date = d.date \
         and s.closed = 1 and s.added = 0 and s.capacity > 0 and s.starts_at > (select max(o.starts_at) from slot o \
         where o.place_id = d.place_id and o.service = d.service and o.date = d.date and o.closed = 0 and o.added = 0 \
         and o.capacity > 0)) as since"
    };
}

pub(in crate::counter) use since;

/// All that is switched off at an office on a day. Whoever shows it has asked for [`shared::staff::Right::SeeDay`].
///
/// # Errors
/// Those of the database.
pub async fn on(app: &App, office: &OfficeId, date: NaiveDate) -> Result<Vec<Shut>, Error> {
    const SHUT: &str = concat!(
        here!("$1"),
        " select d.place_id, d.service, d.reason_zh, d.reason_en, (select count(*) from slot s \
         join appointment a on a.slot_id = s.id left join visit v on v.id = a.id where s.place_id = d.place_id \
         and s.service = d.service and s.date = d.date and s.closed = 1 and a.reference is not null \
         and a.state in ('booked', 'past') and a.released = 0 and (v.id is null or v.state = 'booked')) as remaining, \
         cast(case when exists (select 1 from slot s where s.place_id = d.place_id and s.service = d.service \
         and s.date = d.date and s.closed = 0 and s.capacity > 0) then 1 else 0 end as bigint) as partly, ",
        since!(),
        " from special_day d where d.place_id in (select id from here) and d.date = $2 and d.open_as_weekday is null \
         order by d.place_id, d.service"
    );
    let values = [office.as_str().into(), date.into()];
    let rows = sql(SHUT, values).fetch_all(&mut *app.database().read().await?).await?;
    let read = rows.iter().map(|row| {
        let service = word(row, "service", |name| Service::parse(name).ok())?;
        let bookable = app.bookable_of(&service);
        Ok(Shut {
            name: bookable.map_or(["", ""], |bookable| bookable.name),
            place: word(row, "place_id", |id| PlaceId::parse(id).ok())?,
            service,
            reason: Localised::new(text(row, "reason_zh")?, text(row, "reason_en")?),
            partly: flag(row, "partly")?,
            since: maybe_instant(row, "since")?,
            left: int(row, "remaining")?,
        })
    });
    read.collect()
}
