//! The hall: who is called where, in which order, and what becomes of a day.

mod acts;
mod apart;
mod arriving;
mod authority;
mod changes;
mod closing;
mod counters;
mod demo_day;
mod disowned;
pub mod hall;
mod handing;
mod looks;
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
