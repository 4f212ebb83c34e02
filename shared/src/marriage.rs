//! Marriage registration: who may marry when, what to bring, and the booking itself.

pub mod party;

pub use party::PartyKind;
