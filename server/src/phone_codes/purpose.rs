//! What codes to phones are for.

/// What a code is for; it proves nothing for anything else.
#[derive(Clone, Copy, Debug)]
pub struct Purpose<'a> {
    pub name: &'a str,
    /// In both languages, as it reads before "appointment", such as `结婚登记` and `marriage registration`.
    pub words: [&'a str; 2],
}
