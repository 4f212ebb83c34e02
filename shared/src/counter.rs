//! The counter: what happens to a visit from its booking to its end.
//!
//! The counter knows no service: grounds of refusal and papers go by the names that a service gives them.

pub mod act;
pub mod bound;
pub mod calling;
pub mod ended;
pub mod ids;
pub mod look;
pub mod more;
pub mod outcome;
pub mod paper;
pub mod reason;
pub mod refusal;
pub mod screen;
pub mod state;
mod transitions;
pub mod visit;
pub mod window;
mod words;

pub use crate::plain_words::PlainWords as Reason;
pub use act::{Act, ActName, Back, Elsewhere};
pub use calling::{CallingOrder, CallingRule, Coming, Standing, Timeliness, Why};
pub use ended::Ended;
pub use ids::{CounterId, Ground, Paper, Press, VisitId};
pub use look::{LookPurpose, PersonalDetail, Seen, UnmaskReason};
pub use outcome::{NoPapers, Outcome, Papers};
pub use reason::First;
pub use refusal::Refusal;
pub use state::{StateName, VisitState};
pub use visit::{Done, Kept, Step, UNDO_WITHIN, Visit};
pub use window::{CounterName, CounterState, InvalidCounterName};
