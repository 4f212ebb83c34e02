//! What a process keeps of its halls: who is told of changes and over how many lines, and the masked people of bookings.

use super::changes::Changes;
use super::day::news::Latest;
use super::people::People;
use super::streams::Streams;

/// Nothing in it must survive or agree with another process.
#[derive(Default)]
pub struct Hall {
    changes: Changes,
    latest: Latest,
    people: People,
    streams: Streams,
}

impl Hall {
    /// Whoever shows a day learns here that it has changed.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// What they were told last.
    pub(super) fn latest(&self) -> &Latest {
        &self.latest
    }

    /// The lines over which they are told.
    pub fn streams(&self) -> &Streams {
        &self.streams
    }

    pub(super) fn people(&self) -> &People {
        &self.people
    }
}
