//! What codes to phones are for.

/// What a code is for; it proves nothing for anything else.
#[derive(Clone, Copy, Debug)]
pub struct Purpose<'a> {
    /// The service's name.
    pub name: &'a str,
    /// In both languages, as it reads before "appointment", such as `结婚登记` and `marriage registration`.
    pub words: [&'a str; 2],
    pub family: Family,
}

/// What whoever has the code is about to do. Each family has codes, waits and allowances of its own: whether one of them
/// was sent a code is not told by the answers of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// To hold a time or to book it.
    Booking,
    /// To open a booking that was made.
    Finding,
    /// To go on with a draft, or to look after a case.
    Case,
}

impl Purpose<'_> {
    /// As the database keeps it.
    pub(super) fn key(&self) -> String {
        match self.family {
            Family::Booking => self.name.to_owned(),
            Family::Finding => format!("find:{}", self.name),
            Family::Case => format!("case:{}", self.name),
        }
    }
}
