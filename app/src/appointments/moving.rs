//! What a booking that moves cannot move to: the time it has, and days on which its people may not come.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use server::{
    App,
    appointments::{month, slots},
    error::Error,
};
use shared::{
    appointments::{BookingRule, SlotState, SlotView},
    places::PlaceId,
};

use super::places::ChoosablePlace;

/// A booking for which another time is chosen.
#[derive(Clone)]
pub(super) struct Moving {
    /// Where and when it is now.
    pub(super) place: PlaceId,
    pub(super) starts_at: DateTime<Utc>,
    /// The first day on which its people may come.
    pub(super) from: Option<NaiveDate>,
}

impl Moving {
    /// Whether its people may not come on a day.
    pub(super) fn bars(&self, date: NaiveDate) -> bool {
        self.from.is_some_and(|from| date < from)
    }

    /// Whether it cannot move to a time of a place: it has that one, or its people may not come then.
    pub(super) fn excludes(&self, place: &PlaceId, slot: &SlotView) -> bool {
        self.bars(slot.starts_at.date_naive()) || (*place == self.place && slot.starts_at == self.starts_at)
    }
}

/// The first times that can be pressed: for a booking that moves, those it can move to.
pub(super) async fn first_times_of(
    app: &App,
    place: &ChoosablePlace,
    rule: &BookingRule,
    moving: Option<&Moving>,
    now: DateTime<Utc>,
) -> Result<Arc<[SlotView]>, Error> {
    let first = month::first_free(app, &place.point, now).await?;
    let Some(moving) = moving.filter(|moving| first.iter().any(|slot| moving.excludes(place.id(), slot))) else {
        return Ok(first);
    };
    let bookable = (rule.first_day(now), rule.last_day(now));
    let all = slots::between(app, &place.point, bookable, now).await?;
    let fits = |slot: &&SlotView| slot.state == SlotState::Free && !moving.excludes(place.id(), slot);
    Ok(all.iter().filter(fits).take(first.len()).cloned().collect())
}

/// The times of a day but for the booking's own.
pub(super) fn without(times: &Arc<[SlotView]>, place: &PlaceId, moving: Option<&Moving>) -> Arc<[SlotView]> {
    match moving {
        Some(moving) => times.iter().filter(|slot| !moving.excludes(place, slot)).cloned().collect(),
        None => Arc::clone(times),
    }
}
