//! The number on a certificate, such as a cremation proof (火化证明): each place has its own form, so only its signs are known.

use std::fmt;

use crate::field::{Asked, Reason};
use crate::identity::clean::number;

/// A number that is the same however it is typed: half-width, upper case, without spaces and dashes. `Debug` hides it.
///
/// One reward is paid for a set of ashes, which this number tells apart.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CertificateNumber(String);

impl CertificateNumber {
    /// In characters, spaces and dashes not counted.
    pub const LIMIT: usize = 40;

    /// The question for the number of a certificate.
    pub const ASKED: &'static Asked = &Asked::typed(
        "certificate_missing",
        ("请填写证明上的编号。", "Enter the number on the certificate."),
        ("编号", "number"),
    );

    /// Reads `深火字〔2026〕第 00123 号`, `ＳＺ２０２６－００１２３`.
    ///
    /// # Errors
    /// What to look at, in a sentence.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let compact = number(Self::ASKED, Self::LIMIT, text)?;
        let bare: String = compact
            .chars()
            .filter(|sign| sign.is_alphanumeric())
            .filter(|sign| !matches!(sign, '第' | '号'))
            .flat_map(char::to_uppercase)
            .collect();
        if !bare.chars().any(|sign| sign.is_ascii_digit()) {
            return Err(Reason::own(
                "certificate_digits",
                "证明编号里应该有数字，请对照证明再看一遍。",
                "The number of a certificate has digits. Please compare it with the paper.",
            ));
        }
        Ok(Self(bare))
    }

    /// The one form, for encryption and the blind index.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CertificateNumber(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        CertificateNumber::parse(text).unwrap().as_str().to_owned()
    }

    #[test]
    fn one_number_has_one_form_however_it_is_typed() {
        for text in ["SZ2026-00123", "ｓｚ２０２６－００１２３", " sz 2026 00123 ", "编号：SZ2026-00123"]
        {
            assert_eq!(read(text), "SZ202600123", "{text}");
        }
        assert_eq!(read("深火字〔2026〕第 00123 号"), read("深火字(2026)00123号"));
        assert_ne!(read("SZ2026-00123"), read("SZ2026-00124"));
    }

    #[test]
    fn what_cannot_be_a_number_is_asked_for_again() {
        for (text, code) in [("", "certificate_missing"), ("没有", "certificate_digits")] {
            assert_eq!(CertificateNumber::parse(text).unwrap_err().code(), code);
        }
    }
}
