//! Slots published ahead of their release, from the opening patterns and the calendar.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use shared::calendar::{DayKind, at, shanghai_date};
use sqlx::{AnyConnection, any::AnyRow};

use super::point::{self, ServicePoint};
use crate::app::App;
use crate::database::{
    DatabaseError,
    sql::{date, int, maybe_int, sql},
};
use crate::error::Error;

/// Days published beyond the newest open one, so that the page can say when they open.
const AHEAD: u64 = 31;

/// Publishes every day that has no slots yet, for every service at every place; running it again changes nothing.
pub async fn publish(app: &App, now: DateTime<Utc>) -> Result<(), Error> {
    for service in point::services(app.database()).await? {
        for point in point::all(app, &service).await?.iter() {
            publish_point(app, point, now).await?;
        }
    }
    Ok(())
}

async fn publish_point(app: &App, point: &ServicePoint, now: DateTime<Utc>) -> Result<(), Error> {
    let Ok(rule) = point.rule(now) else { return Ok(()) };
    let (from, to) = (shanghai_date(now), rule.last_day(now) + Days::new(AHEAD));
    let mut connection = app.database().read().await?;
    let published = published_days(&mut connection, point, from).await?;
    let patterns = patterns(&mut connection, point).await?;
    let special = special_days(&mut connection, point, from).await?;
    drop(connection);

    let missing = from.iter_days().take_while(|day| *day <= to).filter(|day| !published.contains(day));
    let slots: Vec<NewSlot> = missing
        .flat_map(|day| {
            let weekday = open_as(&app.calendar().day(day).kind, day, &special);
            weekday.map_or_else(Vec::new, |weekday| slots_of(&patterns, day, weekday))
        })
        .collect();
    if slots.is_empty() {
        return Ok(());
    }
    super::write(app, (point.clone(), slots), insert).await
}

/// The weekday (Monday is 1) whose pattern a day follows, or none when it is closed.
fn open_as(kind: &DayKind, day: NaiveDate, special: &[SpecialDay]) -> Option<u32> {
    if let Some(special) = special.iter().find(|special| special.date == day) {
        return special.open_as_weekday;
    }
    match kind {
        DayKind::Holiday { .. } => None,
        // A worked Saturday or Sunday keeps a working day's hours.
        DayKind::MakeUpWorkday { .. } => Some(1),
        DayKind::Workday | DayKind::Weekend => Some(day.weekday().number_from_monday()),
    }
}

fn slots_of(patterns: &[Pattern], day: NaiveDate, weekday: u32) -> Vec<NewSlot> {
    let newest = patterns.iter().map(|pattern| pattern.valid_from).filter(|from| *from <= day).max();
    let of_day = patterns.iter().filter(|pattern| Some(pattern.valid_from) == newest && pattern.weekday == weekday);
    of_day
        .flat_map(|pattern| {
            let step = usize::try_from(pattern.slot_minutes).unwrap_or(usize::MAX);
            let last = (pattern.ends + 1).saturating_sub(pattern.slot_minutes);
            (pattern.starts..last).step_by(step).map(move |minute| NewSlot {
                date: day,
                starts_at: at(day, minute),
                ends_at: at(day, minute + pattern.slot_minutes),
                capacity: pattern.capacity,
            })
        })
        .collect()
}

struct NewSlot {
    date: NaiveDate,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    capacity: u32,
}

struct Pattern {
    valid_from: NaiveDate,
    weekday: u32,
    starts: u32,
    ends: u32,
    slot_minutes: u32,
    capacity: u32,
}

struct SpecialDay {
    date: NaiveDate,
    open_as_weekday: Option<u32>,
}

async fn insert(connection: &mut AnyConnection, (point, slots): &(ServicePoint, Vec<NewSlot>)) -> Result<(), Error> {
    let statement = "insert into slot (place_id, service, date, starts_at, ends_at, capacity) \
         values ($1, $2, $3, $4, $5, $6) on conflict (place_id, service, starts_at) do nothing";
    for slot in slots {
        let values = [
            point.place.id.as_str().into(),
            point.service.name().into(),
            slot.date.into(),
            slot.starts_at.into(),
            slot.ends_at.into(),
            slot.capacity.into(),
        ];
        sql(statement, values).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn published_days(
    connection: &mut AnyConnection,
    point: &ServicePoint,
    from: NaiveDate,
) -> Result<BTreeSet<NaiveDate>, DatabaseError> {
    let statement = "select distinct date from slot where place_id = $1 and service = $2 and date >= $3";
    let values = [point.place.id.as_str().into(), point.service.name().into(), from.into()];
    let rows = sql(statement, values).fetch_all(connection).await?;
    rows.iter().map(|row| date(row, "date")).collect()
}

async fn patterns(connection: &mut AnyConnection, point: &ServicePoint) -> Result<Vec<Pattern>, DatabaseError> {
    let statement = "select valid_from, weekday, starts_minute, ends_minute, slot_minutes, capacity from opening \
         where place_id = $1 and service = $2 order by weekday, starts_minute";
    let rows =
        sql(statement, [point.place.id.as_str().into(), point.service.name().into()]).fetch_all(connection).await?;
    let number = |row: &AnyRow, column| u32::try_from(int(row, column)?).map_err(|_| DatabaseError::unreadable(column));
    let read = |row| {
        Ok(Pattern {
            valid_from: date(row, "valid_from")?,
            weekday: number(row, "weekday")?,
            starts: number(row, "starts_minute")?,
            ends: number(row, "ends_minute")?,
            slot_minutes: number(row, "slot_minutes")?,
            capacity: number(row, "capacity")?,
        })
    };
    rows.iter().map(read).collect()
}

async fn special_days(
    connection: &mut AnyConnection,
    point: &ServicePoint,
    from: NaiveDate,
) -> Result<Vec<SpecialDay>, DatabaseError> {
    let statement = "select date, open_as_weekday from special_day where place_id = $1 and service = $2 and date >= $3";
    let rows = sql(statement, [point.place.id.as_str().into(), point.service.name().into(), from.into()])
        .fetch_all(connection)
        .await?;
    let read = |row| {
        let weekday = maybe_int(row, "open_as_weekday")?.and_then(|weekday| u32::try_from(weekday).ok());
        Ok(SpecialDay { date: date(row, "date")?, open_as_weekday: weekday })
    };
    rows.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_morning_of_quarter_hours_ends_before_the_door_closes() {
        let pattern = Pattern {
            valid_from: day("2026-01-01"),
            weekday: 3,
            starts: 540,
            ends: 610,
            slot_minutes: 15,
            capacity: 3,
        };
        let slots = slots_of(&[pattern], day("2026-05-20"), 3);
        let starts: Vec<_> = slots.iter().map(|slot| slot.starts_at.to_rfc3339()).collect();
        assert_eq!(
            starts,
            [
                "2026-05-20T01:00:00+00:00",
                "2026-05-20T01:15:00+00:00",
                "2026-05-20T01:30:00+00:00",
                "2026-05-20T01:45:00+00:00"
            ]
        );
    }

    #[test]
    fn a_special_day_decides_before_the_calendar() {
        let sunday = day("2027-02-14");
        let special = [SpecialDay { date: sunday, open_as_weekday: Some(5) }];
        assert_eq!(open_as(&DayKind::Weekend, sunday, &special), Some(5));
        assert_eq!(open_as(&DayKind::Weekend, sunday, &[]), Some(7));
        let closed = [SpecialDay { date: sunday, open_as_weekday: None }];
        assert_eq!(open_as(&DayKind::Workday, sunday, &closed), None);
    }
}
