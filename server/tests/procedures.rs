//! Applications that take their time.

pub mod desk;
mod drafts;
mod family;
mod files;
mod looks;
mod record;
mod rivals;
mod signing;
mod submitting;
mod times;
mod usual;
