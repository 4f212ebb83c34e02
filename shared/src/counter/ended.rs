//! How a visit that is over ended, as it is put right where that was written down wrongly.

use serde::{Deserialize, Serialize};

use super::act::Act;
use super::outcome::Outcome;
use super::state::VisitState;

/// The end of a visit that went on nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "ended", content = "with", rename_all = "snake_case")]
pub enum Ended {
    Finished(Outcome),
    NoShow,
    Left,
}

impl Ended {
    /// The act that would have ended it so, by which it is known what such an end tells people.
    pub fn act(&self) -> Act {
        match self {
            Self::Finished(outcome) => Act::Finish(outcome.clone()),
            Self::NoShow => Act::NoShow,
            Self::Left => Act::Left,
        }
    }
}

impl From<Ended> for VisitState {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Finished(outcome) => Self::Finished(outcome),
            Ended::NoShow => Self::NoShow,
            Ended::Left => Self::Left,
        }
    }
}
