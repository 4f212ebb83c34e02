//! Which services this portal offers, and which department answers for each.

use std::{collections::BTreeMap, str::FromStr};

use super::SettingsError;

/// The services that are on, each with its owning department where one is named; all of them when nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Services(Option<BTreeMap<String, Option<String>>>);

impl Services {
    /// Whether a service is offered.
    pub fn offer(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|services| services.contains_key(name))
    }

    /// The department that answers for a service, as residents read it.
    pub fn department(&self, name: &str) -> Option<&str> {
        self.0.as_ref()?.get(name)?.as_deref()
    }

    /// Refuses what is the name of no service.
    pub fn check(&self, known: &[&str]) -> Result<(), SettingsError> {
        let mut names = self.0.iter().flat_map(BTreeMap::keys);
        match names.find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(SettingsError::UnknownService { name: name.clone(), known: known.join(", ") }),
            None => Ok(()),
        }
    }
}

impl FromStr for Services {
    type Err = String;

    /// Reads `marriage=南山区民政局,benefits`; an empty text is as good as none.
    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let mut services = BTreeMap::new();
        for entry in text.split(',') {
            let (name, department) = entry.split_once('=').unwrap_or((entry, ""));
            let (name, department) = (name.trim(), department.trim());
            if name.is_empty() {
                return Err("use `name` or `name=department`, separated by commas".to_owned());
            }
            let department = (!department.is_empty()).then(|| department.to_owned());
            if services.insert(name.to_owned(), department).is_some() {
                return Err(format!("`{name}` is named twice"));
            }
        }
        Ok(Self(Some(services)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Services {
        text.parse().unwrap()
    }

    #[test]
    fn without_a_word_every_service_is_on_and_no_department_is_named() {
        for all in [Services::default(), read(""), read("  ")] {
            assert!(all.offer("marriage") && all.offer("benefits"));
            assert_eq!(all.department("marriage"), None);
        }
    }

    #[test]
    fn only_what_is_named_is_on_and_may_name_its_department() {
        let services = read("marriage = 南山区民政局, ceremony");
        assert!(services.offer("marriage") && services.offer("ceremony") && !services.offer("benefits"));
        assert_eq!(services.department("marriage"), Some("南山区民政局"));
        assert_eq!((services.department("ceremony"), services.department("benefits")), (None, None));
    }

    #[test]
    fn an_unknown_name_is_refused_with_those_that_are_known() {
        let refused = read("marriage,benefit").check(&["marriage", "benefits"]).unwrap_err().to_string();
        assert!(refused.contains("`benefit`") && refused.contains("marriage, benefits"), "{refused}");
        assert_eq!(read("benefits=民政局").check(&["marriage", "benefits"]), Ok(()));
        assert_eq!(Services::default().check(&[]), Ok(()));
    }

    #[test]
    fn a_name_that_is_missing_or_stands_twice_is_refused() {
        for text in [",", "marriage,", "=民政局", "marriage,marriage=民政局"] {
            assert!(text.parse::<Services>().is_err(), "{text}");
        }
    }
}
