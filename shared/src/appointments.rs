//! Appointments: opening rules, slots, holds, bookings and their one state machine.
//!
//! The engine knows nothing of marriages: a service is a [`Service`] and its own parties.

pub mod calendar_file;
pub mod day;
pub mod field;
pub mod hold;
pub mod ids;
pub mod reference;
pub mod returning;
pub mod rule;
pub mod slot;
pub mod state;
pub mod window;

pub use calendar_file::{CalendarEvent, calendar_file};
pub use day::{ClosedWhy, DayAvailability, DaySlots, DayView};
pub use hold::{HOLD, HOLD_MINUTES, HoldExtended, HoldRequest, HoldTaken, MAX_EXTENSIONS, WARN_MINUTES};
pub use ids::{HoldId, HoldToken, InvalidId, ManageToken, PlaceId, Service, SlotId};
pub use reference::{BookingReference, ReferenceError};
pub use returning::returning_delay;
pub use rule::{BookingRule, Horizon, RuleError};
pub use slot::{Slot, SlotState, SlotView};
pub use state::{AppointmentState, TransitionError};
pub use window::slot_state;
