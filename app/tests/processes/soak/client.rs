//! One client's life: acts drawn by chance, and a memory of what was acknowledged.

mod holds;
mod manage;
mod taking;

use serde_json::Value;

use super::acts::{Came, LIST};
use super::booking::Booking;
use super::caller::{Call, Caller};
use super::office::{Office, Slot};
use holds::Hold;
use testhouse::draw::Draw;

/// Fewer than clients, so that the same couple is booked from several sides at once.
const COUPLES: usize = 48;
/// What one client has in hand at most.
const MOST: usize = 3;
/// The times that are wanted most; they have few places.
pub const WANTED: usize = 3;

pub struct Client<'a> {
    caller: Caller<'a>,
    holds: Vec<Hold>,
    bookings: Vec<Booking>,
    /// Cancelled, as was acknowledged.
    past: Vec<Booking>,
}

/// What is left of a life.
pub struct Memory {
    pub bookings: Vec<Booking>,
    pub counts: std::collections::BTreeMap<(&'static str, String), usize>,
}

impl<'a> Client<'a> {
    /// The `n`th client; every second one is a browser with a session.
    pub fn new(office: &'a Office, seed: u64, n: usize) -> Self {
        let mut draw = Draw::new(seed, n);
        let letters: Vec<char> = ('a'..='z').collect();
        let session = n.is_multiple_of(2).then(|| (0..32).map(|_| letters[draw.below(letters.len())]).collect());
        let caller = Caller::new(office, draw, session);
        Self { caller, holds: Vec::new(), bookings: Vec::new(), past: Vec::new() }
    }

    /// Acts until the office closes, then gives back what it holds.
    pub fn live(mut self) -> Memory {
        while !self.caller.office.is_over() {
            self.act();
        }
        self.give_back();
        self.bookings.append(&mut self.past);
        Memory { bookings: self.bookings, counts: self.caller.counts }
    }

    fn act(&mut self) {
        let act = self.caller.draw.below(100);
        match act {
            0..8 => self.list(),
            8..30 => self.take(),
            30..36 => self.extend(),
            36..44 => self.release(),
            44..62 => self.book(),
            62..72 => self.reschedule(),
            72..78 => self.cancel(),
            78..90 => self.show(),
            90..93 => self.look_up(),
            93..97 => self.book_again(),
            _ => self.book_others_with_the_key(),
        }
    }

    fn list(&mut self) {
        let path = "/api/v1/registries/demo-hill/slots?service=marriage_registration&from=2026-05-22&to=2026-05-26";
        let (came, body) = self.caller.ask(&LIST, &Call::get(path));
        if came == Came::Done {
            let listed = body.as_array().unwrap();
            let known = |slot: &Value| self.caller.office.slots.iter().any(|known| Slot::read(slot) == *known);
            assert!(listed.len() == self.caller.office.slots.len() && listed.iter().all(known), "{body}");
        }
    }

    /// Any of these, by chance.
    fn any<T>(draw: &mut Draw, of: &[T]) -> Option<usize> {
        (!of.is_empty()).then(|| draw.below(of.len()))
    }
}

impl Slot {
    pub fn read(slot: &Value) -> Self {
        Self { id: slot["id"].as_i64().unwrap(), starts_at: slot["starts_at"].as_str().unwrap().to_owned() }
    }
}
