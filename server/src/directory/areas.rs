//! Streets and communities in English: a list names them in Chinese alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::demo;

static NAMES: LazyLock<BTreeMap<String, String>> = LazyLock::new(demo::areas_in_english);

/// `Yuehai Street` of 440305007; nothing where nobody has written it down.
pub fn in_english(code: &str) -> Option<&'static str> {
    NAMES.get(code).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_called_in_english_as_the_stations_there_are() {
        assert_eq!(in_english("440305007"), Some("Yuehai Street"));
        assert_eq!(in_english("440305007004"), Some("Shenzhen University Community"));
        assert_eq!(in_english("990000001"), None);
        assert!(NAMES.len() > 50 && NAMES.values().all(|name| name.is_ascii()), "{:?}", *NAMES);
    }
}
