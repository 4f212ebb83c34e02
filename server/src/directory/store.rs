//! What the database keeps of listed places.

mod read;
mod write;

pub use read::{load, one, revision, taken};
pub use write::{bump, put};
