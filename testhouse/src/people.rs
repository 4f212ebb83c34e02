//! Invented couples asking for a booking.

use std::net::Ipv4Addr;

use chrono::{DateTime, Utc};
use server::appointments::booking::Booked;
use server::appointments::booking::idempotency::RequestKey;
use server::appointments::hold::Hold;
use server::client::Client;
use server::{App, Error, marriage};
use shared::invented;
use shared::marriage::{BookingInput, BookingRequest, PartyInput, SERVICE};

pub use shared::invented::person;

/// The `n`th couple's request for a hold.
pub fn couple(n: usize, hold: &Hold) -> BookingRequest {
    request(invented::couple(n), hold)
}

pub fn request(parties: [PartyInput; 2], hold: &Hold) -> BookingRequest {
    let input = BookingInput {
        hold_id: hold.id.to_string(),
        hold_token: hold.token.reveal().to_owned(),
        service: SERVICE.name().to_owned(),
        locale: "zh-CN".to_owned(),
        parties: parties.into(),
        shared_phone: false,
    };
    BookingRequest::parse(input).unwrap()
}

/// Books for the couple, with wrong codes told as any other refusal.
pub async fn book(
    app: &App,
    request: &BookingRequest,
    key: Option<RequestKey>,
    now: DateTime<Utc>,
) -> Result<Booked, Error> {
    Ok(marriage::book(app, &nobody(), request, key.as_ref(), now).await?)
}

/// Somebody on this machine, without a browser.
pub fn nobody() -> Client {
    Client { address: Ipv4Addr::LOCALHOST.into(), session: None }
}
