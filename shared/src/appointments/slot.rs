//! A bookable time as residents and the API see it.

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{shanghai, shanghai_date};

use super::ids::SlotId;
use super::rule::BookingRule;

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
    /// Its day is nearer than the lead time; walking in may still be possible.
    TooSoon,
    /// It has begun.
    Past,
    /// Nobody is served then.
    Closed,
}

/// One slot of `GET /api/v1/places/{id}/slots`. Times are RFC 3339 with `+08:00`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotView {
    pub id: SlotId,
    pub starts_at: DateTime<FixedOffset>,
    pub ends_at: DateTime<FixedOffset>,
    /// Bookings that can be served at this time.
    pub capacity: u32,
    /// Places neither held nor booked nor waiting to return.
    pub remaining: u32,
    pub state: SlotState,
    /// Only with `not_yet_released`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<DateTime<FixedOffset>>,
}

impl SlotView {
    /// The slot as it stands at `now` under the rule there.
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
    /// The place has taken it out of service.
    pub closed: bool,
}

/// What a resident may do with a slot at `now`.
///
/// `closed` says that nobody is served in this slot. The first reason that holds is given,
/// in the order: past, closed, not yet released, too soon, full.
pub fn slot_state(
    rule: &BookingRule,
    now: DateTime<Utc>,
    starts_at: DateTime<Utc>,
    remaining: u32,
    closed: bool,
) -> SlotState {
    let date = shanghai_date(starts_at);
    if now >= starts_at {
        SlotState::Past
    } else if closed {
        SlotState::Closed
    } else if date > rule.last_day(now) {
        SlotState::NotYetReleased
    } else if date < rule.first_day(now) {
        SlotState::TooSoon
    } else if remaining == 0 {
        SlotState::Full
    } else {
        SlotState::Free
    }
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

    /// `2026-05-19 08:30` on a Shanghai clock.
    fn clock(text: &str) -> DateTime<Utc> {
        format!("{}:00+08:00", text.replace(' ', "T")).parse().unwrap()
    }

    #[test]
    fn a_slot_gives_the_first_reason_that_holds() {
        let rule = rule_a();
        let now = clock("2026-05-10 10:00");
        let state = |start: &str, remaining, closed| slot_state(&rule, now, clock(start), remaining, closed);
        assert_eq!(state("2026-05-10 10:00", 3, true), SlotState::Past);
        assert_eq!(state("2026-05-10 10:15", 3, false), SlotState::TooSoon);
        assert_eq!(state("2026-05-11 09:00", 3, false), SlotState::Free);
        assert_eq!(state("2026-05-11 09:00", 0, false), SlotState::Full);
        assert_eq!(state("2026-05-11 09:00", 3, true), SlotState::Closed);
        assert_eq!(state("2026-05-25 09:00", 3, false), SlotState::Free);
        assert_eq!(state("2026-05-26 09:00", 3, false), SlotState::NotYetReleased);
    }
}
