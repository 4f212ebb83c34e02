//! How often each domain has written something, so that what was drawn from it before is known to be old.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// The generations of all domains in this process, by their names.
#[derive(Debug, Default)]
pub struct Generations(Mutex<HashMap<&'static str, Generation>>);

/// The generation of one domain; cheap to clone, and every clone is the same counter.
#[derive(Clone, Debug, Default)]
pub struct Generation(Arc<AtomicU64>);

impl Generations {
    /// The generation of a domain, which begins with whoever asks first.
    pub fn of(&self, domain: &'static str) -> Generation {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        generations.entry(domain).or_default().clone()
    }
}

impl Generation {
    /// Makes old whatever was drawn from this domain. Call it after the commit, or a page drawn meanwhile would pass
    /// for new.
    pub fn bump(&self) {
        self.0.fetch_add(1, Ordering::Release);
    }

    /// As long as it stays the same, this process has written nothing in this domain.
    pub fn now(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_of_one_domain_leaves_the_others_as_they_were() {
        let generations = Generations::default();
        let (benefits, before) = (generations.of("benefits"), generations.of("appointments").now());
        generations.of("appointments").bump();
        assert_eq!(generations.of("appointments").now(), before + 1);
        assert_eq!(benefits.now(), 0);
    }
}
