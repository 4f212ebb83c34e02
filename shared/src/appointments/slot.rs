//! A bookable time as residents and the API see it.

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{shanghai, shanghai_date};

use super::ids::SlotId;
use super::rule::BookingRule;
use super::window::slot_state;

/// Whether a slot can be taken, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlotState {
    /// A place can be held now.
    Free,
    /// Every place is held or booked; places given back return later.
    Full,
    /// Its day opens later; `opens_at` says when.
    NotYetReleased,
    /// Its day is nearer than the registry's lead time; walking in may still be possible.
    TooSoon,
    /// It has begun.
    Past,
    /// The registry does not serve it.
    Closed,
}

/// One slot of `GET /api/v1/registries/{id}/slots`. Times are RFC 3339 with `+08:00`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotView {
    pub id: SlotId,
    pub starts_at: DateTime<FixedOffset>,
    pub ends_at: DateTime<FixedOffset>,
    /// Couples that can be served at this time.
    pub capacity: u32,
    /// Places neither held nor booked nor waiting to return.
    pub remaining: u32,
    pub state: SlotState,
    /// Only with `not_yet_released`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<DateTime<FixedOffset>>,
}

impl SlotView {
    /// The slot as it stands at `now` under the registry's rule.
    pub fn at(rule: &BookingRule, now: DateTime<Utc>, slot: Slot) -> Self {
        let state = slot_state(rule, now, slot.starts_at, slot.remaining, slot.closed);
        Self {
            id: slot.id,
            starts_at: shanghai(slot.starts_at),
            ends_at: shanghai(slot.ends_at),
            capacity: slot.capacity,
            remaining: slot.remaining,
            state,
            opens_at: (state == SlotState::NotYetReleased)
                .then(|| shanghai(rule.released_at(shanghai_date(slot.starts_at)))),
        }
    }
}

/// What the server knows of a slot, whatever the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub id: SlotId,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub capacity: u32,
    pub remaining: u32,
    /// The registry has taken it out of service.
    pub closed: bool,
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::rule_a;
    use super::*;

    fn slot() -> Slot {
        Slot {
            id: SlotId(7),
            starts_at: "2026-05-20T01:15:00Z".parse().unwrap(),
            ends_at: "2026-05-20T01:30:00Z".parse().unwrap(),
            capacity: 4,
            remaining: 1,
            closed: false,
        }
    }

    #[test]
    fn a_free_slot_is_written_in_shanghai_time() {
        let now = "2026-05-18T00:00:00Z".parse().unwrap();
        let view = SlotView::at(&rule_a(), now, slot());
        assert_eq!(
            serde_json::to_string(&view).unwrap(),
            r#"{"id":7,"starts_at":"2026-05-20T09:15:00+08:00","ends_at":"2026-05-20T09:30:00+08:00","capacity":4,"remaining":1,"state":"free"}"#
        );
    }

    #[test]
    fn a_slot_that_is_not_open_says_when_it_opens() {
        let now = "2026-05-01T00:00:00Z".parse().unwrap();
        let view = SlotView::at(&rule_a(), now, slot());
        assert_eq!(view.state, SlotState::NotYetReleased);
        let json = serde_json::to_string(&view).unwrap();
        assert!(json.ends_with(r#""state":"not_yet_released","opens_at":"2026-05-05T08:30:00+08:00"}"#));
        assert_eq!(serde_json::from_str::<SlotView>(&json).unwrap(), view);
    }
}
