//! A demonstration's day: invented couples are booked at every office with counters, and come about their time. Nobody is
//! told outside, and the day goes on for as long as the demonstration does.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use shared::appointments::{HoldId, Service, SlotId};
use shared::calendar::shanghai_date;
use shared::locale::Locale;
use shared::staff::OfficeId;
use sqlx::AnyConnection;

use super::by::Hand;
use super::{check_in, office};
use crate::app::App;
use crate::appointments::{
    booking::{self, ByOffice},
    hold, publish,
};
use crate::audit::Actor;
use crate::database::{
    DatabaseError,
    sql::{instant, int, maybe_int, maybe_text, sql, word},
};
use crate::error::Error;
use crate::settings::Channel;

/// Couples booked on a day at one office.
const COUPLES: usize = 12;
/// Of so many couples, one does not come.
const STAYS_AWAY: usize = 6;
/// The name under which the database keeps which couples were booked for the day.
const MARK: &str = "demo_day";

/// What was booked for a demonstration.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Filled {
    /// The last day that was filled.
    until: Option<NaiveDate>,
    /// Those who are still to come, and when.
    coming: Vec<(OfficeId, HoldId, DateTime<Utc>)>,
}

/// Books couples for today, where that can still be, and for tomorrow, and lets those come whose time has come. Done again
/// it changes nothing before time goes on.
pub async fn fill(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    // Their phones are nobody's, but a gateway would not know.
    if !app.settings().demo || app.settings().channel() != Channel::Mailbox {
        return Ok(());
    }
    let mut filled = filled(app).await?;
    let today = shanghai_date(now);
    let tomorrow = today + Days::new(1);
    if filled.until.is_none_or(|until| until < tomorrow) {
        publish::publish(app, now).await?;
        let from = filled.until.map_or(today, |until| (until + Days::new(1)).max(today));
        for date in from.iter_days().take_while(|date| *date <= tomorrow) {
            filled.coming.extend(book_day(app, date, now).await?);
        }
        filled.until = Some(tomorrow);
        filled = save(app, filled).await?;
    }
    let (due, later): (Vec<_>, Vec<_>) = filled.coming.into_iter().partition(|(_, _, at)| *at <= now);
    if due.is_empty() {
        return Ok(());
    }
    for (office, booking, at) in due {
        // Who was cancelled, moved or checked in by somebody meanwhile does not come by themselves.
        match check_in::check_in(app, Hand::system(), &office, &booking, unsealed(app, at).await?).await {
            Ok(_) | Err(Error::Problem(_)) => {}
            Err(error) => return Err(error),
        }
    }
    save(app, Filled { coming: later, until: filled.until }).await.map(drop)
}

/// Books the couples of a day, one after the other in the times that are nearest.
async fn book_day(
    app: &App,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Vec<(OfficeId, HoldId, DateTime<Utc>)>, Error> {
    let mut coming = Vec::new();
    for office in office::list(app).await? {
        let mut slots = slots(&mut *app.database().read().await?, &office.id, day).await?;
        slots.sort_by_key(|slot| (slot.starts_at - now).abs());
        slots.truncate(COUPLES);
        slots.sort_by_key(|slot| slot.starts_at);
        for (nth, slot) in slots.into_iter().enumerate() {
            // As if they had booked the day before, where that is not among what is sealed.
            let booked_at = unsealed(app, (slot.starts_at - TimeDelta::days(1)).min(now)).await?;
            let Some(booking) = book(app, &slot, couple(day, nth), booked_at).await? else { continue };
            if nth % STAYS_AWAY != STAYS_AWAY - 1 {
                coming.push((office.id.clone(), booking, slot.starts_at + arrival(nth)));
            }
        }
    }
    Ok(coming)
}

/// Different couples on days near each other.
fn couple(day: NaiveDate, nth: usize) -> usize {
    let day = usize::try_from(day.num_days_from_ce()).unwrap_or_default();
    day % 40 * COUPLES + nth
}

/// How long before or after their time somebody comes.
fn arrival(nth: usize) -> TimeDelta {
    TimeDelta::minutes([-12, -4, -25, 3, -8][nth % 5])
}

struct DaySlot {
    id: SlotId,
    service: Service,
    starts_at: DateTime<Utc>,
}

/// The slots of a day at an office that has counters.
async fn slots(
    connection: &mut AnyConnection,
    office: &OfficeId,
    day: NaiveDate,
) -> Result<Vec<DaySlot>, DatabaseError> {
    let statement = "select s.id, s.service, s.starts_at from slot s where s.place_id = $1 and s.date = $2 and s.closed = 0 \
         and exists (select 1 from counter where office = $1 and removed_at is null)";
    let rows = sql(statement, [office.as_str().into(), day.into()]).fetch_all(connection).await?;
    let slot = rows.iter().map(|row| {
        Ok(DaySlot {
            id: SlotId(int(row, "id")?),
            service: word(row, "service", |name| Service::parse(name).ok())?,
            starts_at: instant(row, "starts_at")?,
        })
    });
    slot.collect()
}

/// Books one couple; nobody where the time is taken, too near to be booked, or of a service that invents no people.
async fn book(app: &App, slot: &DaySlot, n: usize, at: DateTime<Utc>) -> Result<Option<HoldId>, Error> {
    let Some(bookable) = app.bookable_of(&slot.service) else { return Ok(None) };
    let Some(people) = (bookable.invented)(n) else { return Ok(None) };
    let booked = async {
        let hold = hold::take_by_office(app, &slot.service, slot.id, Locale::Zh, at).await?;
        let by = ByOffice { actor: Actor::Resident, key: None, at_desk: false };
        booking::book_by_office(app, bookable, &hold, (people, Locale::Zh), by, at).await
    };
    match booked.await {
        Ok(booked) => Ok(Some(booked.id)),
        Err(Error::Problem(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The instant, or the first that is not among what is sealed.
async fn unsealed(app: &App, at: DateTime<Utc>) -> Result<DateTime<Utc>, Error> {
    let statement = "select max(until_at) as until_at from checkpoint";
    let row = sql(statement, []).fetch_one(&mut *app.database().read().await?).await?;
    let sealed = maybe_int(&row, "until_at")?.and_then(DateTime::from_timestamp_millis);
    Ok(sealed.map_or(at, |until| at.max(until + TimeDelta::milliseconds(1))))
}

async fn filled(app: &App) -> Result<Filled, Error> {
    let row = sql("select value from office where name = $1", [MARK.into()]);
    let row = row.fetch_optional(&mut *app.database().read().await?).await?;
    let value = row.map(|row| maybe_text(&row, "value")).transpose()?.flatten();
    Ok(value.and_then(|value| serde_json::from_str(&value).ok()).unwrap_or_default())
}

async fn save(app: &App, filled: Filled) -> Result<Filled, Error> {
    app.database().write_with(filled, write).await
}

async fn write(connection: &mut AnyConnection, filled: &Filled) -> Result<Filled, Error> {
    let value = serde_json::to_string(filled).expect("a mark always serialises");
    let statement = "insert into office (name, value) values ($1, $2) \
         on conflict (name) do update set value = excluded.value";
    sql(statement, [MARK.into(), value.into()]).execute(connection).await?;
    Ok(filled.clone())
}
