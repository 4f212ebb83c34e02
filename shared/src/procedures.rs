//! Applications that take their time: a case with its states and acts, the clock that runs over it, and who may do what to it.

pub mod act;
pub mod case;
pub mod check;
pub mod clock;
#[cfg(feature = "compile")]
pub mod compile;
pub mod decision;
pub mod definition;
pub mod file;
pub mod form;
pub mod id;
pub mod letter;
pub mod message;
pub mod once;
pub mod rating;
pub mod refusal;
pub mod state;
pub mod told;
pub mod value;

pub use act::{Act, ActName, Actor};
pub use case::{Case, Past};
pub use check::Checked;
pub use clock::{Alert, Clock, Pause};
pub use decision::Decision;
pub use definition::{Field, FieldKind, Payee, Procedure, Route, Step};
pub use file::{FileId, FileKind, NotTaken};
pub use form::{Typed, Value, Values};
pub use id::{CaseId, CaseReference, DraftId, DraftToken};
pub use once::Once;
pub use rating::{Complaint, Grade, Rating};
pub use refusal::Refusal;
pub use state::{Outcome, Proposal, State, StateName};
pub use told::Until;
pub use value::{BankAccount, CertificateNumber};
