//! What a service tells the engine of itself.

use shared::appointments::Service;

/// A service that can be booked, with the words that messages need.
#[derive(Debug)]
pub struct Bookable {
    pub service: Service,
    /// `结婚登记`, `marriage registration`: reads before "appointment".
    pub name: [&'static str; 2],
    /// Who comes and with what, a sentence that stands in the message of a booking.
    pub bring: [&'static str; 2],
}
