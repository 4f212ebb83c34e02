//! Appointments: opening rules, slots, holds, bookings and their one state machine.
//!
//! The engine knows no service: one names itself as a [`Service`] and keeps its own people and answers.

pub mod calendar_file;
pub mod closing;
pub mod day;
pub mod day_reason;
pub mod field;
pub mod hold;
pub mod ids;
pub mod opening;
pub mod question;
pub mod reference;
pub mod refusal;
pub mod rule;
pub mod slot;
pub mod state;
pub mod window;

pub use calendar_file::{CalendarEvent, EntryKind, calendar_file};
pub use day::{ClosedWhy, DayAvailability, DaySlots, DayView};
pub use hold::{HoldExtended, HoldRequest, HoldTaken, WARN_MINUTES};
pub use ids::{HoldId, HoldToken, ManageToken, Service, SlotId};
pub use reference::{BookingReference, ReferenceError};
pub use refusal::Refusal;
pub use rule::{BookingRule, Horizon, ReturnDelay, RuleError};
pub use slot::{Slot, SlotState, SlotView, slot_state};
pub use state::{AppointmentState, TransitionError};
