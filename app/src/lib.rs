//! The counter window.

#[cfg(feature = "ssr")]
pub mod assets;
