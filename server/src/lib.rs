//! The server: SQL, REST API, sign-in, jobs, audit and notification. A library that never writes HTML.

pub mod api;
pub mod app;
pub mod appointments;
pub mod audit;
pub mod case_officers;
pub mod ceremony;
pub mod client;
pub mod clock;
pub mod connections;
pub mod counter;
pub mod database;
pub mod demo;
pub mod directory;
pub mod domain;
pub mod domains;
pub mod drafts;
pub mod error;
pub mod even_time;
pub mod files;
pub mod generation;
pub mod identity_check;
pub mod in_hand;
pub mod in_time;
pub mod jobs;
pub mod keys;
pub mod limits;
pub mod marriage;
pub mod notices;
pub mod observe;
pub mod open;
pub mod outbox;
pub mod phone_codes;
pub mod places;
pub mod policy;
pub mod procedures;
pub mod region;
pub mod rejection;
pub mod route;
pub mod session;
pub mod settings;
pub mod staff;
pub mod stamped;

/// How long one request may take, the reading of its body included.
pub const LONGEST_REQUEST: std::time::Duration = std::time::Duration::from_secs(20);
/// The same for one that brings photographs or other files, over a slow telephone.
pub const LONGEST_UPLOAD: std::time::Duration = std::time::Duration::from_mins(3);

pub use app::App;
pub use error::Error;
pub use rejection::Rejection;
