//! Who works at the portal and what they may do: roles with a place and a time, and rights that follow from them.

pub mod account;
pub mod grant;
pub mod ids;
pub mod password;
pub mod refusal;
pub mod right;
pub mod role;
pub mod scope;

pub use account::AccountName;
pub use grant::{Grant, GrantedBy, NewGrant, allowed_by, check_new};
pub use ids::{OfficeId, OrganisationId, StaffId};
pub use password::{NewPassword, PasswordReason};
pub use refusal::Refusal;
pub use right::Right;
pub use role::Role;
pub use scope::{Scope, Whereabouts};
