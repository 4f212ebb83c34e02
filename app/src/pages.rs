//! One page a file, named after its URL.

pub mod accessibility;
pub mod components;
pub mod home;
pub mod marriage;
pub mod preferences;
pub mod privacy;
