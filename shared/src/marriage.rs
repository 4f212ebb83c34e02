//! Marriage registration: who may marry when, what to bring, and the booking itself.

pub mod age;
pub mod booking;
pub mod check;
pub mod citation;
pub mod documents;
pub mod ground;
pub mod marital_status;
pub mod party;
pub mod reason;
pub mod refusal;

pub use booking::{BookingInput, BookingRequest};
pub use ground::RefusalGround;
pub use marital_status::MaritalStatus;
pub use party::{Contact, Identity, Party, PartyInput, PartyKind};
pub use reason::MarriageReason;
pub use refusal::Refusal;

use crate::appointments::Service;

/// 结婚登记, as the appointment engine knows it.
pub const SERVICE: Service = Service::named("marriage_registration");
