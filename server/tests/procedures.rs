//! Applications that take their time.

pub mod desk;
mod drafts;
mod family;
mod figures;
mod files;
mod looks;
mod ratings;
mod record;
mod rivals;
mod signing;
mod submitting;
mod times;
mod together;
mod usual;
