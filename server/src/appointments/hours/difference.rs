//! What has to be done with the slots of each day, so that they are those of another plan.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{AnyConnection, any::AnyRow};

use super::{Changing, PlanChange};
use crate::appointments::plan::{NewSlot, Plan};
use crate::database::{
    DatabaseError,
    sql::{date, flag, instant, int, maybe_int, sql},
};

/// A slot that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) id: i64,
    pub(super) date: NaiveDate,
    pub(super) starts_at: DateTime<Utc>,
    pub(super) capacity: i64,
    pub(super) taken: i64,
    /// What it gives out, where that is less than what is taken.
    pub(super) cut_to: Option<i64>,
    pub(super) closed: bool,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Insert {
        slot: NewSlot,
        closed: bool,
    },
    /// A time begins as it did, and is longer, shorter, or has another number of places.
    Set {
        was: Slot,
        slot: NewSlot,
    },
    /// A time is no more: it keeps what is taken and gives out nothing.
    Withdraw {
        was: Slot,
    },
    Open {
        was: Slot,
    },
}

impl Slot {
    /// Places that can be had.
    pub(super) fn free(&self) -> i64 {
        if self.closed || self.cut_to.is_some() { 0 } else { self.capacity - self.taken }
    }

    /// Whether it was taken out before.
    fn is_withdrawn(&self) -> bool {
        self.cut_to.unwrap_or(self.capacity) == 0
    }
}

/// All that is to be done with what is published.
pub(super) async fn between(
    connection: &mut AnyConnection,
    changing: &Changing,
    (before, after): (&Plan, &Plan),
) -> Result<Vec<Act>, DatabaseError> {
    let there = published(connection, changing).await?;
    let mut acts = Vec::new();
    for (day, kind) in changing.days(after) {
        let there: Vec<_> = there.iter().filter(|slot| slot.date == *day).collect();
        if matches!(changing.change, PlanChange::Reopen { .. }) {
            if before.is_off(*day) {
                let to_come = after.slots(*day, kind).into_iter().filter(|slot| slot.starts_at > changing.now);
                reopen(&mut acts, &there, to_come);
            }
            continue;
        }
        let (old, new) = (before.slots_if_open(*day, kind), after.slots_if_open(*day, kind));
        let is_off = after.is_off(*day);
        // What is switched off before it is published is published once it opens again.
        if old != new && !(is_off && there.is_empty()) {
            exchange(&mut acts, &there, (&old, new), is_off);
        }
    }
    Ok(acts)
}

fn reopen(acts: &mut Vec<Act>, there: &[&Slot], slots: impl Iterator<Item = NewSlot>) {
    if there.is_empty() {
        acts.extend(slots.map(|slot| Act::Insert { slot, closed: false }));
    }
    acts.extend(there.iter().filter(|slot| slot.closed).map(|slot| Act::Open { was: (*slot).clone() }));
}

/// A time that is the same in both plans stays as it is, also where its places were cut by hand.
fn exchange(acts: &mut Vec<Act>, there: &[&Slot], (old, new): (&[NewSlot], Vec<NewSlot>), closed: bool) {
    let is_kept = |slot: &Slot| new.iter().any(|new| new.starts_at == slot.starts_at);
    let gone = there.iter().filter(|slot| !is_kept(slot) && !slot.is_withdrawn());
    acts.extend(gone.map(|slot| Act::Withdraw { was: (*slot).clone() }));
    for slot in new {
        match there.iter().find(|known| known.starts_at == slot.starts_at) {
            None => acts.push(Act::Insert { slot, closed }),
            Some(known) if known.is_withdrawn() || !old.contains(&slot) => {
                acts.push(Act::Set { was: (*known).clone(), slot });
            }
            Some(_) => {}
        }
    }
}

/// The times to come, and what was added to today for the hall.
async fn published(connection: &mut AnyConnection, changing: &Changing) -> Result<Vec<Slot>, DatabaseError> {
    let statement = "select id, date, starts_at, capacity, taken, cut_to, closed from slot where place_id = $1 \
         and service = $2 and date >= $3 and (starts_at > $4 or added = 1 and ends_at > $4) order by starts_at";
    let values = [
        changing.place.as_str().into(),
        changing.service.name().into(),
        changing.earliest().into(),
        changing.now.into(),
    ];
    let rows = sql(statement, values).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Slot, DatabaseError> {
    Ok(Slot {
        id: int(row, "id")?,
        date: date(row, "date")?,
        starts_at: instant(row, "starts_at")?,
        capacity: int(row, "capacity")?,
        taken: int(row, "taken")?,
        cut_to: maybe_int(row, "cut_to")?,
        closed: flag(row, "closed")?,
    })
}
