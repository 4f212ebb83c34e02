//! The hall: who is called where, in which order, and what becomes of a day.

mod acts;
mod arriving;
mod authority;
mod changes;
mod closing;
mod counters;
mod demo_day;
pub mod hall;
mod handing;
mod mixture;
mod next;
mod office;
mod online;
mod paper;
mod paper_day;
mod presses;
mod race;
mod record;
mod screens;
mod search;
mod shown;
mod tickets;
mod undo;
