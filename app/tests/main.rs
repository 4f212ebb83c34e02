//! All tests of the counter window from outside, in one program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod contrast;
mod house_rules;
mod journeys;
mod matrix;
mod processes;
mod sheets;
mod strangers;
mod together;
