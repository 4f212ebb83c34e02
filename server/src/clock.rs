//! The one place that asks what time it is.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Instant,
};

use chrono::{DateTime, Utc};

/// The wall clock, or a demo clock that was started at a chosen instant and runs on from there.
#[derive(Clone, Debug)]
pub enum Clock {
    Wall,
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
            None => Self::Wall,
        }
    }

    /// The current instant, to the microsecond so that both databases keep it whole.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Wall => Utc::now(),
            Self::Started { at, since } => *at + since.elapsed(),
            Self::Manual(millis) => {
                DateTime::from_timestamp_millis(millis.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
            }
        }
    }
}
