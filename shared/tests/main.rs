//! All tests of what both sides share from outside, in one program.

#![cfg_attr(
    any(feature = "compile", feature = "keys"),
    expect(clippy::unwrap_used, reason = "a test that cannot go on says so")
)]

mod appointment_state;
mod bad_input;
mod calendar;
mod calling;
#[cfg(feature = "compile")]
mod compile;
#[cfg(feature = "compile")]
mod deciding;
mod marriage_check;
#[cfg(all(feature = "compile", feature = "invented"))]
mod packs;
mod reasons;
#[cfg(feature = "keys")]
mod search;
mod staff_roles;
mod together;
#[cfg(all(feature = "compile", feature = "invented"))]
mod told_answers;
mod visit_lives;
mod visit_table;
mod wire_names;
