//! Sections of a region's data, which each domain reads for itself.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// A section of a region's file that its domain cannot use.
#[derive(Debug, thiserror::Error)]
#[error("the region's data is damaged: {0}")]
pub struct Damaged(pub String);

/// Reads a domain's section.
pub fn section<T: DeserializeOwned>(section: &Json) -> Result<T, Damaged> {
    T::deserialize(section).map_err(|error| Damaged(error.to_string()))
}
