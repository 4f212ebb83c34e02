//! The REST API, as programs and islands use it.

mod applying;
mod authority;
mod bad_input;
mod codes;
mod document;
mod eligibility;
mod fuzz;
mod holds;
mod idempotency;
mod journey;
mod limits;
mod operations;
mod people;
mod procedures;
mod rows;
mod staff_day;
mod strangers;
