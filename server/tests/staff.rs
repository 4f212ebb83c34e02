//! Staff: who they are, how they come in, and who is kept out.

mod authority;
mod demo;
mod found;
mod invitations;
mod lock_out;
mod passkeys;
mod roles;
mod session_api;
mod sessions;
mod sign_in;
