//! Values that were worked out a moment ago, and hold for as long as their stamp does.

use std::{future::Future, hash::Hash, sync::Arc};

use moka::future::Cache;

use crate::error::Error;

/// The second of the server's clock, and what this process had written by then: while both stay the same, so does
/// what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub second: i64,
    pub generation: u64,
}

/// A cache whose values carry the stamp they were worked out under. Requests that miss together wait for one of them.
pub struct Stamped<K, V> {
    values: Cache<K, (Stamp, V)>,
}

impl<K, V> Stamped<K, V>
where
    K: Hash + Eq + Clone + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Remembers at most so many values.
    pub fn new(most: u64) -> Self {
        Self { values: Cache::new(most) }
    }

    /// The value under this stamp, worked out by `load` where there is none.
    pub async fn get<F>(&self, key: K, stamp: Stamp, load: impl Fn() -> F) -> Result<V, Error>
    where
        F: Future<Output = Result<V, Error>>,
    {
        loop {
            let loaded = self.values.try_get_with(key.clone(), async { Ok((stamp, load().await?)) });
            let (kept, value) = loaded.await.map_err(Error::joined)?;
            if kept == stamp {
                return Ok(value);
            }
            // Of an earlier second or before a write; one of those who find it replaces it for all.
            if kept.second > stamp.second || kept.generation > stamp.generation {
                return load().await;
            }
            self.values.invalidate(&key).await;
        }
    }
}

impl Error {
    /// The error of a load that several requests waited for.
    pub(crate) fn joined(error: Arc<Self>) -> Self {
        Arc::try_unwrap(error).unwrap_or_else(Self::Joined)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn stamp(second: i64, generation: u64) -> Stamp {
        Stamp { second, generation }
    }

    #[tokio::test]
    async fn a_value_is_worked_out_anew_only_under_another_stamp() {
        let (cache, loads) = (Stamped::new(8), AtomicUsize::new(0));
        let get = async |key: &'static str, stamp| {
            cache.get(key, stamp, async || Ok(loads.fetch_add(1, Ordering::SeqCst))).await.unwrap()
        };
        assert_eq!(get("a", stamp(1, 0)).await, 0);
        assert_eq!(get("a", stamp(1, 0)).await, 0);
        assert_eq!(get("b", stamp(1, 0)).await, 1);
        assert_eq!(get("a", stamp(1, 1)).await, 2, "something was written");
        assert_eq!(get("a", stamp(2, 1)).await, 3, "a second passed");
    }

    #[tokio::test]
    async fn requests_that_miss_together_work_it_out_once() {
        let cache: Arc<Stamped<u8, usize>> = Arc::new(Stamped::new(8));
        let loads = Arc::new(AtomicUsize::new(0));
        let ask = || {
            let (cache, loads) = (Arc::clone(&cache), Arc::clone(&loads));
            tokio::spawn(async move {
                let load = async || {
                    tokio::task::yield_now().await;
                    Ok(loads.fetch_add(1, Ordering::SeqCst))
                };
                cache.get(1, stamp(1, 0), load).await.unwrap()
            })
        };
        for asked in (0..50).map(|_| ask()).collect::<Vec<_>>() {
            assert_eq!(asked.await.unwrap(), 0);
        }
        assert_eq!(loads.load(Ordering::SeqCst), 1);
    }
}
