//! Applications that take their time, as families fill them in and follow them.

mod applying;
mod consent;
mod correcting;
mod family;
mod following;
mod later;
mod messages;
mod parts;
pub mod photos;
mod rated;
mod strangers;
mod typing;
mod windows;
