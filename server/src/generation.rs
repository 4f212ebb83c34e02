//! How often this process has written anything of each domain.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::domains;

/// One count for each domain.
pub struct Generations(Vec<(&'static str, AtomicU64)>);

impl Default for Generations {
    fn default() -> Self {
        Self(domains::ALL.iter().map(|domain| (domain.name, AtomicU64::new(0))).collect())
    }
}

impl Generations {
    /// The count of a domain.
    pub fn of(&self, domain: &str) -> u64 {
        self.find(domain).map_or(0, |count| count.load(Ordering::Acquire))
    }

    /// Counts one more write.
    pub fn next(&self, domain: &str) {
        if let Some(count) = self.find(domain) {
            count.fetch_add(1, Ordering::AcqRel);
        }
    }

    fn find(&self, domain: &str) -> Option<&AtomicU64> {
        let found = self.0.iter().find(|(name, _)| *name == domain);
        debug_assert!(found.is_some(), "{domain} is no domain");
        found.map(|(_, count)| count)
    }
}
