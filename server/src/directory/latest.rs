//! What takes long to read, for all who ask: it is read outside of any request and once at a time, so that whoever is gone before it
//! is there has begun it for the next. What was read before is shown meanwhile, for so long and no longer.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::{BoxFuture, FutureExt, Shared};
use shared::problem::Problem;
use tokio::task::AbortHandle;
use tokio::time::timeout;

use crate::error::Error;
use crate::stamped::Stamp;

/// How long what was read before is shown after the last moment in which it was the newest. With the seconds for which caches keep
/// an answer that is a minute.
const LONGEST: Duration = Duration::from_secs(40);

/// Cheap to clone, and every clone is the same.
pub(super) struct Latest<V>(Arc<Mutex<Kept<V>>>);

struct Kept<V> {
    former: Option<Former<V>>,
    /// The last that was begun.
    reading: Option<Reading<V>>,
}

/// What was read last.
struct Former<V> {
    stamp: Stamp,
    value: V,
    /// The last moment in which nothing newer was known.
    newest_at: Instant,
}

#[derive(Clone)]
struct Reading<V> {
    stamp: Stamp,
    begun: Instant,
    outcome: Shared<BoxFuture<'static, Result<V, Arc<Error>>>>,
    task: AbortHandle,
}

/// What somebody finds who asks.
enum Look<V> {
    Newest(V),
    /// What may be shown meanwhile, and what is being read.
    Older(Option<V>, Reading<V>),
}

impl<V> Clone for Latest<V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<V> Default for Latest<V> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Kept { former: None, reading: None })))
    }
}

impl<V: Clone + Send + Sync + 'static> Latest<V> {
    /// The value under this stamp, which `read` reads; the one before it, where there is one and reading it has taken longer than
    /// whoever asks has patience.
    ///
    /// # Errors
    /// Those of reading, where nothing was read before that may still be shown.
    pub async fn get<F>(&self, stamp: Stamp, patience: Duration, read: impl Fn() -> F) -> Result<V, Error>
    where
        F: Future<Output = Result<V, Error>> + Send + 'static,
    {
        loop {
            let (former, reading) = match self.look(stamp, &read) {
                Look::Newest(value) => return Ok(value),
                Look::Older(former, reading) => (former, reading),
            };
            let wait = former.as_ref().map_or(Duration::MAX, |_| patience.saturating_sub(reading.begun.elapsed()));
            match (timeout(wait, reading.outcome).await, former) {
                (Ok(Ok(value)), _) if reading.stamp == stamp => return Ok(value),
                // It was begun before what is asked for, and was in the way of it.
                (Ok(Ok(_)), _) | (Err(_), None) => {}
                (_, Some(former)) => return Ok(former),
                (Ok(Err(error)), None) => return Err(Error::joined(error)),
            }
        }
    }

    fn look<F>(&self, stamp: Stamp, read: impl FnOnce() -> F) -> Look<V>
    where
        F: Future<Output = Result<V, Error>> + Send + 'static,
    {
        let mut kept = self.lock();
        let now = Instant::now();
        if let Some(former) = kept.former.as_mut().filter(|former| former.is_no_older(stamp)) {
            former.newest_at = now;
            return Look::Newest(former.value.clone());
        }
        let former = kept.former.as_ref().filter(|former| now.duration_since(former.newest_at) < LONGEST);
        let former = former.map(|former| former.value.clone());
        let reading = match &kept.reading {
            Some(reading) if !reading.task.is_finished() => reading.clone(),
            _ => self.begin(stamp, read()),
        };
        kept.reading = Some(reading.clone());
        Look::Older(former, reading)
    }

    fn begin(&self, stamp: Stamp, read: impl Future<Output = Result<V, Error>> + Send + 'static) -> Reading<V> {
        let (begun, kept) = (Instant::now(), self.clone());
        let work = tokio::spawn(async move {
            let outcome = read.await.map_err(Arc::new);
            match &outcome {
                Ok(value) => {
                    let former = Former { stamp, value: value.clone(), newest_at: begun };
                    kept.lock().former = Some(former);
                }
                Err(error) => tracing::error!(%error, "what is shown could not be read anew"),
            }
            outcome
        });
        let task = work.abort_handle();
        let outcome = async move { work.await.unwrap_or_else(|_| Err(Arc::new(Problem::Internal.into()))) };
        Reading { stamp, begun, outcome: outcome.boxed().shared(), task }
    }

    fn lock(&self) -> MutexGuard<'_, Kept<V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V> Former<V> {
    /// Whoever was slower to ask takes what somebody else found newer.
    fn is_no_older(&self, stamp: Stamp) -> bool {
        self.stamp.second == stamp.second && self.stamp.generation >= stamp.generation
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    /// Reads a number, one more each time, once somebody lets it.
    #[derive(Clone)]
    struct Slow {
        latest: Latest<usize>,
        begun: Arc<AtomicUsize>,
        lets: Arc<Semaphore>,
    }

    const NO_PATIENCE: Duration = Duration::ZERO;

    impl Slow {
        fn new() -> Self {
            Self { latest: Latest::default(), begun: Arc::default(), lets: Arc::new(Semaphore::new(0)) }
        }

        async fn ask(&self, generation: u64, patience: Duration) -> Result<usize, Error> {
            let read = || {
                let (n, lets) = (1 + self.begun.fetch_add(1, Ordering::SeqCst), Arc::clone(&self.lets));
                async move {
                    lets.acquire().await.map_err(|_| Problem::Internal)?.forget();
                    Ok(n)
                }
            };
            self.latest.get(Stamp { second: 0, generation }, patience, read).await
        }

        /// Asks, and is gone before it is there.
        async fn give_up(&self, generation: u64) {
            let asked = timeout(Duration::from_millis(5), self.ask(generation, Duration::MAX)).await;
            assert!(asked.is_err(), "it was there already");
        }

        fn let_one(&self) {
            self.lets.add_permits(1);
        }
    }

    #[tokio::test]
    async fn what_somebody_asked_for_who_is_gone_is_read_all_the_same_and_only_once() {
        let slow = Slow::new();
        for _ in 0..5 {
            slow.give_up(1).await;
        }
        slow.let_one();
        assert_eq!(slow.ask(1, NO_PATIENCE).await.unwrap(), 1);
        assert_eq!(slow.ask(1, NO_PATIENCE).await.unwrap(), 1);
        assert_eq!(slow.begun.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn what_was_read_before_is_shown_until_the_new_is_there_and_then_the_new() {
        let slow = Slow::new();
        slow.let_one();
        assert_eq!(slow.ask(1, NO_PATIENCE).await.unwrap(), 1);
        for _ in 0..3 {
            assert_eq!(slow.ask(2, NO_PATIENCE).await.unwrap(), 1);
        }
        slow.let_one();
        assert_eq!(slow.ask(2, Duration::MAX).await.unwrap(), 2);
        assert_eq!(slow.ask(2, NO_PATIENCE).await.unwrap(), 2);
        assert_eq!(slow.ask(1, NO_PATIENCE).await.unwrap(), 2, "nobody goes back");
        assert_eq!(slow.begun.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn what_was_begun_before_a_change_is_not_taken_for_what_came_after_it() {
        let slow = Slow::new();
        slow.give_up(1).await;
        let later = tokio::spawn({
            let slow = slow.clone();
            async move { slow.ask(2, Duration::MAX).await.unwrap() }
        });
        slow.lets.add_permits(2);
        assert_eq!(later.await.unwrap(), 2);
    }

    #[tokio::test]
    async fn what_was_read_before_is_shown_for_so_long_and_no_longer() {
        let slow = Slow::new();
        slow.let_one();
        slow.ask(1, NO_PATIENCE).await.unwrap();
        let age = |by: Duration| {
            let mut kept = slow.latest.lock();
            let former = kept.former.as_mut().unwrap();
            former.newest_at = former.newest_at.checked_sub(by).unwrap();
        };
        age(Duration::from_secs(35));
        assert_eq!(slow.ask(2, NO_PATIENCE).await.unwrap(), 1);
        age(Duration::from_secs(5));
        slow.give_up(2).await;
        slow.let_one();
        assert_eq!(slow.ask(2, Duration::MAX).await.unwrap(), 2);
    }

    #[tokio::test]
    async fn reading_that_fails_shows_what_was_read_before_and_is_tried_again() {
        let latest = Latest::default();
        let ask = async |generation, outcome: fn() -> Result<u8, Error>| {
            latest.get(Stamp { second: 0, generation }, Duration::MAX, || async move { outcome() }).await
        };
        assert!(ask(1, || Err(Problem::Unavailable.into())).await.is_err());
        assert_eq!(ask(1, || Ok(1)).await.unwrap(), 1);
        assert_eq!(ask(2, || Err(Problem::Unavailable.into())).await.unwrap(), 1);
        assert_eq!(ask(2, || panic!("it falls over")).await.unwrap(), 1);
        assert_eq!(ask(2, || Ok(2)).await.unwrap(), 2);
    }
}
