//! Applications that take their time.

pub mod files;
