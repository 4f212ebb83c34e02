//! A booking as its client remembers it: what was acknowledged, and what may have been done besides.

use serde_json::Value;

use super::caller::Call;

/// How a booking stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// At the time that starts then.
    Booked(String),
    Cancelled,
}

pub struct Booking {
    /// The request that made it.
    pub made: Call,
    pub reference: String,
    pub token: String,
    pub couple: usize,
    /// First what was last acknowledged; then what acts without an answer may have made of it.
    may_be: Vec<Standing>,
    /// Moves that were made or may have been: more than some an hour are refused.
    pub moves_asked: usize,
}

impl Booking {
    /// As it was acknowledged.
    pub fn of(made: &Call, couple: usize, body: &Value) -> Self {
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        let standing = Standing::read(body);
        Self {
            made: made.clone(),
            reference: text("reference").replace('-', ""),
            token: text("manage_token"),
            couple,
            may_be: vec![standing],
            moves_asked: 0,
        }
    }

    pub fn path(&self, act: &str) -> String {
        format!("/api/v1/bookings/{}{act}", self.reference)
    }

    pub fn may_be(&self, standing: &Standing) -> bool {
        self.may_be.contains(standing)
    }

    pub fn may_stand(&self) -> bool {
        self.may_be.iter().any(|standing| *standing != Standing::Cancelled)
    }

    pub fn may_be_cancelled(&self) -> bool {
        self.may_be(&Standing::Cancelled)
    }

    /// Acknowledged: nothing that was asked before can come of it any more.
    pub fn is_now(&mut self, standing: Standing) {
        self.may_be = vec![standing];
    }

    /// Asked for without an answer.
    pub fn may_become(&mut self, standing: Standing) {
        if !self.may_be(&standing) {
            self.may_be.push(standing);
        }
    }

    /// Shown. What was left open and is seen is done; what is not seen yet may still come, as a statement that was held up.
    pub fn is_seen(&mut self, standing: Standing) {
        assert!(self.may_be(&standing), "{} is {standing:?} and was acknowledged as {:?}", self.reference, self.may_be);
        if self.may_be[0] != standing {
            self.is_now(standing);
        }
    }
}

impl Standing {
    /// From an answer that shows a booking.
    pub fn read(body: &Value) -> Self {
        match body["state"].as_str() {
            Some("booked") => Self::Booked(body["starts_at"].as_str().unwrap().to_owned()),
            Some("cancelled") => Self::Cancelled,
            _ => panic!("no booking ends so here: {body}"),
        }
    }
}
