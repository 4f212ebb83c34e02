//! One client: holds a time, then books it, over its own connection.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use hyper::StatusCode;
use serde::{Deserialize, de::DeserializeOwned};
use shared::appointments::{BookingReference, HoldRequest, HoldTaken, SlotId};

use super::people;
use crate::{
    Outcome,
    http::{Answer, Connection},
};

pub struct Client(Connection);

/// An answer other than 201: its status and the problem's code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused(pub String);

/// What clients met; those of all clients are added up.
#[derive(Default)]
pub struct Tally {
    /// How long each acknowledged request took.
    pub holds: Vec<Duration>,
    pub bookings: Vec<Duration>,
    /// Every booking the server said it has made.
    pub acknowledged: Vec<BookingReference>,
    /// Holds refused because the slot is full.
    pub full: usize,
    /// Couples for whom every slot was full.
    pub left_out: usize,
    /// When the last booking was acknowledged.
    pub last: Option<Instant>,
    /// Everything that should not happen.
    pub errors: BTreeMap<Refused, usize>,
}

#[derive(Deserialize)]
struct Made {
    reference: BookingReference,
}

#[derive(Deserialize)]
struct Problem {
    code: String,
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Outcome<Self> {
        Ok(Self(Connection::open(address).await?))
    }

    pub async fn hold(&mut self, slot: SlotId) -> Outcome<Result<HoldTaken, Refused>> {
        let (service, phone, phone_code) = Default::default();
        let request = HoldRequest { slot_id: slot, service, phone, phone_code };
        read(self.0.post_json("/api/v1/holds", &[], &request).await?)
    }

    /// Books the hold for the `n`th couple.
    pub async fn book(&mut self, n: usize, hold: &HoldTaken) -> Outcome<Result<BookingReference, Refused>> {
        let key = format!("couple-{n}");
        let body = people::booking(n, hold);
        let made = read::<Made>(self.0.post_json("/api/v1/bookings", &[("idempotency-key", &key)], &body).await?)?;
        Ok(made.map(|made| made.reference))
    }
}

fn read<T: DeserializeOwned>(answer: Answer) -> Outcome<Result<T, Refused>> {
    if answer.status == StatusCode::CREATED {
        return Ok(Ok(serde_json::from_slice(&answer.body)?));
    }
    let code =
        serde_json::from_slice(&answer.body).map_or_else(|_| "no problem document".to_owned(), |Problem { code }| code);
    Ok(Err(Refused(format!("{} {code}", answer.status.as_u16()))))
}

impl Refused {
    /// Not an error in a scramble: somebody else was quicker.
    pub fn is_full(&self) -> bool {
        self.0 == "409 slot_full"
    }
}

impl Tally {
    pub fn booked(&mut self, reference: BookingReference) {
        self.acknowledged.push(reference);
        self.last = Some(Instant::now());
    }

    pub fn refused(&mut self, refused: Refused) {
        if refused.is_full() {
            self.full += 1;
        } else {
            *self.errors.entry(refused).or_default() += 1;
        }
    }

    pub fn add(&mut self, other: Self) {
        self.holds.extend(other.holds);
        self.bookings.extend(other.bookings);
        self.acknowledged.extend(other.acknowledged);
        self.full += other.full;
        self.left_out += other.left_out;
        self.last = self.last.max(other.last);
        for (refused, count) in other.errors {
            *self.errors.entry(refused).or_default() += count;
        }
    }
}
