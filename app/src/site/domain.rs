//! What a domain brings to the portal.

use super::Site;

/// One row of [`crate::domains`].
#[derive(Debug)]
pub struct Domain {
    /// The name of its folder in all crates, and of its service in the settings.
    pub name: &'static str,
    /// Adds its pages.
    pub pages: fn(Site) -> Site,
}

impl Domain {
    /// What belongs to no service.
    pub(super) const GROUND: Self = Self { name: "", pages: |site| site };
}
