//! What is done with a visit.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::ended::Ended;
use super::ids::CounterId;
use super::outcome::Outcome;
use crate::appointments::Service;
use crate::places::PlaceId;

/// One act, with what it needs to be told.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Act {
    /// They are in the hall.
    Arrive,
    /// Calls them to a counter; called again where they were called already.
    Call {
        counter: CounterId,
    },
    /// They are at the counter that called them.
    Serve,
    Finish(Outcome),
    NoShow,
    /// Sets them aside, and the counter is free.
    Park,
    Back(Back),
    /// They went away.
    Left,
    /// A ticket goes back that was given out just now and that nobody needed: no visit of the day.
    GiveBack,
    /// They are served before the others who wait. Why, nobody is asked and nothing keeps.
    GivePriority,
    /// They wait like all others again.
    EndPriority,
    /// Another counter of the office goes on; they wait for its "next".
    HandOver {
        counter: CounterId,
    },
    /// Another place or service goes on, with a visit of its own.
    Redirect(Elsewhere),
    /// The office ended their booking while they were in the hall.
    Release,
    /// What came of it was written down wrongly.
    Correct {
        to: Ended,
    },
}

/// Whereto somebody who was set aside is brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Back {
    /// Among those who wait, in the place of their arrival.
    Hall,
    /// They are called to a counter at once.
    Counter { counter: CounterId },
}

/// Another place or service, where a visit goes on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Elsewhere {
    pub place: PlaceId,
    pub service: Service,
}

/// The name of an act. Undoing is one too: it is recorded like all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ActName {
    Arrive,
    Call,
    Serve,
    Finish,
    NoShow,
    Park,
    Back,
    Left,
    GiveBack,
    GivePriority,
    EndPriority,
    HandOver,
    Redirect,
    Release,
    Correct,
    Undo,
}

impl Act {
    /// Which act it is, whatever it is told.
    pub fn kind(&self) -> ActName {
        match self {
            Self::Arrive => ActName::Arrive,
            Self::Call { .. } => ActName::Call,
            Self::Serve => ActName::Serve,
            Self::Finish(_) => ActName::Finish,
            Self::NoShow => ActName::NoShow,
            Self::Park => ActName::Park,
            Self::Back(_) => ActName::Back,
            Self::Left => ActName::Left,
            Self::GiveBack => ActName::GiveBack,
            Self::GivePriority => ActName::GivePriority,
            Self::EndPriority => ActName::EndPriority,
            Self::HandOver { .. } => ActName::HandOver,
            Self::Redirect(_) => ActName::Redirect,
            Self::Release => ActName::Release,
            Self::Correct { .. } => ActName::Correct,
        }
    }
}

impl ActName {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in addresses, in the record and on the wire.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }
}
