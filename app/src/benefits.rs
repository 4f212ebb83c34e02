//! The benefit check: drawn by the server for browsers without scripts, and run whole in the browser by a module of
//! its own, so that no answer leaves the page.

pub mod answered;
pub mod card;
mod cited;
mod coming;
pub mod compare;
pub mod draw;
pub mod event;
pub mod page;
pub mod people;
pub mod place;
pub mod questions;
pub mod result;
mod settle;
pub mod sheet;
pub mod source;
pub mod start;
pub mod status;
pub mod turn;

#[cfg(feature = "check")]
pub mod browser;
