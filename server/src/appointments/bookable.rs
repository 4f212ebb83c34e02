//! What a service tells the engine of itself.

use serde_json::Value as Json;
use shared::appointments::Service;

use super::attendees::Attendees;
use crate::phone_codes::Purpose;

/// A service that can be booked, with the words that messages need.
pub struct Bookable {
    pub service: Service,
    /// `参观`, `museum visit`: reads before "appointment".
    pub name: [&'static str; 2],
    /// Who comes and with what, a sentence that stands in the message of a booking.
    pub bring: [&'static str; 2],
    /// Reads what [`Attendees::keep`] kept; nothing on damage, since what was kept was read before.
    pub restore: fn(Json) -> Option<Box<dyn Attendees>>,
}

impl Bookable {
    /// What codes to phones are for.
    pub fn purpose(&self) -> Purpose<'_> {
        Purpose { name: self.service.name(), words: self.name }
    }
}
