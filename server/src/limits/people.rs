//! How many different people may be named by one browser or from one address; the same people again take nothing.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use governor::clock::{Clock, Reference};

/// So many different people within a time.
pub(super) struct Company {
    pub(super) most: usize,
    pub(super) within: Duration,
}

/// Whom each key has named, as blind indexes, and when they stop counting.
pub(super) struct People<K: Hash + Eq, C: Clock> {
    company: Company,
    named: Mutex<Named<K, C::Instant>>,
    clock: C,
}

struct Named<K, I> {
    by_key: HashMap<K, HashMap<String, I>>,
    /// Requests since those who stopped counting were forgotten.
    passed: u32,
}

/// After so many requests, whoever counts no more is forgotten.
const SWEEP: u32 = 4096;

impl<K: Hash + Eq, C: Clock> People<K, C> {
    pub(super) fn new(company: Company, clock: C) -> Self {
        Self { company, named: Mutex::new(Named { by_key: HashMap::new(), passed: 0 }), clock }
    }

    /// Counts those of `people` that this key has not named lately: all of them or, where they are too many, none.
    ///
    /// # Errors
    /// The time until there is room for them.
    pub(super) fn pass(&self, key: K, people: &[String]) -> Result<(), Duration> {
        let now = self.clock.now();
        // What a panic elsewhere left is whole: nothing here is half done.
        let mut named = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        named.passed += 1;
        if named.passed >= SWEEP {
            named.passed = 0;
            named.by_key.retain(|_, known| {
                known.retain(|_, until| *until > now);
                !known.is_empty()
            });
        }
        let known = named.by_key.entry(key).or_default();
        known.retain(|_, until| *until > now);
        let new: Vec<_> = people.iter().filter(|person| !known.contains_key(*person)).collect();
        let over = (known.len() + new.len()).saturating_sub(self.company.most);
        if over > 0 && !new.is_empty() {
            let mut ends: Vec<_> = known.values().copied().collect();
            ends.sort_unstable();
            let room = ends.get(over - 1).map(|until| until.duration_since(now).into());
            return Err(room.unwrap_or(self.company.within));
        }
        let until = now + self.company.within.into();
        known.extend(new.into_iter().map(|person| (person.clone(), until)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn people(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn three_an_hour() -> (People<&'static str, FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (People::new(Company { most: 3, within: Duration::from_hours(1) }, clock.clone()), clock)
    }

    #[test]
    fn the_same_people_again_take_nothing() {
        let (gate, _) = three_an_hour();
        for _ in 0..100 {
            assert_eq!(gate.pass("hall", &people(&["a", "b"])), Ok(()));
        }
        assert_eq!(gate.pass("hall", &people(&["a", "c"])), Ok(()));
        assert!(gate.pass("hall", &people(&["a", "d"])).is_err());
        assert_eq!(gate.pass("hall", &people(&["b", "c"])), Ok(()), "who was named before may be again");
        assert_eq!(gate.pass("elsewhere", &people(&["d", "e"])), Ok(()));
    }

    #[test]
    fn whoever_is_refused_is_told_when_there_is_room_for_all_of_them() {
        let (gate, clock) = three_an_hour();
        assert_eq!(gate.pass("hall", &people(&["a"])), Ok(()));
        clock.advance(Duration::from_mins(10));
        assert_eq!(gate.pass("hall", &people(&["b", "c"])), Ok(()));
        assert_eq!(gate.pass("hall", &people(&["d"])), Err(Duration::from_mins(50)));
        assert_eq!(gate.pass("hall", &people(&["d", "e"])), Err(Duration::from_hours(1)));
        clock.advance(Duration::from_mins(50));
        assert_eq!(gate.pass("hall", &people(&["d"])), Ok(()), "the refused ones were not counted");
        assert!(gate.pass("hall", &people(&["a"])).is_err(), "who was forgotten is somebody else again");
    }

    #[test]
    fn those_who_came_once_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let gate = People::new(Company { most: 3, within: Duration::from_hours(1) }, clock.clone());
        for key in 0..SWEEP - 1 {
            gate.pass(key, &people(&["a"])).unwrap();
        }
        clock.advance(Duration::from_hours(1));
        gate.pass(SWEEP, &people(&["a"])).unwrap();
        assert_eq!(gate.named.lock().unwrap().by_key.len(), 1);
    }
}
