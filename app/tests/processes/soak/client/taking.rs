//! Booking a couple: once, twice at the same moment, and again.

use std::thread;

use serde_json::{Value, json};
use shared::invented;

use super::{COUPLES, Client, MOST};
use crate::processes::soak::acts::{BOOK, Came, MISUSE, REPEAT};
use crate::processes::soak::booking::{Booking, Standing};
use crate::processes::soak::caller::Call;

/// How often a booking is asked for until it is known what came of it.
const TRIES: usize = 3_000;

impl Client<'_> {
    pub(super) fn book(&mut self) {
        if self.bookings.len() >= MOST {
            return self.cancel();
        }
        let Some(at) = Self::any(&mut self.caller.draw, &self.holds) else { return self.take() };
        let (couple, hold) = (self.caller.draw.below(COUPLES), self.holds[at].clone());
        let body = json!({
            "hold_id": hold.id,
            "hold_token": hold.token,
            "service": "marriage_registration",
            "locale": "zh-CN",
            "parties": invented::couple(couple),
        });
        let key = (!self.caller.draw.one_in(4)).then(|| format!("{:016x}", self.caller.draw.number()));
        let call = Call { key, ..Call::post("/api/v1/bookings").with_body(body) };
        let first = if self.caller.draw.one_in(5) { self.press_twice(&call) } else { self.caller.ask(&BOOK, &call) };
        match self.until_known(&call, first) {
            (Came::Done, body) => {
                let booking = Booking::of(&call, couple, &body);
                assert!(booking.may_be(&Standing::Booked(hold.starts_at)), "booked at another time: {body}");
                self.bookings.push(booking);
                self.caller.office.booked();
                self.holds.swap_remove(at);
                self.others_may_have_ended();
            }
            (Came::Refused("hold_expired"), _) => self.has_ended(at, &BOOK),
            _ => {}
        }
    }

    /// Asks again for as long as no answer came: with or without a key, the same request gives the same booking. A repeat
    /// that did nothing says nothing of the request before it.
    fn until_known(&mut self, call: &Call, first: (Came, Value)) -> (Came, Value) {
        if !matches!(first.0, Came::Unknown) {
            return first;
        }
        for _ in 0..TRIES {
            let again = self.caller.ask(&BOOK, call);
            if !matches!(again.0, Came::Unknown | Came::Undone) {
                return again;
            }
        }
        panic!("nobody says whether it was booked");
    }

    /// The same request twice at the same moment, perhaps to two servers: one booking.
    fn press_twice(&mut self, call: &Call) -> (Came, Value) {
        let mut other = self.caller.twin();
        let (first, second) = thread::scope(|scope| {
            let second = scope.spawn(|| other.ask(&BOOK, call));
            (self.caller.ask(&BOOK, call), second.join().unwrap())
        });
        for (counted, times) in other.counts {
            *self.caller.counts.entry(counted).or_default() += times;
        }
        match (first, second) {
            ((Came::Done, one), (Came::Done, other)) => {
                assert_eq!(one["reference"], other["reference"], "one press, two bookings");
                (Came::Done, one)
            }
            ((Came::Done, one), (other, said)) | ((other, said), (Came::Done, one)) => {
                // One that came first may have met a booking of the couple that was cancelled meanwhile.
                assert_ne!(other, Came::Refused("hold_expired"), "booked, and the twin was told {said}");
                (Came::Done, one)
            }
            // What one of them was not told may have been done.
            ((Came::Unknown, _), _) | (_, (Came::Unknown, _)) => (Came::Unknown, Value::Null),
            (first, _) => first,
        }
    }

    pub(super) fn book_again(&mut self) {
        let is_past = self.caller.draw.one_in(2);
        let bookings = if is_past { &mut self.past } else { &mut self.bookings };
        let Some(at) = Self::any(&mut self.caller.draw, bookings) else { return self.take() };
        let booking = &mut bookings[at];
        let (came, body) = self.caller.ask(&REPEAT, &booking.made);
        match came {
            Came::Done => {
                let reference = body["reference"].as_str().unwrap().replace('-', "");
                assert_eq!(reference, booking.reference, "the same request gave another booking");
                booking.is_seen(Standing::read(&body));
            }
            Came::Refused(_) => {
                assert!(booking.may_be_cancelled() && booking.made.key.is_none(), "{}: {body}", booking.reference);
                booking.is_now(Standing::Cancelled);
            }
            _ => {}
        }
    }

    pub(super) fn book_others_with_the_key(&mut self) {
        let Some(at) = Self::any(&mut self.caller.draw, &self.bookings) else { return self.take() };
        let booking = &self.bookings[at];
        let mut call = booking.made.clone();
        if call.key.is_none() {
            return self.show();
        }
        call.body.as_mut().unwrap()["parties"] = json!(invented::couple(booking.couple + COUPLES));
        let (came, body) = self.caller.ask(&MISUSE, &call);
        assert_ne!(came, Came::Done, "a key was taken for two requests: {body}");
    }
}
