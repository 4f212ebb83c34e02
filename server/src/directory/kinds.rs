//! The kinds of places, from the files in `server/kinds`: another kind is another file.

use std::sync::LazyLock;

use shared::directory::Kind;

/// What every kind's columns are called in public lists, beside what its own file adds.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/kinds.rs"));

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| FILES.iter().map(|(name, text)| read(name, text)).collect());

/// All kinds, by the names of their files.
pub fn all() -> &'static [Kind] {
    &KINDS
}

/// The kind of this name.
pub fn kind(id: &str) -> Option<&'static Kind> {
    all().iter().find(|kind| kind.id == id)
}

/// # Panics
/// Where a file of the program is no kind, which a test finds.
fn read(name: &str, text: &str) -> Kind {
    let kind: Kind = toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    kind.check().unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(Some(kind.id.as_str()), name.strip_suffix(".toml"), "a kind is named like its file");
    kind
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_is_a_kind_with_pages_of_its_own() {
        let paths: BTreeSet<_> = all().iter().map(|kind| kind.path.as_str()).collect();
        assert_eq!(paths.len(), all().len());
        assert_eq!(kind("elderly_station").map(|kind| kind.tiers.len()), Some(3));
        assert_eq!(kind("elderly_station").map(|kind| kind.services.len()), Some(9));
        assert!(kind("marriage_registry").is_some_and(|kind| kind.tiers.is_empty()));
        assert!(kind("cinema").is_none());
    }
}
