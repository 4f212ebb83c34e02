//! Looking after a booking: showing, moving, cancelling, looking it up.

use serde_json::json;
use shared::invented;

use super::{COUPLES, Client};
use crate::processes::soak::acts::{CANCEL, Came, FORGE, LOOK_UP, MOVE, SHOW};
use crate::processes::soak::booking::Standing;
use crate::processes::soak::caller::Call;

/// What one booking is moved within an hour, at most.
const MOVES_AN_HOUR: usize = 4;

impl Client<'_> {
    pub(super) fn show(&mut self) {
        let Some(at) = Self::any(&mut self.caller.draw, &self.bookings) else { return self.take() };
        let forged = self.caller.draw.one_in(6);
        let booking = &mut self.bookings[at];
        let call = Call::get(booking.path(""));
        if forged {
            let token: String = booking.token.chars().rev().collect();
            let (came, body) = self.caller.ask(&FORGE, &call.with_token(&token));
            assert_ne!(came, Came::Done, "a forged token opened {body}");
            return;
        }
        let (came, body) = self.caller.ask(&SHOW, &call.with_token(&booking.token));
        if came == Came::Done {
            booking.is_seen(Standing::read(&body));
        }
    }

    pub(super) fn reschedule(&mut self) {
        let draw = &mut self.caller.draw;
        let (at, to) = (Self::any(draw, &self.bookings), Self::any(draw, &self.holds));
        let (Some(at), Some(to)) = (at, to) else { return self.take() };
        let (booking, hold) = (&mut self.bookings[at], self.holds[to].clone());
        let target = json!({ "hold_id": hold.id, "hold_token": hold.token });
        let call = Call::post(booking.path("/reschedule")).with_token(&booking.token).with_body(target);
        let there = Standing::Booked(hold.starts_at);
        let (came, body) = self.caller.ask(&MOVE, &call);
        if matches!(came, Came::Done | Came::Unknown) {
            booking.moves_asked += 1;
        }
        match came {
            Came::Done => {
                assert!(booking.may_stand(), "{} was moved, and is cancelled", booking.reference);
                assert_eq!(Standing::read(&body), there, "moved elsewhere");
                booking.is_now(there.clone());
                self.holds.swap_remove(to);
                if self.caller.draw.one_in(4) {
                    let (again, body) = self.caller.ask(&MOVE, &call);
                    assert!(!matches!(again, Came::Refused(_)), "the same move was refused: {body}");
                }
            }
            Came::Refused("same_time") => assert!(booking.may_be(&there), "{}: {body}", booking.reference),
            Came::Refused("moved_often") => {
                assert!(booking.moves_asked >= MOVES_AN_HOUR, "refused after {} moves", booking.moves_asked);
            }
            Came::Refused("booking_ended") => self.is_cancelled(at),
            Came::Refused(_) => self.has_ended(to, &MOVE),
            Came::Unknown => {
                booking.may_become(there);
                self.holds[to].is_doubtful();
            }
            Came::Undone => {}
        }
    }

    pub(super) fn cancel(&mut self) {
        let Some(at) = Self::any(&mut self.caller.draw, &self.bookings) else { return self.take() };
        let booking = &mut self.bookings[at];
        let call = Call::post(booking.path("/cancel")).with_token(&booking.token);
        let (came, body) = self.caller.ask(&CANCEL, &call);
        match came {
            Came::Done => {
                assert!(booking.may_stand(), "{} was cancelled twice", booking.reference);
                assert_eq!(Standing::read(&body), Standing::Cancelled);
                booking.is_now(Standing::Cancelled);
                self.past.push(self.bookings.swap_remove(at));
            }
            Came::Refused(_) => self.is_cancelled(at),
            Came::Unknown => booking.may_become(Standing::Cancelled),
            Came::Undone => {}
        }
    }

    /// Told that it has ended, which only an earlier act without an answer can have done.
    fn is_cancelled(&mut self, at: usize) {
        let mut booking = self.bookings.swap_remove(at);
        booking.is_seen(Standing::Cancelled);
        self.past.push(booking);
    }

    /// With the right phone or a stranger's: the answer is the same.
    pub(super) fn look_up(&mut self) {
        let Some(at) = Self::any(&mut self.caller.draw, &self.bookings) else { return self.take() };
        let stranger = self.caller.draw.one_in(2);
        let booking = &self.bookings[at];
        let [person, _] = invented::couple(booking.couple + if stranger { COUPLES } else { 0 });
        let form = format!("reference={}&phone={}", booking.reference, person.phone);
        self.caller.ask(&LOOK_UP, &Call { form: Some(form), ..Call::post("/marriage/bookings") });
    }
}
