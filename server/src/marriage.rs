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
