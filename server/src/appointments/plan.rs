//! What is to be published at a place: the hours of a week, the days that differ, and the times that follow from them. The
//! database has them; a region's file is read into a database without places, and never again.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::appointments::{Service, opening::Hours};
use shared::calendar::{DayKind, at};
use shared::localised::Localised;
use shared::places::PlaceId;
use sqlx::{AnyConnection, any::AnyRow};

use crate::database::{
    DatabaseError,
    sql::{date, int, maybe_int, sql, text},
};

/// The hours of a service at a place, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Week {
    pub from: NaiveDate,
    pub hours: Vec<Hours>,
}

/// A day that differs from its week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Special {
    pub date: NaiveDate,
    /// The weekday whose hours it has; none where it is switched off.
    pub like: Option<u32>,
    /// Hours of its own in the place of those, where it has any.
    pub hours: Vec<Hours>,
    pub reason: Localised,
}

/// All that times are published from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// By their first days.
    pub weeks: Vec<Week>,
    /// By date, from the day on as of which it was read.
    pub special: Vec<Special>,
}

/// What decides about a day: the first that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Decides {
    SwitchedOff {
        reason: Localised,
    },
    Like {
        weekday: u32,
        reason: Localised,
    },
    /// Hours of its own.
    Own {
        reason: Localised,
    },
    Holiday {
        name: Localised,
    },
    /// A worked Saturday or Sunday keeps a working day's hours.
    MakeUpWorkday,
    Week,
}

/// A time that is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NewSlot {
    pub(super) date: NaiveDate,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) ends_at: DateTime<Utc>,
    pub(super) capacity: u32,
}

impl Plan {
    /// What holds on a day and after it.
    pub(super) async fn load(
        connection: &mut AnyConnection,
        (place, service): (&PlaceId, &Service),
        from: NaiveDate,
    ) -> Result<Self, DatabaseError> {
        let weeks = weeks(connection, (place, service)).await?;
        let special = special(connection, (place, service), from).await?;
        Ok(Self { weeks, special })
    }

    /// Names the plan exactly, so that a change of another one is no change of it.
    pub fn seen(&self) -> String {
        let text = serde_json::to_vec(self).expect("plans always serialise");
        data_encoding::HEXLOWER.encode(&Sha256::digest(text)[..8])
    }

    /// The hours that hold on a day.
    pub fn on(&self, day: NaiveDate) -> Option<&Week> {
        self.weeks.iter().rfind(|week| week.from <= day)
    }

    /// Whether a day is switched off.
    pub(super) fn is_off(&self, day: NaiveDate) -> bool {
        self.special_on(day).is_some_and(|special| special.like.is_none())
    }

    /// What decides about a day, whatever the calendar says of it.
    pub fn decides(&self, day: NaiveDate, kind: &DayKind) -> Decides {
        match (self.special_on(day), kind) {
            (Some(Special { like: None, reason, .. }), _) => Decides::SwitchedOff { reason: reason.clone() },
            (Some(Special { hours, reason, .. }), _) if !hours.is_empty() => Decides::Own { reason: reason.clone() },
            (Some(Special { like: Some(weekday), reason, .. }), _) => {
                Decides::Like { weekday: *weekday, reason: reason.clone() }
            }
            (None, DayKind::Holiday { name, .. }) => Decides::Holiday { name: name.clone() },
            (None, DayKind::MakeUpWorkday { .. }) => Decides::MakeUpWorkday,
            (None, DayKind::Workday | DayKind::Weekend) => Decides::Week,
        }
    }

    /// The times of a day.
    pub(super) fn slots(&self, day: NaiveDate, kind: &DayKind) -> Vec<NewSlot> {
        match (self.special_on(day), self.decides(day, kind)) {
            (Some(special), Decides::Own { .. }) => slots_of(&special.hours, day),
            (_, decides) => self.slots_like(day, weekday(day, &decides)),
        }
    }

    /// The times that a day has, or would have were it not switched off.
    pub(super) fn slots_if_open(&self, day: NaiveDate, kind: &DayKind) -> Vec<NewSlot> {
        if !self.is_off(day) {
            return self.slots(day, kind);
        }
        let ordinary = Self { special: Vec::new(), ..self.clone() };
        ordinary.slots(day, kind)
    }

    /// Lets a day differ in this way, and in no other.
    pub(super) fn set(&mut self, special: Special) {
        self.special.retain(|known| known.date != special.date);
        self.special.push(special);
        self.special.sort_by_key(|special| special.date);
    }

    fn special_on(&self, day: NaiveDate) -> Option<&Special> {
        self.special.iter().find(|special| special.date == day)
    }

    fn slots_like(&self, day: NaiveDate, weekday: Option<u32>) -> Vec<NewSlot> {
        let (Some(week), Some(weekday)) = (self.on(day), weekday) else { return Vec::new() };
        slots_of(week.hours.iter().filter(|hours| hours.weekdays.contains(&weekday)), day)
    }
}

/// The times that hours are cut into on a day.
fn slots_of<'a>(hours: impl IntoIterator<Item = &'a Hours>, day: NaiveDate) -> Vec<NewSlot> {
    let mut slots: Vec<_> = hours.into_iter().flat_map(|hours| cut(hours, day)).collect();
    slots.sort_by_key(|slot| slot.starts_at);
    slots
}

/// The weekday (Monday is 1) whose hours a day has, or none where nobody is served or it has hours of its own.
fn weekday(day: NaiveDate, decides: &Decides) -> Option<u32> {
    match decides {
        Decides::SwitchedOff { .. } | Decides::Holiday { .. } | Decides::Own { .. } => None,
        Decides::Like { weekday, .. } => Some(*weekday),
        Decides::MakeUpWorkday => Some(1),
        Decides::Week => Some(day.weekday().number_from_monday()),
    }
}

fn cut(hours: &Hours, day: NaiveDate) -> impl Iterator<Item = NewSlot> {
    let Hours { starts, slot_minutes, capacity, .. } = *hours;
    (0..hours.times()).map(move |place| {
        let minute = starts + place * slot_minutes;
        NewSlot { date: day, starts_at: at(day, minute), ends_at: at(day, minute + slot_minutes), capacity }
    })
}

async fn weeks(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
) -> Result<Vec<Week>, DatabaseError> {
    let statement = "select valid_from, weekday, starts_minute, ends_minute, slot_minutes, capacity from opening \
         where place_id = $1 and service = $2 order by valid_from, starts_minute, ends_minute, slot_minutes, capacity, weekday";
    let rows = sql(statement, [place.as_str().into(), service.name().into()]).fetch_all(connection).await?;
    let mut weeks: Vec<Week> = Vec::new();
    for row in &rows {
        let from = date(row, "valid_from")?;
        if weeks.last().is_none_or(|week| week.from != from) {
            weeks.push(Week { from, hours: Vec::new() });
        }
        let (weekday, hours) = read(row)?;
        let Some(week) = weeks.last_mut() else { continue };
        // Weekdays that have the same hours are one line.
        match week.hours.iter_mut().find(|known| Hours { weekdays: Vec::new(), ..(*known).clone() } == hours) {
            Some(known) => known.weekdays.push(weekday),
            None => week.hours.push(Hours { weekdays: vec![weekday], ..hours }),
        }
    }
    for hours in weeks.iter_mut().flat_map(|week| &mut week.hours) {
        hours.weekdays.sort_unstable();
    }
    Ok(weeks)
}

/// A weekday, and hours without any.
fn read(row: &AnyRow) -> Result<(u32, Hours), DatabaseError> {
    let weekday = u32::try_from(int(row, "weekday")?).map_err(|_| DatabaseError::unreadable("weekday"))?;
    Ok((weekday, hours(row, Vec::new())?))
}

fn hours(row: &AnyRow, weekdays: Vec<u32>) -> Result<Hours, DatabaseError> {
    let number = |column| u32::try_from(int(row, column)?).map_err(|_| DatabaseError::unreadable(column));
    Ok(Hours {
        weekdays,
        starts: number("starts_minute")?,
        ends: number("ends_minute")?,
        slot_minutes: number("slot_minutes")?,
        capacity: number("capacity")?,
    })
}

async fn special(
    connection: &mut AnyConnection,
    (place, service): (&PlaceId, &Service),
    from: NaiveDate,
) -> Result<Vec<Special>, DatabaseError> {
    let statement = "select date, open_as_weekday, reason_zh, reason_en from special_day \
         where place_id = $1 and service = $2 and date >= $3 order by date";
    let values = [place.as_str().into(), service.name().into(), from.into()];
    let rows = sql(statement, values.clone()).fetch_all(&mut *connection).await?;
    // One that was switched off since is off, whatever it had.
    let statement = "select h.date, h.starts_minute, h.ends_minute, h.slot_minutes, h.capacity from special_hours h \
         join special_day d on d.place_id = h.place_id and d.service = h.service and d.date = h.date \
         where h.place_id = $1 and h.service = $2 and h.date >= $3 and d.open_as_weekday is not null \
         order by h.date, h.starts_minute";
    let own = sql(statement, values).fetch_all(connection).await?;
    let own = own.iter().map(|row| Ok((date(row, "date")?, hours(row, Vec::new())?)));
    let own = own.collect::<Result<Vec<(NaiveDate, Hours)>, DatabaseError>>()?;
    let read = |row| {
        let like = maybe_int(row, "open_as_weekday")?.and_then(|weekday| u32::try_from(weekday).ok());
        let reason = Localised::new(text(row, "reason_zh")?, text(row, "reason_en")?);
        let date = date(row, "date")?;
        let hours = own.iter().filter(|(day, _)| *day == date).map(|(_, hours)| hours.clone()).collect();
        Ok(Special { date, like, hours, reason })
    };
    rows.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn week(from: &str, hours: Hours) -> Week {
        Week { from: day(from), hours: vec![hours] }
    }

    fn morning(weekdays: &[u32]) -> Hours {
        Hours { weekdays: weekdays.to_vec(), starts: 540, ends: 610, slot_minutes: 15, capacity: 3 }
    }

    #[test]
    fn a_morning_of_quarter_hours_ends_before_the_door_closes() {
        let plan = Plan { weeks: vec![week("2026-01-01", morning(&[3]))], special: Vec::new() };
        let slots = plan.slots(day("2026-05-20"), &DayKind::Workday);
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
        let plan = |special: Vec<Special>| Plan { weeks: vec![week("2026-01-01", morning(&[5]))], special };
        let special = |like| {
            let reason = Localised::new("情人节", "Valentine");
            vec![Special { date: sunday, like, hours: Vec::new(), reason }]
        };
        let times = |plan: &Plan| plan.slots(sunday, &DayKind::Weekend).len();
        assert_eq!(times(&plan(special(Some(5)))), 4);
        assert_eq!(times(&plan(Vec::new())), 0);
        let own = vec![Special { hours: vec![Hours { ends: 570, ..morning(&[]) }], ..special(Some(7))[0].clone() }];
        assert_eq!(times(&plan(own)), 2, "hours of its own");
        let off = plan(special(None));
        assert_eq!((times(&off), off.is_off(sunday)), (0, true));
        let friday = day("2027-02-12");
        let off = Plan { special: vec![Special { date: friday, ..off.special[0].clone() }], ..off };
        let holiday = DayKind::Holiday { name: Localised::new("春节", "Spring Festival"), statutory: true };
        assert_eq!(off.slots_if_open(friday, &DayKind::Workday).len(), 4, "as it would be");
        assert_eq!(off.slots_if_open(friday, &holiday).len(), 0);
    }

    #[test]
    fn a_week_holds_until_the_next_one_begins() {
        let weeks = vec![week("2026-01-01", morning(&[3])), week("2026-05-21", morning(&[4]))];
        let plan = Plan { weeks, special: Vec::new() };
        assert_eq!(plan.slots(day("2026-05-20"), &DayKind::Workday).len(), 4);
        assert_eq!(plan.slots(day("2026-05-27"), &DayKind::Workday).len(), 0);
        assert_eq!(plan.slots(day("2026-05-21"), &DayKind::Workday).len(), 4);
        assert_eq!(plan.on(day("2025-12-31")), None);
    }
}
