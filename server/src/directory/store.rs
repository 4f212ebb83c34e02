//! What the database keeps of listed places.

mod read;
mod unfinished;
mod write;

pub use read::{load, of_place, one, revisions, taken, version};
pub use unfinished::{half_written, unfinished};
pub use write::{bump, hold, keep, plan_for_many, put, put_back, touch};
