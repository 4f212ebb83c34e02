//! The six digits that prove a phone is in the resident's hand.

use std::fmt;

use super::clean::compact;
use crate::field::{Asked, Reason};

/// Six digits as typed; whether they are the right ones only the server knows. `Debug` hides them.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneCode(String);

impl PhoneCode {
    /// In digits.
    pub const LENGTH: usize = 6;

    pub fn parse(text: &str) -> Result<Self, Reason> {
        match compact(Asked::PhoneCode, Self::LENGTH, text) {
            Ok(code) if code.len() == Self::LENGTH && code.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Self(code)),
            // Too long or too short is one thing to the resident: not the six digits.
            Ok(_) | Err(Reason::TooLong { .. }) => Err(Reason::CodeShape),
            Err(reason) => Err(reason),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PhoneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn six_digits_are_taken_however_they_are_typed() {
        for typed in ["012345", "012 345", "０１２３４５", "012-345\u{200b}"] {
            assert_eq!(PhoneCode::parse(typed).unwrap().as_str(), "012345");
        }
    }

    #[test]
    fn anything_else_asks_for_six_digits() {
        for typed in ["12345", "1234567", "12345a", "一二三四五六", "😀😀😀😀😀😀"] {
            assert_eq!(PhoneCode::parse(typed), Err(Reason::CodeShape), "{typed}");
        }
        assert_eq!(PhoneCode::parse(&"1".repeat(1_000_000)), Err(Reason::CodeShape));
        assert_eq!(PhoneCode::parse(" "), Err(Reason::Missing(Asked::PhoneCode)));
        assert_eq!(PhoneCode::parse("12345\0"), Err(Reason::ControlCharacter));
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in any::<String>()) {
            let _ = PhoneCode::parse(&text);
        }
    }
}
