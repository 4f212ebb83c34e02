//! A text message on the working day before an appointment.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use shared::appointments::HoldId;
use shared::calendar::{Calendar, at, shanghai_date, shanghai_minute};
use sqlx::AnyConnection;

use super::booking::messages::{self, About, Changes};
use super::point;
use super::record;
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{sql, word},
};
use crate::error::Error;
use crate::outbox;

/// Minutes of the day between which people are reminded: nobody is woken.
const FROM: u32 = 10 * 60;
const UNTIL: u32 = 20 * 60;
/// Whoever was told of their time by another message is left alone for so long.
const JUST_TOLD: TimeDelta = TimeDelta::hours(1);
/// Bookings reminded in one round.
const BATCH: i64 = 200;
/// Days without work in a row, at most; the longest holiday is nine.
const LONGEST_REST: u64 = 15;

/// Reminds everybody whose appointment is on the next working day or on a day off before it, once for each day that a
/// booking is moved to; whoever booked today needs no reminder.
pub(super) async fn remind(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    if !app.settings().reminders || !(FROM..UNTIL).contains(&shanghai_minute(now)) {
        return Ok(());
    }
    let today = shanghai_date(now);
    for date in days_to_remind_of(app.calendar(), today) {
        let due = due(&mut *app.database().read().await?, date, at(today, 0), now).await?;
        for id in due {
            // One that cannot be read keeps nobody else from theirs.
            if let Err(error) = remind_of(app, &id, date, now).await {
                tracing::error!(%error, "nobody could be reminded of a booking");
            }
        }
    }
    Ok(())
}

/// The days after `today`, up to the next working day; none where today is no working day.
fn days_to_remind_of(calendar: &Calendar, today: NaiveDate) -> Vec<NaiveDate> {
    if !calendar.day(today).kind.is_worked() {
        return Vec::new();
    }
    let mut days = Vec::new();
    for ahead in 1..=LONGEST_REST {
        let day = today + Days::new(ahead);
        days.push(day);
        if calendar.day(day).kind.is_worked() {
            break;
        }
    }
    days
}

/// Bookings on a day that nobody was reminded of, made before an instant, and not moved or opened again just now.
async fn due(
    connection: &mut AnyConnection,
    date: NaiveDate,
    made_before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<HoldId>, DatabaseError> {
    // A cross join, which SQLite takes in this order: from the few slots of a day to their bookings, not through all of them.
    let statement = "select a.id from slot s cross join appointment a where a.slot_id = s.id and s.date = $1 and s.closed = 0 \
         and a.state = 'booked' and a.booked_at < $2 and not exists (select 1 from outbox o \
         where o.subject = 'appointment:' || a.id and o.kind = $3 and o.once_key = $4) and not exists (select 1 from outbox o \
         where o.subject = 'appointment:' || a.id and o.kind in ($5, $6) and o.created_at > $7) order by s.id limit $8";
    let key = format!("{date}/0");
    let (moved, reopened) = (messages::BookingEvent::Moved.kind(), messages::REOPENED);
    let values = [
        date.into(),
        made_before.into(),
        messages::REMINDER.into(),
        key.into(),
        moved.into(),
        reopened.into(),
        (now - JUST_TOLD).into(),
        BATCH.into(),
    ];
    let rows = sql(statement, values).fetch_all(connection).await?;
    rows.iter().map(|row| word(row, "id", |id| HoldId::parse(id).ok())).collect()
}

async fn remind_of(app: &App, id: &HoldId, date: NaiveDate, now: DateTime<Utc>) -> Result<(), Error> {
    let record = record::by_id(&mut *app.database().read().await?, id).await?;
    let Some(record) = record else { return Ok(()) };
    let bookable = app.bookable_of(&record.service);
    let (Some(bookable), Some(reference), Some(people)) = (bookable, record.reference, &record.people) else {
        return Ok(());
    };
    let phones = bookable.open(app.keys(), &record.id, people)?.phones();
    let point = point::one(app, &record.service, &record.place).await?;
    let about = About::of(app, bookable, reference, &record, &point);
    let changes = Changes::of(&record, &point, now);
    let sealed = messages::reminder(app, &phones, &about, changes, record.locale);
    let reminder = Reminder { subject: record.subject(), key: date.to_string(), sealed, now };
    app.database().write_with(reminder, insert).await?;
    app.outbox_wakes();
    Ok(())
}

struct Reminder {
    subject: String,
    /// The day it reminds of.
    key: String,
    sealed: Vec<Vec<u8>>,
    now: DateTime<Utc>,
}

async fn insert(
    connection: &mut AnyConnection,
    Reminder { subject, key, sealed, now }: &Reminder,
) -> Result<(), Error> {
    Ok(outbox::insert_once(connection, subject, messages::REMINDER, key, sealed, *now).await?)
}
