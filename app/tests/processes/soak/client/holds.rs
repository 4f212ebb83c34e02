//! Holding a time, keeping it longer, giving it back.

use serde_json::json;
use ureq::http::Method;

use super::{Client, MOST, WANTED};
use crate::processes::soak::acts::{Act, Came, EXTEND, HOLD, RELEASE};
use crate::processes::soak::caller::Call;

/// Extensions that the rule of the registry allows.
const EXTENSIONS: usize = 2;
/// How often an act is repeated until it is known what came of it.
const TRIES: usize = 3_000;

#[derive(Clone)]
pub struct Hold {
    pub id: String,
    pub token: String,
    pub starts_at: String,
    /// After how many jumps of the clock it was taken.
    jumps: usize,
    /// Nothing was done that may have ended it.
    sure: bool,
    /// How often it was extended for certain, and how often perhaps.
    extended: (usize, usize),
}

impl Hold {
    fn call(&self, method: Method, act: &str) -> Call {
        Call { method, ..Call::get(format!("/api/v1/holds/{}{act}", self.id)) }.with_token(&self.token)
    }

    pub fn is_doubtful(&mut self) {
        self.sure = false;
    }
}

impl Client<'_> {
    pub(super) fn take(&mut self) {
        if self.holds.len() >= MOST {
            return self.release();
        }
        let office = self.caller.office;
        let (jumps, wanted) = (office.jumps(), self.caller.draw.one_in(3));
        let slot = &office.slots[self.caller.draw.below(if wanted { WANTED } else { office.slots.len() })];
        let call = Call::post("/api/v1/holds").with_body(json!({ "slot_id": slot.id }));
        let (came, body) = self.caller.ask(&HOLD, &call);
        match came {
            Came::Done => {
                let text = |name: &str| body[name].as_str().unwrap().to_owned();
                let (id, token, starts_at) = (text("hold_id"), text("hold_token"), slot.starts_at.clone());
                // A browser that holds a place of this time keeps that one.
                if !self.holds.iter().any(|hold| hold.id == id) {
                    self.holds.push(Hold { id, token, starts_at, jumps, sure: true, extended: (0, 0) });
                }
            }
            Came::Refused("too_many_holds") => {
                assert!(self.caller.has_session(), "without a session nothing is counted");
            }
            _ => {}
        }
    }

    pub(super) fn extend(&mut self) {
        let Some(at) = Self::any(&mut self.caller.draw, &self.holds) else { return self.take() };
        let (came, body) = self.caller.ask(&EXTEND, &self.holds[at].call(Method::POST, "/extend"));
        let hold = &mut self.holds[at];
        let (least, most) = hold.extended;
        match came {
            Came::Done => {
                assert!(least < EXTENSIONS, "extended once more than the rule allows");
                hold.extended = (least + 1, most + 1);
                let left = usize::try_from(body["extensions_left"].as_u64().unwrap()).unwrap();
                assert!((least + 1..=most + 1).contains(&(EXTENSIONS - left)), "{least}, {most}: {body}");
            }
            Came::Refused("no_extension_left") => assert!(most >= EXTENSIONS, "refused after {most} extensions"),
            Came::Refused(_) => self.has_ended(at, &EXTEND),
            Came::Unknown => {
                hold.extended.1 += 1;
                hold.is_doubtful();
            }
            Came::Undone => {}
        }
    }

    pub(super) fn release(&mut self) {
        let Some(at) = Self::any(&mut self.caller.draw, &self.holds) else { return self.take() };
        self.release_one(at);
    }

    fn release_one(&mut self, at: usize) {
        let (came, _) = self.caller.ask(&RELEASE, &self.holds[at].call(Method::DELETE, ""));
        match came {
            Came::Done => drop(self.holds.swap_remove(at)),
            Came::Refused(_) => self.has_ended(at, &RELEASE),
            Came::Unknown => self.holds[at].is_doubtful(),
            Came::Undone => {}
        }
    }

    /// Gives back everything, until it is known to be given back.
    pub(super) fn give_back(&mut self) {
        for _ in 0..TRIES {
            if self.holds.is_empty() {
                return;
            }
            self.release_one(0);
        }
        panic!("a hold could not be given back");
    }

    /// A hold is gone: by the clock, or by something that was never answered, and by nothing else.
    pub(super) fn has_ended(&mut self, at: usize, act: &Act) {
        let hold = self.holds.swap_remove(at);
        let jumped = self.caller.office.jumps() > hold.jumps;
        assert!(jumped || !hold.sure, "{}: the hold {} is gone, and nobody ended it", act.name, hold.id);
    }

    /// Whoever has booked is given no time besides.
    pub(super) fn others_may_have_ended(&mut self) {
        if self.caller.has_session() {
            self.holds.iter_mut().for_each(Hold::is_doubtful);
        }
    }
}
