//! Marriage registration: booking with both parties, and looking after the booking.

pub mod book;
pub mod cancel;
pub mod draft;
pub mod duplicate;
pub mod find;
pub mod idempotency;
pub mod messages;
pub mod parties;
pub mod reschedule;
pub mod view;

pub use book::{Booked, book};
pub use find::Holder;

use shared::marriage::Refusal;

use crate::error::Error;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Problem(refusal.into())
    }
}
