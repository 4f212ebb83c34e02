//! Places that residents look for.

mod again;
mod changes;
mod files;
mod found;
mod import;
mod kinds;
mod reports;
mod rules;
mod whole;
