//! Who asks for a code, and who types one.

use crate::keys::{Keys, token::new_id};
use crate::session::Session;

/// A browser, known again by the fingerprint of its session.
#[derive(Clone, PartialEq, Eq)]
pub struct Asker(String);

impl Asker {
    pub fn of(keys: &Keys, session: &Session) -> Self {
        Self(session.fingerprint(keys))
    }

    /// The browser that has a hold: whoever has its token or its session may type the codes that this browser asked for.
    pub(crate) fn of_hold(session: Option<&str>) -> Self {
        session.map_or_else(Self::unknown, |fingerprint| Self(fingerprint.to_owned()))
    }

    /// Somebody by whom nothing was asked for before.
    pub fn unknown() -> Self {
        Self(new_id())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Asker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asker(hidden)")
    }
}
