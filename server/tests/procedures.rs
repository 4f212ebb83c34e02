//! Applications that take their time.

mod alerts;
mod at_once;
pub mod desk;
mod drafts;
mod family;
mod faults;
mod figures;
mod files;
mod holidays;
mod keeping;
mod looks;
mod passing;
mod queues;
mod ratings;
mod record;
mod rivals;
mod signing;
mod submitting;
mod threshold;
mod times;
mod together;
mod usual;
mod ways;
mod years;
