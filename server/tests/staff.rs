//! Staff: who they are, how they come in, and who is kept out.

mod administrators;
mod authority;
mod begun;
mod demo;
mod denied;
mod ended;
mod found;
mod hiring;
mod home;
mod invitations;
mod last;
mod lock_out;
mod overseen;
mod own;
mod passkeys;
mod roles;
mod second_person;
mod session_api;
mod sessions;
mod sign_in;
mod stopped_meanwhile;
mod switched_off;
mod void;
