//! What each subcommand does.

pub mod admin;
pub mod audit;
pub mod backup;
pub mod config;
pub mod files;
pub mod places;
pub mod policy;
pub mod restore;
pub mod serve;
mod unfinished;
pub mod upkeep;

/// Whatever ends a command; printed to the operator.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What a command has to say once its work is done.
pub type Said = Result<String, Failure>;
