//! Where a figure or a rule was read, so that the page can say so.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// A law, notice, press report or data set.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// As it is cited on the page, in the language of the source.
    pub title: String,
    /// The same for those who read English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// A public address, where there is one that residents may be sent to.
    #[serde(default)]
    pub url: Option<String>,
}

impl Source {
    /// A source that is only named.
    pub fn of(title: impl Into<String>) -> Self {
        Self { title: title.into(), title_en: None, url: None }
    }

    /// As it is cited to a reader of this language.
    pub fn cited(&self, locale: Locale) -> &str {
        match (locale, &self.title_en) {
            (Locale::En, Some(title)) => title,
            _ => &self.title,
        }
    }
}
