//! Applications that take their time: a case with its states and acts, the clock that runs over it, and who may do what to it.

pub mod act;
pub mod case;
pub mod clock;
#[cfg(feature = "compile")]
pub mod compile;
pub mod definition;
pub mod file;
pub mod form;
pub mod id;
pub mod refusal;
pub mod state;
pub mod value;

pub use act::{Act, ActName, Actor};
pub use case::Case;
pub use clock::{Alert, Clock, Pause};
pub use definition::{Field, FieldKind, Payee, Procedure, Step};
pub use file::{FileId, FileKind, NotTaken};
pub use form::{Typed, Value, Values};
pub use id::{CaseId, DraftId};
pub use refusal::Refusal;
pub use state::{Outcome, Proposal, State, StateName};
pub use value::{BankAccount, CertificateNumber};
