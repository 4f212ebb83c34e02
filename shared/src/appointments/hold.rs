//! A hold: one place kept for a couple while they fill in the form.

use std::fmt;

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};

use super::ids::{HoldId, HoldToken, SlotId};

/// Minutes for which a hold keeps its place, and which each extension adds.
pub const HOLD_MINUTES: i64 = 15;

/// Minutes before the end at which the page warns and offers an extension.
pub const WARN_MINUTES: i64 = 2;

/// Extensions of one hold.
pub const MAX_EXTENSIONS: u8 = 2;

/// [`HOLD_MINUTES`] as a duration.
pub const HOLD: TimeDelta = TimeDelta::minutes(HOLD_MINUTES);

/// `POST /api/v1/holds`. `Debug` hides the phone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldRequest {
    pub slot_id: SlotId,
    /// Needed on hot dates, with `phone_code`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The six digits sent to `phone`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone_code: String,
}

impl fmt::Debug for HoldRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HoldRequest({})", self.slot_id)
    }
}

/// The answer `201` to a hold that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldTaken {
    pub hold_id: HoldId,
    /// Shown once; only its holder can extend, release or book.
    pub hold_token: HoldToken,
    pub expires_at: DateTime<FixedOffset>,
}

/// The answer to `POST /api/v1/holds/{id}/extend`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldExtended {
    pub expires_at: DateTime<FixedOffset>,
    /// How many more times it can be extended.
    pub extensions_left: u8,
}
