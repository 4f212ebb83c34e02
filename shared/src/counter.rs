//! The counter: what happens to a visit from its booking to its end.
//!
//! The counter knows no service: grounds of refusal and papers go by the names that a service gives them.

pub mod act;
pub mod ids;
pub mod outcome;
pub mod refusal;
pub mod state;
mod transitions;
pub mod visit;
mod words;

pub use act::{Act, ActName, Back, Elsewhere};
pub use ids::{CounterId, Ground, Paper, VisitId};
pub use outcome::{NoPapers, Outcome, Papers};
pub use refusal::Refusal;
pub use state::{StateName, VisitState};
pub use visit::{Step, UNDO_WITHIN, Visit};
