//! What a change of hours does to those who are booked, and the days that follow from it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::appointments::BookingReference;
use shared::calendar::DayKind;
use sqlx::AnyConnection;

use super::difference::{Act, Slot};
use super::{Changing, PlanChange, SHOWN, reopened};
use crate::appointments::closure::{self, Affected, Seen};
use crate::appointments::plan::{Decides, NewSlot, Plan};
use crate::database::DatabaseError;

/// What a change would do, as of the moment it was computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    change: PlanChange,
    /// Published times that come, or open again.
    pub times_new: usize,
    /// Published times that are no more.
    pub times_gone: usize,
    /// Free places more and fewer, on the days that are published.
    pub places_new: i64,
    pub places_gone: i64,
    /// Live holds at times that are no more, which may still become bookings.
    pub holds: i64,
    /// Bookings at times that are no more or have too few places by then; of days that open again, all.
    pub bookings: Vec<Affected>,
    /// Those of them whose phones were told that their day is closed; only of days that open again.
    pub told: Vec<BookingReference>,
    /// The days from the first on that it is about.
    pub days: Vec<DayPlan>,
}

/// A day as it is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayPlan {
    pub date: NaiveDate,
    pub decides: Decides,
    /// From when to when somebody is served, without gaps.
    pub spans: Vec<[DateTime<Utc>; 2]>,
    pub times: usize,
    pub places: u32,
    /// Whether it is another than before.
    pub changes: bool,
}

impl Effect {
    /// Names what this change does to whom. Free places and holds come and go each second on a day that is being booked: that
    /// they are others by now is no reason to look again.
    pub fn seen(&self) -> Seen {
        let Self { change, times_new, times_gone, holds, bookings, days, told, .. } = self;
        let seen = (change, times_new, times_gone, *holds > 0, bookings, days, told);
        let text = serde_json::to_vec(&seen).expect("effects always serialise");
        Seen::parse(&data_encoding::HEXLOWER.encode(&Sha256::digest(text)[..8]))
    }
}

pub(super) async fn of(
    connection: &mut AnyConnection,
    changing: &Changing,
    (before, after): (&Plan, &Plan),
    acts: &[Act],
) -> Result<Effect, DatabaseError> {
    let first = changing.change.first();
    let days = changing.kinds.iter().skip_while(|(day, _)| *day < first).take(usize::try_from(SHOWN).unwrap_or(0));
    let mut effect = Effect {
        change: changing.change.clone(),
        times_new: 0,
        times_gone: 0,
        places_new: 0,
        places_gone: 0,
        holds: 0,
        bookings: Vec::new(),
        told: Vec::new(),
        days: days.map(|(day, kind)| planned(*day, kind, (before, after))).collect(),
    };
    if let PlanChange::Reopen { from, to } = &changing.change {
        effect.told = reopened::still_told(connection, changing.there(), (*from, *to), changing.now).await?;
    }
    for act in acts {
        match act {
            Act::Insert { closed: true, .. } => {}
            Act::Insert { slot, .. } => {
                effect.times_new += 1;
                effect.places_new += i64::from(slot.capacity);
            }
            Act::Set { was, slot } => set(connection, &mut effect, (was, slot), changing.now).await?,
            Act::Withdraw { was } => {
                effect.times_gone += 1;
                effect.places_gone += was.free();
                stay(connection, &mut effect, (was, was.taken), changing.now).await?;
            }
            Act::Open { was } => {
                effect.times_new += 1;
                effect.places_new += Slot { closed: false, ..was.clone() }.free();
                effect.bookings.extend(closure::newest_bookings(connection, was.id, was.taken).await?);
            }
        }
    }
    Ok(effect)
}

async fn set(
    connection: &mut AnyConnection,
    effect: &mut Effect,
    (was, slot): (&Slot, &NewSlot),
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    let capacity = i64::from(slot.capacity);
    let free = if was.closed { 0 } else { (capacity - was.taken).max(0) };
    effect.places_new += (free - was.free()).max(0);
    effect.places_gone += (was.free() - free).max(0);
    stay(connection, effect, (was, (was.taken - capacity).max(0)), now).await
}

/// Those who have a place that is not given out any more.
async fn stay(
    connection: &mut AnyConnection,
    effect: &mut Effect,
    (was, places): (&Slot, i64),
    now: DateTime<Utc>,
) -> Result<(), DatabaseError> {
    if places > 0 {
        effect.holds += closure::live_holds(connection, was.id, now).await?;
        effect.bookings.extend(closure::newest_bookings(connection, was.id, places).await?);
    }
    Ok(())
}

fn planned(date: NaiveDate, kind: &DayKind, (before, after): (&Plan, &Plan)) -> DayPlan {
    let slots = after.slots(date, kind);
    let mut spans: Vec<[DateTime<Utc>; 2]> = Vec::new();
    for slot in &slots {
        match spans.last_mut().filter(|[_, ends_at]| *ends_at == slot.starts_at) {
            Some([_, ends_at]) => *ends_at = slot.ends_at,
            None => spans.push([slot.starts_at, slot.ends_at]),
        }
    }
    DayPlan {
        date,
        decides: after.decides(date, kind),
        spans,
        times: slots.len(),
        places: slots.iter().map(|slot| slot.capacity).sum(),
        changes: before.slots(date, kind) != slots,
    }
}
