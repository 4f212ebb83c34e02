//! The benefit check: drawn by the server for browsers without scripts, and run whole in the browser by a module of
//! its own, so that no answer leaves the page.

pub mod answered;
pub mod answers;
mod boxes;
mod cited;
mod clean;
mod coming;
mod compare;
mod doubts;
pub mod draw;
pub mod go;
pub mod groups;
pub mod heading;
mod kept;
mod lacking;
mod ladder;
mod offices;
mod one_question;
pub mod page;
mod parts;
pub mod people;
mod question;
pub mod questions;
mod reasons;
pub mod region;
pub mod result;
mod row;
pub mod rule;
pub mod scene;
pub mod screen;
mod settle;
pub mod short;
pub mod source;
pub mod start;
pub mod status;
mod sums;
mod take;
mod way;
mod who;

#[cfg(feature = "check")]
pub mod browser;

#[cfg(test)]
mod walk;
