//! An allowance, counted for each key by itself.

use std::{
    hash::Hash,
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use governor::{Quota, RateLimiter, clock::Clock, middleware::NoOpMiddleware, state::keyed::DashMapStateStore};
use shared::problem::Problem;

/// So many at once, and one more each time `refill` has passed.
pub(super) struct Allowance {
    pub burst: u32,
    pub refill: Duration,
}

/// Counts what each key asks, and lets it through while its allowance lasts.
pub(super) struct Gate<K: Hash + Eq + Clone, C: Clock + Clone> {
    limiter: RateLimiter<K, DashMapStateStore<K>, C, NoOpMiddleware<C::Instant>>,
    passed: AtomicU32,
}

/// After so many requests, whoever has a full allowance again is forgotten: no more memory than that is used.
const SWEEP: u32 = 16_384;

impl<K: Hash + Eq + Clone, C: Clock + Clone> Gate<K, C> {
    pub(super) fn new(allowance: &Allowance, clock: &C) -> Self {
        let quota = Quota::with_period(allowance.refill).expect("every refill takes time");
        let quota = quota.allow_burst(NonZeroU32::new(allowance.burst).expect("every burst lets somebody in"));
        Self {
            limiter: RateLimiter::new(quota, DashMapStateStore::default(), clock.clone()),
            passed: AtomicU32::new(0),
        }
    }

    /// Counts one.
    ///
    /// # Errors
    /// [`Problem::RateLimited`] with the seconds to wait.
    pub(super) fn pass(&self, key: K) -> Result<(), Problem> {
        self.pass_many(key, NonZeroU32::MIN)
    }

    /// Counts so many at once: all of them or none.
    ///
    /// # Errors
    /// As [`Gate::pass`]; [`Problem::TooLarge`] for more than there are ever.
    pub(super) fn pass_many(&self, key: K, many: NonZeroU32) -> Result<(), Problem> {
        if self.passed.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiter.retain_recent();
        }
        let passed = self.limiter.check_key_n(&key, many).map_err(|_| Problem::TooLarge)?;
        passed.map_err(|refused| {
            let wait = refused.wait_time_from(self.limiter.clock().now());
            Problem::RateLimited { retry_after: wait.as_secs() + u64::from(wait.subsec_nanos() > 0) }
        })
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    #[test]
    fn those_who_came_once_are_forgotten() {
        let allowance = Allowance { burst: 2, refill: Duration::from_millis(500) };
        let gate = Gate::new(&allowance, &FakeRelativeClock::default());
        let clock = gate.limiter.clock().clone();
        for visitor in 0..SWEEP - 1 {
            gate.pass(visitor).unwrap();
        }
        assert_eq!(gate.limiter.len(), SWEEP as usize - 1);
        clock.advance(Duration::from_secs(1));
        gate.pass(0).unwrap();
        assert_eq!(gate.limiter.len(), 1);
    }
}
