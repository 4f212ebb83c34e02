//! The appointment engine: places, slots, holds, and the places that come back.

pub mod closure;
pub mod codes;
pub mod ending;
pub mod hold;
pub mod month;
pub mod publish;
pub mod record;
pub mod registry;
pub mod slots;

use shared::appointments::{Refusal, TransitionError};

use crate::error::Error;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Problem(refusal.into())
    }
}

impl From<TransitionError> for Error {
    fn from(error: TransitionError) -> Self {
        Refusal::from(error).into()
    }
}
