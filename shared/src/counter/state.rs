//! Where a visit stands.
//!
//! ```text
//! Booked ──arrive──▶ Arrived ──call──▶ Called ──serve──▶ Serving ──finish──▶ Finished
//!
//! Booked, Called                   ──no-show────▶ NoShow
//! Arrived, Called, Serving, Parked ──left───────▶ Left
//! Arrived                          ──give back──▶ Left, of a ticket that is not a minute old
//! Arrived                          ──give or end priority──▶ Arrived
//! Called, Serving                  ──park───────▶ Parked ──back──▶ Arrived or Called
//! Called, Serving                  ──hand over──▶ Arrived, waiting for that counter
//! Arrived, Called, Serving, Parked ──redirect───▶ Redirected
//! Arrived, Called, Serving, Parked ──release────▶ Left, with the end of their booking
//!
//! NoShow, Left                     ──arrive─────▶ Arrived, of who booked, on the same day
//! Finished, NoShow, Left           ──correct────▶ another of the three
//! ```

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::act::Elsewhere;
use super::ids::CounterId;
use super::outcome::Outcome;

/// Where a visit stands, with what only makes sense there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum VisitState {
    /// Not seen yet.
    Booked,
    /// In the hall, waiting to be called.
    Arrived {
        /// When they came; whatever happens afterwards, their place among those who wait goes by it.
        arrived_at: DateTime<Utc>,
        /// The only counter whose "next" takes them, after a hand-over.
        waits_for: Option<CounterId>,
    },
    /// Called to a counter and not seen there yet.
    Called {
        arrived_at: DateTime<Utc>,
        counter: CounterId,
        /// How often; 1 at first.
        calls: u32,
    },
    /// At a counter.
    Serving { arrived_at: DateTime<Utc>, counter: CounterId },
    /// Set aside: no "next" takes them before they are brought back.
    Parked { arrived_at: DateTime<Utc> },
    /// Served to the end.
    Finished(Outcome),
    /// Did not come, or not to the counter.
    NoShow,
    /// Went away before it was done.
    Left,
    /// Served at another place or for another service, where a visit of its own begins.
    Redirected(Elsewhere),
}

/// The name of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StateName {
    Booked,
    Arrived,
    Called,
    Serving,
    Parked,
    Finished,
    NoShow,
    Left,
    Redirected,
}

impl VisitState {
    /// Which state it is, whatever it holds.
    pub fn kind(&self) -> StateName {
        match self {
            Self::Booked => StateName::Booked,
            Self::Arrived { .. } => StateName::Arrived,
            Self::Called { .. } => StateName::Called,
            Self::Serving { .. } => StateName::Serving,
            Self::Parked { .. } => StateName::Parked,
            Self::Finished(_) => StateName::Finished,
            Self::NoShow => StateName::NoShow,
            Self::Left => StateName::Left,
            Self::Redirected(_) => StateName::Redirected,
        }
    }

    /// The name in the database and on the wire.
    pub fn name(&self) -> &'static str {
        self.kind().name()
    }

    /// The counter that they are called to or served at. It has nobody else, and they have no other.
    pub fn counter(&self) -> Option<CounterId> {
        match self {
            Self::Called { counter, .. } | Self::Serving { counter, .. } => Some(*counter),
            _ => None,
        }
    }

    /// When they came, while they are in the hall.
    pub fn arrived_at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Arrived { arrived_at, .. }
            | Self::Called { arrived_at, .. }
            | Self::Serving { arrived_at, .. }
            | Self::Parked { arrived_at } => Some(*arrived_at),
            _ => None,
        }
    }

    /// Whether nothing follows but undoing what ended it, for a minute, putting it right afterwards, and coming back on the day.
    pub fn is_over(&self) -> bool {
        self.kind().is_over()
    }
}

impl StateName {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// As [`VisitState::is_over`].
    pub fn is_over(self) -> bool {
        matches!(self, Self::Finished | Self::NoShow | Self::Left | Self::Redirected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counter::ids::Ground;

    #[test]
    fn every_state_comes_back_from_the_wire_under_its_name() {
        let arrived_at = DateTime::UNIX_EPOCH;
        let counter = CounterId(3);
        for state in [
            VisitState::Booked,
            VisitState::Arrived { arrived_at, waits_for: Some(counter) },
            VisitState::Called { arrived_at, counter, calls: 2 },
            VisitState::Serving { arrived_at, counter },
            VisitState::Parked { arrived_at },
            VisitState::Finished(Outcome::Refused { ground: Ground::named("under_age") }),
            VisitState::NoShow,
            VisitState::Left,
        ] {
            let json = serde_json::to_value(&state).unwrap();
            assert_eq!(json["state"], state.name());
            assert_eq!(serde_json::from_value::<VisitState>(json).unwrap(), state);
        }
    }
}
