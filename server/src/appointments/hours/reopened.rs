//! Days that were switched off and open again: who was told that they are closed and still stands there, and the message that
//! they can come after all.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use shared::appointments::{BookingReference, HoldId, Service};
use shared::calendar::shanghai_date;
use shared::locale::Locale;
use shared::places::PlaceId;
use sqlx::{AnyConnection, any::AnyRow};

use crate::app::App;
use crate::appointments::booking::messages::{self, About};
use crate::appointments::{point, publish, record};
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{flag, instant, sql, word},
};
use crate::error::Error;
use crate::outbox;
use crate::places;
use crate::staff::authority::Staff;

/// A booking on a day that was closed and is not any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAgain {
    pub reference: BookingReference,
    pub starts_at: DateTime<Utc>,
    /// Whether its phones were told so.
    pub told: bool,
}

/// The messages about one booking.
pub(super) struct Notice {
    reference: BookingReference,
    subject: String,
    sealed: Vec<Vec<u8>>,
}

/// Bookings that stand between two days, at times to come that are closed or are not, whose people have not come, and whose
/// phones were told that it is closed. Whoever has moved since was told of another day.
const TOLD: &str = "select t.id, t.reference, t.starts_at, case when t.reopened > t.closed then 1 else 0 end as told from \
     (select a.id, a.reference, s.starts_at, \
     coalesce((select max(o.id) from outbox o where o.subject = 'appointment:' || a.id and o.kind = $6 and o.useful_until is null), 0) as closed, \
     coalesce((select max(o.id) from outbox o where o.subject = 'appointment:' || a.id and o.kind = $7 \
     and o.state <> 'failed'), 0) as reopened, \
     coalesce((select max(o.id) from outbox o where o.subject = 'appointment:' || a.id and o.kind = 'booking_moved'), 0) as moved \
     from slot s join appointment a on a.slot_id = s.id where s.place_id = $1 and s.service = $2 and s.date between $3 and $4 \
     and s.starts_at > $8 and s.closed = $5 and a.state = 'booked' and a.arrived = 0) t where t.closed > t.moved order by t.starts_at, t.reference";

async fn told(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
    (from, to): (NaiveDate, NaiveDate),
    closed: bool,
    now: DateTime<Utc>,
) -> Result<Vec<AnyRow>, DatabaseError> {
    let values = [
        place.as_str().into(),
        service.name().into(),
        from.into(),
        to.into(),
        closed.into(),
        messages::CLOSED.into(),
        messages::REOPENED.into(),
        now.into(),
    ];
    Ok(sql(TOLD, values).fetch_all(connection).await?)
}

/// Those at times that are closed now and were told so last: whoever was told of the closing no more was not told of any that
/// has to be taken back.
pub(super) async fn still_told(
    connection: &mut AnyConnection,
    there: (&PlaceId, &Service),
    days: (NaiveDate, NaiveDate),
    now: DateTime<Utc>,
) -> Result<Vec<BookingReference>, DatabaseError> {
    let rows = told(connection, there, days, true, now).await?;
    rows.iter().filter(|row| flag(row, "told").is_ok_and(|told| !told)).map(reference).collect()
}

/// Those at times to come that are open again.
pub(crate) async fn open_again(
    app: &App,
    there: (&PlaceId, &Service),
    now: DateTime<Utc>,
) -> Result<Vec<OpenAgain>, Error> {
    let mut connection = app.database().read().await?;
    let rows = told(&mut connection, there, from_today(now), false, now).await?;
    let read = |row: &AnyRow| {
        Ok(OpenAgain { reference: reference(row)?, starts_at: instant(row, "starts_at")?, told: flag(row, "told")? })
    };
    Ok(rows.iter().map(read).collect::<Result<_, DatabaseError>>()?)
}

/// What the phones of one of them would be told, but for the link that is theirs alone; nothing where nobody can book it now.
pub(crate) async fn would_tell(
    app: &App,
    (place, service): (&PlaceId, &Service),
    one: &OpenAgain,
    locale: Locale,
) -> Result<Option<String>, Error> {
    let Some(bookable) = app.bookable_of(service) else {
        return Ok(None);
    };
    let point = point::one(app, service, place).await?;
    let about = About {
        bookable,
        reference: one.reference,
        place: &point.place,
        starts_at: one.starts_at,
        manage_link: messages::own_link(locale).to_owned(),
    };
    Ok(Some(messages::reopened_day(&about, locale)))
}

/// Tells whoever is booked at a time to come that is open again and has not been told so; how many bookings that were. Who
/// has been told is told no second time, by whom and however often it is pressed.
pub(crate) async fn tell(
    app: &App,
    (place, service): (&PlaceId, &Service),
    staff: &Staff,
    now: DateTime<Utc>,
) -> Result<usize, Error> {
    let days = from_today(now);
    let notices = compose(app, (place, service), (days, false), now).await?;
    let telling = Telling { place: place.clone(), service: service.clone(), days, by: staff.actor(), notices, now };
    let told = crate::appointments::write_by(app, staff, telling, write).await?;
    app.outbox_wakes();
    Ok(told)
}

struct Telling {
    place: PlaceId,
    service: Service,
    days: (NaiveDate, NaiveDate),
    by: Actor,
    notices: Vec<Notice>,
    now: DateTime<Utc>,
}

async fn write(connection: &mut AnyConnection, telling: &Telling) -> Result<usize, Error> {
    let Telling { place, service, days, by, notices, now } = telling;
    // Two who press come one after the other, and so does whoever closes the days again.
    publish::keep(connection, (place, service)).await?;
    let rows = told(connection, (place, service), *days, false, *now).await?;
    let untold = rows.iter().filter(|row| flag(row, "told").is_ok_and(|told| !told));
    let untold = untold.map(reference).collect::<Result<Vec<_>, _>>()?;
    let count = insert(connection, notices, &untold, *now).await?;
    if count > 0 {
        let detail = json!({ "service": service, "told": count });
        places::record_by(connection, place, (by.clone(), "reopening_told", detail), *now).await?;
    }
    Ok(count)
}

/// Every day that is not over.
fn from_today(now: DateTime<Utc>) -> (NaiveDate, NaiveDate) {
    (shanghai_date(now), NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX))
}

/// Composes what is sent to the phones of those at times that are closed, or open again.
pub(super) async fn compose(
    app: &App,
    (place, service): (&PlaceId, &Service),
    (days, closed): ((NaiveDate, NaiveDate), bool),
    now: DateTime<Utc>,
) -> Result<Vec<Notice>, Error> {
    let Some(bookable) = app.bookable_of(service) else {
        return Ok(Vec::new());
    };
    let point = point::one(app, service, place).await?;
    let mut connection = app.database().read().await?;
    let mut notices = Vec::new();
    for row in told(&mut connection, (place, service), days, closed, now).await? {
        let id = word(&row, "id", |id| HoldId::parse(id).ok())?;
        let Some(record) = record::by_id(&mut connection, &id).await? else { continue };
        let (Some(reference), Some(people)) = (record.reference, &record.people) else { continue };
        let phones = bookable.open(app.keys(), &record.id, people)?.phones();
        let about = About::of(app, bookable, reference, &record, &point);
        let sealed = messages::sealed(app, &phones, &messages::reopened_day(&about, record.locale));
        notices.push(Notice { reference, subject: record.subject(), sealed });
    }
    Ok(notices)
}

/// Queues them within the transaction that opens the days, for those alone who stand there by then; to how many bookings.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    notices: &[Notice],
    told: &[BookingReference],
    now: DateTime<Utc>,
) -> Result<usize, DatabaseError> {
    let mut count = 0;
    for Notice { subject, sealed, .. } in notices.iter().filter(|notice| told.contains(&notice.reference)) {
        outbox::insert(connection, subject, messages::REOPENED, sealed, now).await?;
        count += 1;
    }
    Ok(count)
}

fn reference(row: &AnyRow) -> Result<BookingReference, DatabaseError> {
    word(row, "reference", |text| BookingReference::parse(text).ok())
}
