//! What is said of a place, in words: the same wherever it is said, by the server or on a phone.

mod entry;
pub mod month_day;
mod near;
mod state;
mod sure;
mod typed;

pub use entry::{Call, Entry, where_is};
pub use near::{NearSaid, near};
pub use state::{StateSaid, state};
pub use sure::{HoursOf, Sure, sure};
pub use typed::typed;
