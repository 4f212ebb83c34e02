//! What a row of pages or of the API says beside its address: who may use it, and what a cache may keep of it.

use shared::staff::{Refusal, Right};

use crate::settings::Settings;
use crate::staff::authority::Staff;

/// Who may use an address. Whether somebody holds the booking that an address names is not said here, since that
/// depends on the booking: its handler asks for the proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Anyone,
    /// Everybody, but only where nothing is real: elsewhere there is no such address.
    Demonstration,
    /// Whoever of the staff is signed in.
    SignedIn,
    /// Who is signed in and has this right somewhere; whether that is where the thing is, its handler asks.
    Staff(Right),
}

/// What may be kept of an answer, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    /// The same for everybody: whatever a browser is known by is not looked at.
    Shared,
    /// The same for all who are known by nothing; a browser that is known gets an answer of its own.
    UntilKnown,
    /// Shows personal data or changes something, so nothing is kept.
    Never,
}

/// Whether the answer of a row is a line that stays open, by its path: all of them are called so, and no other is.
pub fn stays_open(path: &str) -> bool {
    path.ends_with("/events")
}

impl Who {
    /// Whether there is such an address at all under these settings.
    pub fn exists(self, settings: &Settings) -> bool {
        match self {
            Self::Anyone | Self::SignedIn | Self::Staff(_) => true,
            Self::Demonstration => settings.demo,
        }
    }

    /// Whether somebody has to be signed in.
    pub fn wants_session(self) -> bool {
        matches!(self, Self::SignedIn | Self::Staff(_))
    }

    /// Whether somebody who is signed in may use it.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub fn admits(self, staff: &Staff) -> Result<(), Refusal> {
        match self {
            Self::Staff(right) if staff.anywhere(right).is_empty() => Err(Refusal::NotAllowed),
            _ => Ok(()),
        }
    }
}
