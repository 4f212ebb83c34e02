//! Staff: people, their accounts and roles, and how they prove who they are.
//!
//! A sign-in takes a password and a code. Tries are paid for before a password is hashed: from a browser that the account
//! was signed in with before out of that browser's own purse, from everywhere else out of one that all share, so that
//! nobody keeps anybody out of their own machine; out of neither are there more than ten in an hour.

pub mod account;
pub mod authority;
pub mod begun;
pub(crate) mod budget;
mod confirmed;
pub mod confirming;
pub mod demo;
pub mod denied;
mod device;
pub mod domain;
mod ended;
pub mod found;
pub mod giving;
pub mod guard;
pub mod hiring;
mod home;
pub mod invitation;
pub mod last;
pub mod letting_in;
pub mod managing;
pub mod own;
pub mod passkey;
pub mod password;
pub mod people;
pub mod proposal;
mod prove;
mod record;
mod recovery;
pub mod roles;
pub mod scopes;
pub mod session;
pub mod sign_in;
mod standing;
pub(crate) mod stopped;
pub mod token;
pub mod totp;
mod unused;

use shared::problem::Problem;
use shared::staff::Refusal;

use crate::error::Error;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Problem(Problem::from(refusal))
    }
}
