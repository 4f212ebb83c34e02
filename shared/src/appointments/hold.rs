//! A hold: one place kept for somebody who fills in the form.

use std::fmt;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::ids::{HoldId, HoldToken, SlotId};

/// Minutes before the end at which the page warns and offers an extension.
pub const WARN_MINUTES: i64 = 2;

/// `POST /api/v1/holds`. `Debug` hides the phone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HoldRequest {
    pub slot_id: SlotId,
    /// What the time is to be held for; the portal’s first service when left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// Needed, with `phone_code`, on hot dates and after `phone_needed`; it must be one of the phones of the booking.
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
