//! What clients do, and the closed list of what may come of each act.

/// One kind of act: its name, and the answers that it allows besides a server that is away.
pub struct Act {
    pub name: &'static str,
    success: u16,
    refusals: &'static [(u16, &'static str)],
    /// Whether a server that is away may leave open what became of it.
    changes: bool,
}

/// What came of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Done,
    /// With the problem's code.
    Refused(&'static str),
    /// The server was away and said that nothing was done.
    Undone,
    /// No answer came, or one that says that nobody knows.
    Unknown,
}

const EXPIRED: (u16, &str) = (410, "hold_expired");
const ENDED: (u16, &str) = (409, "booking_ended");
const MISMATCH: (u16, &str) = (422, "idempotency_mismatch");

pub const LIST: Act = Act { name: "list", success: 200, refusals: &[], changes: false };
pub const HOLD: Act =
    Act { name: "hold", success: 201, refusals: &[(409, "slot_full"), (409, "too_many_holds")], changes: true };
pub const EXTEND: Act =
    Act { name: "extend", success: 200, refusals: &[(409, "no_extension_left"), EXPIRED], changes: true };
pub const RELEASE: Act = Act { name: "release", success: 204, refusals: &[EXPIRED], changes: true };
pub const BOOK: Act = Act { name: "book", success: 201, refusals: &[(409, "already_booked"), EXPIRED], changes: true };
pub const REPEAT: Act = Act { name: "book again", success: 201, refusals: &[ENDED], changes: true };
pub const MISUSE: Act = Act { name: "book others with the key", success: 201, refusals: &[MISMATCH], changes: true };
pub const MOVE: Act = Act {
    name: "move",
    success: 200,
    refusals: &[(409, "same_time"), (429, "moved_often"), ENDED, EXPIRED],
    changes: true,
};
pub const CANCEL: Act = Act { name: "cancel", success: 200, refusals: &[ENDED], changes: true };
pub const SHOW: Act = Act { name: "show", success: 200, refusals: &[], changes: false };
pub const FORGE: Act = Act { name: "show, forged", success: 200, refusals: &[(401, "unauthorized")], changes: false };
pub const LOOK_UP: Act = Act { name: "look up", success: 303, refusals: &[(503, "")], changes: true };

impl Act {
    /// What an answer means; the test fails for one that the act does not allow.
    pub fn came(&self, status: u16, code: &str) -> Came {
        if status == self.success {
            return Came::Done;
        }
        match (status, code) {
            (503, "busy" | "unavailable") => return Came::Undone,
            (503, "unanswered") if self.changes => return Came::Unknown,
            _ => {}
        }
        let refusal = self.refusals.iter().find(|refusal| **refusal == (status, code));
        let (_, code) = refusal.unwrap_or_else(|| panic!("{} was answered with {status} {code}", self.name));
        Came::Refused(code)
    }
}
