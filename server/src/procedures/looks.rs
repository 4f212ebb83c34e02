//! Who of the office looked at a case, when and why: the family reads all of it.

use chrono::{DateTime, Utc};
use shared::staff::StaffId;

/// Somebody looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    pub at: DateTime<Utc>,
    /// None for the family's eyes.
    pub by: Option<StaffId>,
    /// The field that was read in full; none where the case was opened.
    pub field: Option<String>,
    /// In their words; none where the case was opened.
    pub why: Option<String>,
}
