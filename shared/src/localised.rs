//! A sentence that is data: it comes from a pack or is computed, in both languages of the portal.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;

/// The same words in Chinese and in English.
///
/// Text that stands in code is written with `Locale::say`; this type is for words that travel,
/// such as the name of a holiday or the note beside a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Localised {
    pub zh: String,
    pub en: String,
}

impl Localised {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The words in one language.
    pub fn say(&self, locale: Locale) -> &str {
        locale.say(&self.zh, &self.en)
    }
}
