//! Marriage registration: from "what do I need" to a booked time.

pub mod book;
pub mod check;
pub mod safety;
pub mod start;
