//! The one place that asks what time it is.

pub mod office;
mod steady;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};

pub use steady::Steady;

/// The wall clock, or a demo clock that was started at a chosen instant and runs on from there.
#[derive(Clone, Debug)]
pub enum Clock {
    Wall(Arc<Steady>),
    Started {
        at: DateTime<Utc>,
        since: Instant,
    },
    /// For tests: stands still at these Unix milliseconds until a test moves it. No setting makes one.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    pub fn starting_at(at: Option<DateTime<Utc>>) -> Self {
        match at {
            Some(at) => Self::Started { at, since: Instant::now() },
            None => Self::Wall(Arc::new(Steady::begin())),
        }
    }

    /// The current instant, to the microsecond so that both databases keep it whole.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Wall(steady) => steady.now(),
            Self::Started { at, since } => *at + since.elapsed(),
            Self::Manual(millis) => {
                DateTime::from_timestamp_millis(millis.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
            }
        }
    }

    /// How long somebody waits who would wait so long by this clock: where it stands still, for as long as it takes, so that
    /// no test of what a page says depends on how busy its machine is.
    pub fn patience(&self, longest: Duration) -> Duration {
        match self {
            Self::Manual(_) => Duration::MAX,
            _ => longest,
        }
    }

    /// How far the machine's clock was moved while the process ran, which is not followed.
    pub fn moved(&self) -> TimeDelta {
        match self {
            Self::Wall(steady) => steady.moved(),
            _ => TimeDelta::zero(),
        }
    }

    /// Follows the machine's clock wherever it was set: for a process that has written nothing by its own.
    fn follow(&self) {
        if let Self::Wall(steady) = self {
            steady.follow();
        }
    }

    /// Whether it goes on from where it was when the process last ran; a demo's begins anew each time.
    fn goes_on(&self) -> bool {
        !matches!(self, Self::Started { .. })
    }
}
