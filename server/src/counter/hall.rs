//! What a process keeps of its halls: who is told of changes, and the masked people of bookings.

use super::changes::Changes;
use super::people::People;

/// Nothing in it must survive or agree with another process.
#[derive(Default)]
pub struct Hall {
    changes: Changes,
    people: People,
}

impl Hall {
    /// Whoever shows a day learns here that it has changed.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    pub(super) fn people(&self) -> &People {
        &self.people
    }
}
