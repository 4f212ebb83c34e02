//! Invented couples asking for a booking.

use server::appointments::hold::Hold;
use shared::appointments::Service;
use shared::invented;
use shared::marriage::{BookingInput, BookingRequest, PartyInput};

pub use shared::invented::person;

/// The `n`th couple's request for a hold.
pub fn couple(n: usize, hold: &Hold) -> BookingRequest {
    request(invented::couple(n), hold)
}

pub fn request(parties: [PartyInput; 2], hold: &Hold) -> BookingRequest {
    let input = BookingInput {
        hold_id: hold.id.to_string(),
        hold_token: hold.token.reveal().to_owned(),
        service: Service::MarriageRegistration.name().to_owned(),
        locale: "zh-CN".to_owned(),
        parties: parties.into(),
    };
    BookingRequest::parse(input).unwrap()
}
