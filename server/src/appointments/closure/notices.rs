//! Who is booked on a day that closes hears of it at once, and no third time within a day: whoever closes and opens again and
//! again sends nobody text after text.

use chrono::{DateTime, TimeDelta, Utc};
use shared::appointments::{HoldId, day::NO_REASON};
use shared::localised::Localised;
use sqlx::AnyConnection;

use super::SlotChange;
use crate::app::App;
use crate::appointments::bookable::Bookable;
use crate::appointments::booking::messages;
use crate::appointments::point::{self, ServicePoint};
use crate::appointments::record::{self, Record};
use crate::database::{
    DatabaseError,
    sql::{sql, text, word},
};
use crate::error::Error;
use crate::outbox;

/// So many texts about closed times go to one booking lately. By the next one nobody knows any more which is true: the office
/// sees how many get none, and phones them.
pub(super) const MOST_TEXTS: i64 = 2;
pub(super) const LATELY: TimeDelta = TimeDelta::hours(24);

/// How often the phones of the booking `a` were told since an instant that its time closed, or are about to be: what was overtaken
/// or never arrived told nobody. Those of one closing were written at the same instant.
macro_rules! texts {
    ($since:literal) => {
        concat!(
            "(select count(distinct o.created_at) from outbox o where o.subject = 'appointment:' || a.id \
             and o.kind = 'booking_day_closed' and o.state <> 'failed' and o.created_at > ",
            $since,
            ")"
        )
    };
}

pub(super) use texts;

/// The messages about one booking.
pub(super) struct Notice {
    subject: String,
    sealed: Vec<Vec<u8>>,
}

impl Notice {
    /// One for each phone.
    pub(super) fn texts(&self) -> usize {
        self.sealed.len()
    }
}

/// Composes what is sent to the phones of everybody booked in the slots that close who was not told so often enough.
pub(super) async fn compose(
    app: &App,
    bookable: &Bookable,
    change: &SlotChange,
    now: DateTime<Utc>,
) -> Result<Vec<Notice>, Error> {
    let point = point::one(app, &change.service, &change.place).await?;
    let mut connection = app.database().read().await?;
    let mut notices = Vec::new();
    for id in booked(&mut connection, change, now).await? {
        if let Some(record) = record::by_id(&mut connection, &id).await? {
            notices.extend(notice(app, bookable, &point, &record, change)?);
        }
    }
    Ok(notices)
}

/// Queues them within the transaction that closes.
pub(super) async fn insert(
    connection: &mut AnyConnection,
    notices: &[Notice],
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    for Notice { subject, sealed } in notices {
        outbox::insert(connection, subject, messages::CLOSED, sealed, now).await?;
    }
    Ok(())
}

/// Why the place closed the time of a booking, as it said last; without words where the rest of the day is open again.
pub async fn reason(app: &App, booking: &Record) -> Result<Localised, Error> {
    let statement = "select d.reason_zh, d.reason_en from special_day d join slot s on s.place_id = d.place_id \
         and s.service = d.service and s.date = d.date where s.id = $1 and d.open_as_weekday is null";
    let row = sql(statement, [booking.slot.0.into()]).fetch_optional(&mut *app.database().read().await?).await?;
    let Some(row) = row else {
        let [zh, en] = NO_REASON;
        return Ok(Localised::new(zh, en));
    };
    Ok(Localised::new(text(&row, "reason_zh")?, text(&row, "reason_en")?))
}

fn notice(
    app: &App,
    bookable: &Bookable,
    point: &ServicePoint,
    record: &Record,
    change: &SlotChange,
) -> Result<Option<Notice>, Error> {
    let (Some(reference), Some(people)) = (record.reference, &record.people) else { return Ok(None) };
    let phones = bookable.open(app.keys(), &record.id, people)?.phones();
    let about = messages::About::of(app, bookable, reference, record, point);
    let text = messages::closed_day(&about, (change.kind.first(), &change.reason), record.locale);
    let sealed = messages::sealed(app, &phones, &text);
    Ok(Some(Notice { subject: record.subject(), sealed }))
}

async fn booked(
    connection: &mut AnyConnection,
    change: &SlotChange,
    now: DateTime<Utc>,
) -> Result<Vec<HoldId>, DatabaseError> {
    const BOOKED: &str = concat!(
        "select a.id from appointment a join slot s on s.id = a.slot_id where s.place_id = $1 \
         and s.service = $2 and s.date between $3 and $4 and s.starts_at > $5 and s.closed = 0 and a.state = 'booked' \
         and a.arrived = 0 and ",
        texts!("$6"),
        " < $7"
    );
    let [place, service, from, to, after] = super::range(change, now);
    let values = [place, service, from, to, after, (now - LATELY).into(), MOST_TEXTS.into()];
    let rows = sql(BOOKED, values).fetch_all(connection).await?;
    rows.iter().map(|row| word(row, "id", |id| HoldId::parse(id).ok())).collect()
}
