//! Sections of a region's data, which each domain reads for itself.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// What a demo region is made of beside its file: the division code of the region, and the day from which invented days are counted,
/// on which it is made or started again.
#[derive(Clone, Copy, Debug)]
pub struct Founding<'a> {
    pub code: &'a str,
    pub today: NaiveDate,
}

/// A section of a region's file that its domain cannot use.
#[derive(Debug, thiserror::Error)]
#[error("the region's data is damaged: {0}")]
pub struct Damaged(pub String);

/// Reads a domain's section.
pub fn section<T: DeserializeOwned>(section: &Json) -> Result<T, Damaged> {
    T::deserialize(section).map_err(|error| Damaged(error.to_string()))
}
