//! What lists have in Chinese alone, in English: streets and communities, and where something was read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

const ENGLISH: &str = include_str!("../../regions/english.toml");

static NAMES: LazyLock<Names> = LazyLock::new(|| toml::from_str(ENGLISH).expect("English names of the program"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    /// By what is written in Chinese.
    sources: BTreeMap<String, String>,
    /// By code.
    areas: BTreeMap<String, String>,
}

/// `Yuehai Street` of 440305007; nothing where nobody has written it down.
pub fn area(code: &str) -> Option<&'static str> {
    NAMES.areas.get(code).map(String::as_str)
}

/// Where something was read, or who confirmed it; nothing of what others wrote.
pub fn source(text: &str) -> Option<&'static str> {
    NAMES.sources.get(text).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_called_in_english_as_the_stations_there_are() {
        assert_eq!(area("440305007"), Some("Yuehai Street"));
        assert_eq!(area("440305007004"), Some("Shenzhen University Community"));
        assert_eq!(area("990000001"), None);
        assert!(NAMES.areas.len() > 50 && NAMES.areas.values().all(|name| name.is_ascii()), "{:?}", NAMES.areas);
    }

    #[test]
    fn what_somebody_else_wrote_has_no_english_words() {
        assert_eq!(source("演示区民政局"), None);
        assert!(NAMES.sources.values().all(|words| words.is_ascii() && !words.is_empty()), "{:?}", NAMES.sources);
    }
}
