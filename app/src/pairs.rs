//! The names and values of a query or a form.

/// In order, each name as often as it was sent.
pub type Pairs = Vec<(String, String)>;

/// The last value of a name.
#[cfg(feature = "ssr")]
pub fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().rfind(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
