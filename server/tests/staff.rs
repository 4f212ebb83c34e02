//! Staff: who they are, how they come in, and who is kept out.

mod invitations;
mod lock_out;
pub mod people;
mod roles;
mod sessions;
mod sign_in;
