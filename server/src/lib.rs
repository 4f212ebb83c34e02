//! The office: SQL, REST API, sign-in, jobs, audit and notification. A library that never writes HTML.

pub mod clock;
pub mod database;
pub mod keys;
pub mod office;
pub mod settings;

pub use office::Office;
