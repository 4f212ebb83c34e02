//! The benefit check: drawn by the server for browsers without scripts, and run whole in the browser by a module of
//! its own, so that no answer leaves the page.

pub mod answered;
pub mod answers;
pub mod card;
mod cited;
mod clean;
mod coming;
pub mod compare;
mod doubts;
pub mod draw;
pub mod go;
mod ladder;
mod overview;
pub mod page;
pub mod people;
pub mod questions;
pub mod region;
pub mod result;
pub mod scene;
pub mod screen;
mod settle;
pub mod source;
pub mod start;
pub mod status;
mod take;

#[cfg(feature = "check")]
pub mod browser;
