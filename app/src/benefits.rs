//! The benefit check: drawn by the server for browsers without scripts, and run whole in the browser by a module of
//! its own, so that no answer leaves the page.

pub mod answered;
pub mod answers;
mod boxes;
pub mod card;
mod cited;
mod clean;
mod coming;
pub mod compare;
mod doubts;
pub mod draw;
pub mod go;
pub mod heading;
mod kept;
mod ladder;
mod overview;
pub mod page;
pub mod people;
mod question;
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
mod who;

#[cfg(feature = "check")]
pub mod browser;

#[cfg(test)]
mod walk;
