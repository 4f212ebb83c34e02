//! Bytes that are in the hands of this process at once: of forms and parts of files that come, and of whole files that are worked on.
//!
//! Each network has a share of both, so that whoever sends slowly, or without end, leaves the rest to everybody else.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use shared::problem::Problem;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::app::App;
use crate::limits::Network;

/// What one process has in hand.
pub(crate) struct InHand {
    coming: Shares,
    whole: Shares,
}

/// Room for so many bytes, given back when it is dropped.
pub struct Room {
    _of_all: OwnedSemaphorePermit,
    _own: OwnedSemaphorePermit,
}

/// Megabytes that come at once in all, and from one network: the largest form and some parts beside it.
const COMING: (usize, usize) = (240, 60);
/// Megabytes of whole files in all, each of which takes its bytes two or three times over, and from one network: the largest file.
const WHOLE: (usize, usize) = (80, 20);
/// What each of them counts as at least: a photograph of few bytes may have many pixels, which are drawn one photograph at a time.
const LEAST: u64 = 5 * MEGABYTE;
/// How long a sender waits with a form that is not read yet.
const PATIENCE_TO_COME: Duration = Duration::from_secs(20);
/// How long a sender waits whose file is here.
const PATIENCE: Duration = Duration::from_secs(8);
const MEGABYTE: u64 = 1024 * 1024;

/// Room for a form or a part of a file, before any of it is read.
///
/// # Errors
/// [`Problem::Busy`] where there is none in time, here and below.
pub async fn coming(app: &App, from: IpAddr, bytes: u64) -> Result<Room, Problem> {
    app.in_hand().coming.take(from, bytes, app.clock().patience(PATIENCE_TO_COME)).await
}

/// Room for a whole file, until it is stored.
pub(crate) async fn whole(app: &App, from: IpAddr, bytes: u64) -> Result<Room, Problem> {
    app.in_hand().whole.take(from, bytes.max(LEAST), app.clock().patience(PATIENCE)).await
}

impl Default for InHand {
    fn default() -> Self {
        Self { coming: Shares::new(COMING), whole: Shares::new(WHOLE) }
    }
}

/// Megabytes for all, of which each network has no more than its share.
struct Shares {
    all: Arc<Semaphore>,
    of_each: usize,
    own: Mutex<HashMap<Network, Weak<Semaphore>>>,
}

impl Shares {
    fn new((all, of_each): (usize, usize)) -> Self {
        Self { all: Arc::new(Semaphore::new(all)), of_each, own: Mutex::default() }
    }

    async fn take(&self, from: IpAddr, bytes: u64, patience: Duration) -> Result<Room, Problem> {
        let most = u32::try_from(self.of_each).unwrap_or(u32::MAX);
        let megabytes = u32::try_from(bytes.div_ceil(MEGABYTE)).unwrap_or(most).clamp(1, most);
        let (all, own) = (Arc::clone(&self.all), self.own(Network::of(from)));
        let room = async {
            // One's own share first: whoever waits for more than that stands in nobody's way.
            let own = own.acquire_many_owned(megabytes).await.ok()?;
            let of_all = all.acquire_many_owned(megabytes).await.ok()?;
            Some(Room { _of_all: of_all, _own: own })
        };
        timeout(patience, room).await.ok().flatten().ok_or(Problem::Busy)
    }

    fn own(&self, network: Network) -> Arc<Semaphore> {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = own.get(&network).and_then(Weak::upgrade) {
            return own;
        }
        // Whoever sends nothing any more is forgotten.
        own.retain(|_, share| share.strong_count() > 0);
        let share = Arc::new(Semaphore::new(self.of_each));
        own.insert(network, Arc::downgrade(&share));
        share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_ONCE: Duration = Duration::ZERO;

    fn from(last: u8) -> IpAddr {
        IpAddr::from([203, 0, 113, last])
    }

    #[tokio::test]
    async fn one_network_has_its_share_and_leaves_the_rest_to_the_others() {
        let shares = Shares::new((6, 2));
        let first = shares.take(from(1), 2 * MEGABYTE, AT_ONCE).await.unwrap();
        assert_eq!(shares.take(from(1), 1, AT_ONCE).await.err(), Some(Problem::Busy));
        let others = [
            shares.take(from(2), 2 * MEGABYTE, AT_ONCE).await.unwrap(),
            shares.take(from(3), 2 * MEGABYTE, AT_ONCE).await.unwrap(),
        ];
        assert_eq!(shares.take(from(4), 1, AT_ONCE).await.err(), Some(Problem::Busy), "there is no more");
        drop(others);
        assert!(shares.take(from(4), 1, AT_ONCE).await.is_ok());
        drop(first);
        assert!(shares.take(from(1), 1, AT_ONCE).await.is_ok(), "it was given back");
    }

    #[tokio::test]
    async fn whoever_waits_for_more_than_their_share_keeps_nobody_waiting() {
        let shares = Shares::new((4, 2));
        let _slow = shares.take(from(1), 2 * MEGABYTE, AT_ONCE).await.unwrap();
        let more = shares.take(from(1), 2 * MEGABYTE, Duration::from_mins(1));
        tokio::pin!(more);
        assert!(timeout(Duration::from_millis(20), &mut more).await.is_err());
        assert!(shares.take(from(2), 2 * MEGABYTE, AT_ONCE).await.is_ok());
    }

    #[tokio::test]
    async fn what_is_larger_than_a_share_takes_all_of_it_and_who_is_gone_is_forgotten() {
        let shares = Shares::new((4, 2));
        for last in 1..=100 {
            drop(shares.take(from(last), u64::MAX, AT_ONCE).await.unwrap());
        }
        assert!(shares.own.lock().unwrap().len() <= 2);
    }
}
