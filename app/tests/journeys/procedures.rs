//! Applications that take their time, as families fill them in and follow them.

mod applying;
mod consent;
mod correcting;
mod family;
mod following;
mod later;
pub mod photos;
mod rated;
mod strangers;
mod windows;
