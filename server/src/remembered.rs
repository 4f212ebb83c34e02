//! What was read a moment ago, so that a rush does not ask the database for it each time.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Values at most a second old; nothing may rest on them that another process could have changed since.
pub struct Remembered<K, V> {
    values: Mutex<HashMap<K, (Instant, V)>>,
    most: usize,
}

const FRESH: Duration = Duration::from_secs(1);

impl<K: Eq + Hash, V: Clone> Remembered<K, V> {
    /// Beyond `most` values all are forgotten.
    pub fn new(most: usize) -> Self {
        Self { values: Mutex::default(), most }
    }

    pub fn get(&self, key: &K) -> Option<V> {
        let values = self.values();
        let (at, value) = values.get(key)?;
        (at.elapsed() < FRESH).then(|| value.clone())
    }

    pub fn put(&self, key: K, value: V) {
        let mut values = self.values();
        if values.len() >= self.most {
            values.clear();
        }
        values.insert(key, (Instant::now(), value));
    }

    pub fn forget(&self) {
        self.values().clear();
    }

    fn values(&self) -> MutexGuard<'_, HashMap<K, (Instant, V)>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forgotten_is_asked_for_again() {
        let remembered = Remembered::new(2);
        remembered.put(1, "one");
        assert_eq!((remembered.get(&1), remembered.get(&2)), (Some("one"), None));
        remembered.forget();
        assert_eq!(remembered.get(&1), None);
    }

    #[test]
    fn it_never_grows_beyond_its_bound() {
        let remembered = Remembered::new(3);
        for key in 0..4 {
            remembered.put(key, ());
        }
        assert_eq!((remembered.get(&0), remembered.get(&3)), (None, Some(())));
    }
}
