//! Places that residents look for.

mod again;
mod changes;
mod files;
mod found;
mod import;
mod kept;
mod kinds;
mod layouts;
mod meanwhile;
mod reports;
mod round_trip;
mod rows;
mod rules;
mod said;
mod speaks_for;
mod whole;
