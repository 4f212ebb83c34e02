//! Words that are the same for all registries, but for those that have their own: a bureau of a city answers for registries whose
//! organs, governments and courts are a district's.

use std::{collections::BTreeMap, str::FromStr};

use shared::places::PlaceId;
use shared::staff::OfficeId;

/// What holds everywhere, and what instead of it at some places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerRegistry {
    everywhere: Option<String>,
    own: BTreeMap<PlaceId, String>,
}

impl PerRegistry {
    /// The words of a registry: its own, else those of the office that it belongs to, else what holds everywhere.
    pub fn of(&self, registry: &PlaceId, office: &OfficeId) -> Option<&str> {
        let of_office = || self.own.iter().find(|(id, _)| id.as_str() == office.as_str()).map(|(_, words)| words);
        self.own.get(registry).or_else(of_office).or(self.everywhere.as_ref()).map(String::as_str)
    }

    /// Whether every registry has some, whatever places are added.
    pub(super) fn is_whole(&self) -> bool {
        self.everywhere.is_some()
    }

    /// The registries that have their own.
    pub(super) fn named(&self) -> impl Iterator<Item = &PlaceId> {
        self.own.keys()
    }
}

impl FromStr for PerRegistry {
    type Err = String;

    /// Reads `深圳市人民政府; nanshan=南山区人民政府`; an empty text is as good as none.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut read = Self::default();
        for part in text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()) {
            let Some((registry, words)) = part.split_once('=') else {
                if let Some(before) = read.everywhere.replace(part.to_owned()) {
                    return Err(format!(
                        "`{before}` and `{part}` are both for every registry; write `registry=words` for one"
                    ));
                }
                continue;
            };
            let (registry, words) = (registry.trim(), words.trim());
            let id = PlaceId::parse(registry).map_err(|_| format!("`{registry}` is no id of a registry"))?;
            if words.is_empty() {
                return Err(format!("nothing is said for `{registry}`"));
            }
            if read.own.insert(id, words.to_owned()).is_some() {
                return Err(format!("`{registry}` is named twice"));
            }
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> PerRegistry {
        text.parse().unwrap()
    }

    fn of<'a>(words: &'a PerRegistry, registry: &str, office: &str) -> Option<&'a str> {
        words.of(&PlaceId::parse(registry).unwrap(), &OfficeId::parse(office).unwrap())
    }

    #[test]
    fn a_registry_has_its_own_words_or_those_of_what_it_belongs_to_or_those_of_all() {
        let words = read("演示市人民政府; demo-hill = 演示区人民政府；demo-bay=海湾区人民政府;");
        assert_eq!(of(&words, "demo-hill", "demo-hill"), Some("演示区人民政府"));
        assert_eq!(of(&words, "demo-bay", "demo-hill"), Some("海湾区人民政府"), "its own before its office's");
        assert_eq!(of(&words, "demo-hall", "demo-hill"), Some("演示区人民政府"), "a room of that registry");
        assert_eq!(of(&words, "nanshan", "nanshan"), Some("演示市人民政府"));
        assert_eq!(of(&read("demo-bay=海湾区人民政府"), "nanshan", "nanshan"), None);
        for nothing in ["", "  ", " ; "] {
            assert_eq!(read(nothing), PerRegistry::default());
        }
    }

    #[test]
    fn what_names_no_registry_or_says_nothing_for_it_or_two_things_is_refused() {
        for (text, why) in [
            ("甲; 乙", "both for every registry"),
            ("甲; Nan Shan=乙", "`Nan Shan` is no id"),
            ("甲; =乙", "is no id"),
            ("甲; nanshan= ", "nothing is said for `nanshan`"),
            ("nanshan=甲; nanshan=乙", "named twice"),
        ] {
            let refused = text.parse::<PerRegistry>().unwrap_err();
            assert!(refused.contains(why), "{text}: {refused}");
        }
    }
}
