//! Staff: who they are, how they come in, and who is kept out.

mod administrators;
mod authority;
mod demo;
mod found;
mod hiring;
mod invitations;
mod lock_out;
mod own;
mod passkeys;
mod roles;
mod session_api;
mod sessions;
mod sign_in;
