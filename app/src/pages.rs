//! One page a file, named after its URL.

pub mod accessibility;
pub mod benefits;
pub mod components;
pub mod demo;
pub mod home;
pub mod marriage;
pub mod preferences;
pub mod privacy;
