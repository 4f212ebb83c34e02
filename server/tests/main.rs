//! All tests of the server from outside, in one program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use testhouse as support;

mod api;
mod audit;
mod clock;
mod closure;
mod counter;
mod directory;
mod domains;
mod drafts;
mod gateway;
mod given_up;
mod identities;
mod invariants;
mod keys;
mod notices;
mod procedures;
mod promises;
mod race;
mod release;
mod returning;
mod schema;
mod secrecy;
mod services;
mod staff;
mod test_apps;
mod together;
mod upgrade;
mod writer;
