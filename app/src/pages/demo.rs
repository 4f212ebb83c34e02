//! What only a demonstration has.

pub mod mailbox;
pub mod staff_code;
