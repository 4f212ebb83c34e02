//! The office: SQL, REST API, sign-in, jobs, audit and notification. A library that never writes HTML.

pub mod api;
pub mod appointments;
pub mod audit;
pub mod client;
pub mod clock;
pub mod database;
pub mod fault;
pub mod jobs;
pub mod keys;
pub mod limits;
pub mod marriage;
pub mod observe;
pub mod office;
pub mod outbox;
pub mod policy;
pub mod region;
pub mod remembered;
pub mod session;
pub mod settings;

pub use fault::Fault;
pub use office::Office;
