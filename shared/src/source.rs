//! Where a figure or a rule was read, so that the page can say so.

use serde::{Deserialize, Serialize};

/// A law, notice, press report or data set.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// As it is cited on the page, in the language of the source.
    pub title: String,
    /// A public address, where there is one that residents may be sent to.
    #[serde(default)]
    pub url: Option<String>,
}
