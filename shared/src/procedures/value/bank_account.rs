//! The account that money goes to.

use std::fmt;

use crate::field::{Asked, Reason};
use crate::identity::clean::number;

/// A card or passbook number of a mainland bank. `Debug` hides it.
///
/// Cards that begin with 62 are those of China's own network and have 16 to 19 digits, the last of which checks the others (GB/T 14504,
/// ISO/IEC 7812-1 annex B). Passbooks have numbers of their banks' own, of which only the length is known.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BankAccount(String);

impl BankAccount {
    /// In characters, spaces and dashes not counted.
    pub const LIMIT: usize = 40;

    /// The question for an account.
    pub const ASKED: &'static Asked = &Asked::typed(
        "account_missing",
        ("请填写银行卡号，在卡的正面。", "Enter the card number, which is on the front of the card."),
        ("银行账号", "account number"),
    );

    /// Reads `6222 0212 3456 7890 128` and what else people type or paste.
    ///
    /// # Errors
    /// What to look at, in a sentence.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let digits = number(Self::ASKED, Self::LIMIT, text)?;
        if digits.bytes().any(|byte| !byte.is_ascii_digit()) {
            return Err(Reason::own(
                "account_character",
                "银行账号只有数字，请对照银行卡再看一遍。",
                "An account number has digits alone. Please compare it with the card.",
            ));
        }
        let is_card = digits.starts_with("62");
        if (is_card && !(16..=19).contains(&digits.len())) || !(8..=32).contains(&digits.len()) {
            return Err(Reason::own(
                "account_length",
                format!("银行卡号一般是 16 到 19 位，您填了 {} 位。请对照银行卡再看一遍。", digits.len()),
                format!(
                    "A card number has 16 to 19 digits, and this has {}. Please compare it with the card.",
                    digits.len()
                ),
            ));
        }
        if is_card && !checks(&digits) {
            return Err(Reason::own(
                "account_check",
                "这个卡号里有一位不对，请对照银行卡一位一位再看一遍。",
                "One of the digits is wrong. Please compare the number with the card digit by digit.",
            ));
        }
        Ok(Self(digits))
    }

    /// All digits, for encryption and for the bank's file.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `**** 0128`, as it is shown.
    pub fn masked(&self) -> String {
        format!("**** {}", &self.0[self.0.len() - 4..])
    }
}

impl fmt::Debug for BankAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BankAccount(hidden)")
    }
}

/// Whether the last digit fits the others (Luhn).
fn checks(digits: &str) -> bool {
    let sum = digits.bytes().rev().enumerate().map(|(place, byte)| {
        let digit = u32::from(byte - b'0');
        match place % 2 {
            0 => digit,
            _ if digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        }
    });
    sum.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> String {
        BankAccount::parse(text).unwrap_err().code().to_owned()
    }

    /// A number with the last digit that fits.
    fn card(before: &str) -> String {
        (0..10).map(|last| format!("{before}{last}")).find(|number| checks(number)).unwrap()
    }

    #[test]
    fn a_card_is_read_however_it_is_typed() {
        // The example of the standard's annex.
        assert!(checks("79927398713") && !checks("79927398710"));
        let number = card("622202123456789012");
        let (spaced, wide): (String, String) = (
            number.chars().enumerate().map(|(n, c)| if n % 4 == 3 { format!("{c} ") } else { c.to_string() }).collect(),
            number.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect(),
        );
        for text in [number.clone(), spaced, wide, format!("卡号：{number}。")] {
            assert_eq!(BankAccount::parse(&text).unwrap().as_str(), number, "{text}");
        }
        assert_eq!(BankAccount::parse(&number).unwrap().masked(), format!("**** {}", &number[15..]));
        assert!(!format!("{:?}", BankAccount::parse(&number).unwrap()).contains("6222"));
        assert!(BankAccount::parse("0123456789").is_ok(), "a passbook");
    }

    #[test]
    fn each_mistake_has_its_own_sentence() {
        assert_eq!(code(" "), "account_missing");
        assert_eq!(code("6222O2123456789012"), "account_character");
        assert_eq!(code("622202123456"), "account_length");
        assert_eq!(code("1234567"), "account_length");
        let number = card("622202123456789012");
        let other = if number.ends_with('0') { "1" } else { "0" };
        assert_eq!(code(&format!("{}{other}", &number[..18])), "account_check");
    }

    proptest! {
        #[test]
        fn no_single_wrong_digit_of_a_card_passes(before in "62[0-9]{13,16}", place in 2_usize..15, by in 1_u8..10) {
            let mut wrong = card(&before).into_bytes();
            wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
            prop_assert!(BankAccount::parse(&String::from_utf8(wrong).unwrap()).is_err());
        }

        #[test]
        fn no_account_is_too_strange(text in "\\PC{0,60}") {
            let _ = BankAccount::parse(&text);
        }
    }
}
