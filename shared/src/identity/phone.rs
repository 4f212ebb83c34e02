//! A phone that can receive a code by text message.

use std::fmt;

use super::clean::number;
use super::shown::shown;
use crate::field::{Asked, Reason};

/// A mainland mobile number, or one from elsewhere in E.164 form. `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// In characters, spaces and dashes not counted.
    pub const LIMIT: usize = 24;

    /// The question for a phone.
    pub const ASKED: &'static Asked = &Asked::typed(
        "phone_missing",
        ("请填写手机号码，我们会发一条验证码短信。", "Enter a mobile number. We will text it a code."),
        ("手机号码", "mobile number"),
    );

    /// Reads `138 0000 0000`, `+86 138…`, `0086138…`, `+852 9123 4567`, `00852…`.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let text: String = number(Self::ASKED, Self::LIMIT, text)?
            .chars()
            .filter(|character| !matches!(character, '(' | ')' | '.'))
            .collect();
        let (abroad, digits) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            // 00 is how a call leaves the mainland.
            None => match text.strip_prefix("00") {
                Some(rest) => (true, rest),
                None => (false, text.as_str()),
            },
        };
        if let Some(character) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(PhoneReason::Character(character).into());
        }
        match (abroad, digits.strip_prefix("86")) {
            (true, Some(mainland)) => Self::mainland(mainland),
            (true, None) => Self::international(digits),
            (false, Some(mainland)) if is_mobile(mainland) => Self::mainland(mainland),
            (false, _) => Self::mainland(digits),
        }
    }

    /// `13800000000` or `+85291234567`: the canonical form, for encryption and the blind index.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_mainland(&self) -> bool {
        !self.0.starts_with('+')
    }

    /// `138****0000`, `+852****567`.
    pub fn masked(&self) -> String {
        let (head, tail) = if self.is_mainland() { (3, 4) } else { (4, 3) };
        format!("{}****{}", &self.0[..head], &self.0[self.0.len() - tail..])
    }

    /// Grouped as it is read out: `138 0000 0000`, `+852 9123 4567`.
    pub fn spoken(&self) -> String {
        if self.is_mainland() {
            return grouped(&self.0, &[3, 4, 4]);
        }
        let code = 1 + country_code_length(&self.0[1..]);
        let (country, national) = self.0.split_at(code.min(self.0.len()));
        let national = match national.len() {
            10 => grouped(national, &[3, 3, 4]),
            9 => grouped(national, &[3, 3, 3]),
            _ => grouped(national, &[4; 4]),
        };
        format!("{country} {national}").trim_end().to_owned()
    }

    fn mainland(digits: &str) -> Result<Self, Reason> {
        // Until 2010 or so a mobile in another province was dialled with a 0 in front.
        let digits = digits.strip_prefix('0').filter(|rest| is_mobile(rest)).unwrap_or(digits);
        if is_mobile(digits) {
            Ok(Self(digits.to_owned()))
        } else if digits.is_empty() {
            Err(Reason::Missing(Self::ASKED))
        } else if is_landline(digits) {
            Err(PhoneReason::Landline.into())
        } else if digits.len() == 11 {
            Err(PhoneReason::Start.into())
        } else {
            Err(PhoneReason::Length { found: digits.len() }.into())
        }
    }

    /// E.164: at most 15 digits with the country code, which never starts with 0.
    fn international(digits: &str) -> Result<Self, Reason> {
        if (8..=15).contains(&digits.len()) && !digits.starts_with('0') {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(PhoneReason::International.into())
        }
    }
}

/// Why a text is not a phone that can receive a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneReason {
    /// A landline or service number, which cannot receive the code.
    Landline,
    /// A character that no phone number contains.
    Character(char),
    /// A mainland mobile number has 11 digits, this has `found`.
    Length { found: usize },
    /// 11 digits that do not start with 13 to 19.
    Start,
    /// After `+`, not 8 to 15 digits starting with a country code (E.164).
    International,
}

impl From<PhoneReason> for Reason {
    fn from(reason: PhoneReason) -> Self {
        match reason {
            PhoneReason::Landline => Self::own(
                "phone_landline",
                "请填写手机号码：验证码要发到手机上，座机收不到。境外手机请以“+”和地区代码开头，例如 +852。",
                "Enter a mobile number: the code is sent by text, which a landline cannot receive. Start numbers from \
                 outside the mainland with + and the country code, such as +852.",
            ),
            PhoneReason::Character(character) => {
                let sign = shown(character);
                Self::own(
                    "phone_character",
                    format!("手机号码里请只填数字，去掉“{sign}”。境外手机请以“+”和地区代码开头。"),
                    format!(
                        "Use digits only and take out “{sign}”. Start numbers from outside the mainland with + and the \
                         country code."
                    ),
                )
            }
            PhoneReason::Length { found } => Self::own(
                "phone_length",
                format!("内地手机号码是 11 位，现在是 {found} 位，请核对。境外手机请以“+”和地区代码开头，例如 +852。"),
                format!(
                    "A mainland mobile number has 11 digits, this has {found}. Start numbers from outside the mainland \
                     with + and the country code, such as +852."
                ),
            ),
            PhoneReason::Start => Self::own(
                "phone_start",
                "内地手机号码以 13 到 19 开头，请核对前两位。境外手机请以“+”和地区代码开头，例如 +852。",
                "A mainland mobile number starts with 13 to 19, please check the first two digits. Start numbers from \
                 outside the mainland with + and the country code, such as +852.",
            ),
            PhoneReason::International => Self::own(
                "phone_international",
                "境外手机号码请填写“+”、国家或地区代码和号码，例如 +852 9123 4567。",
                "Enter a number from outside the mainland as +, the country code and the number, such as \
                 +852 9123 4567.",
            ),
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(hidden)")
    }
}

/// The numbering plan of the mainland gives 13 to 19 to mobiles.
fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// Area code and number, a local number of 7 or 8 digits, or a 400 and 800 service number.
fn is_landline(digits: &str) -> bool {
    match digits.as_bytes() {
        [b'0', ..] => (10..=12).contains(&digits.len()),
        [b'4' | b'8', b'0', b'0', ..] => digits.len() == 10,
        [b'2'..=b'8', ..] => matches!(digits.len(), 7 | 8),
        _ => false,
    }
}

/// ITU-T E.164: one digit for 1 and 7, two for the codes listed, three for all others.
fn country_code_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}

fn grouped(digits: &str, sizes: &[usize]) -> String {
    let mut rest = digits;
    let mut groups = Vec::new();
    for &size in sizes {
        let (group, after) = rest.split_at(size.min(rest.len()));
        if !group.is_empty() {
            groups.push(group);
        }
        rest = after;
    }
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mainland_mobile_may_be_typed_in_many_ways() {
        for typed in [
            "13800000000",
            "138 0000 0000",
            "138-0000-0000",
            "１３８００００００００",
            "+86 138 0000 0000",
            "＋８６１３８００００００００",
            "+86-138-0000-0000",
            "(+86) 138.0000.0000",
            "008613800000000",
            "8613800000000",
            "013800000000",
            "\u{202d}138 0000 0000\u{202c}",
        ] {
            assert_eq!(Phone::parse(typed).unwrap().as_str(), "13800000000", "{typed}");
        }
    }

    #[test]
    fn numbers_from_elsewhere_keep_their_country_code() {
        for (typed, canonical, spoken, masked) in [
            ("+852 9123 4567", "+85291234567", "+852 9123 4567", "+852****567"),
            ("00853 6612 3456", "+85366123456", "+853 6612 3456", "+853****456"),
            ("+886 912 345 678", "+886912345678", "+886 912 345 678", "+886****678"),
            ("+1 (212) 555-0100", "+12125550100", "+1 212 555 0100", "+121****100"),
            ("+44 7700 900123", "+447700900123", "+44 770 090 0123", "+447****123"),
        ] {
            let phone = Phone::parse(typed).unwrap();
            assert_eq!(phone.as_str(), canonical);
            assert_eq!(phone.spoken(), spoken);
            assert_eq!(phone.masked(), masked);
        }
    }

    #[test]
    fn a_mainland_mobile_is_read_out_in_threes_and_fours() {
        let phone = Phone::parse("13800000000").unwrap();
        assert_eq!(phone.spoken(), "138 0000 0000");
        assert_eq!(phone.masked(), "138****0000");
    }

    #[test]
    fn what_cannot_receive_a_code_says_what_can() {
        for (typed, reason) in [
            ("", Reason::Missing(Phone::ASKED)),
            ("+", PhoneReason::International.into()),
            ("+86", Reason::Missing(Phone::ASKED)),
            ("0755-26661013", PhoneReason::Landline.into()),
            ("010 1234 5678", PhoneReason::Landline.into()),
            ("+86 0755 2666 1013", PhoneReason::Landline.into()),
            ("26661013", PhoneReason::Landline.into()),
            ("400-123-4567", PhoneReason::Landline.into()),
            ("1380000000", PhoneReason::Length { found: 10 }.into()),
            ("138000000000", PhoneReason::Length { found: 12 }.into()),
            ("12345", PhoneReason::Length { found: 5 }.into()),
            ("12800000000", PhoneReason::Start.into()),
            ("23800000000", PhoneReason::Start.into()),
            ("1380000000a", PhoneReason::Character('a').into()),
            ("138000000😀", PhoneReason::Character('😀').into()),
            ("138+0000000", PhoneReason::Character('+').into()),
            ("+852 123", PhoneReason::International.into()),
            ("+1234567890123456", PhoneReason::International.into()),
            ("+012345678", PhoneReason::International.into()),
            ("138\0", Reason::ControlCharacter),
        ] {
            assert_eq!(Phone::parse(typed), Err(reason), "{typed}");
        }
        let asked = Phone::ASKED;
        let limit = Phone::LIMIT;
        assert_eq!(Phone::parse(&"1".repeat(1_000_000)), Err(Reason::TooLong { asked, limit }));
    }

    #[test]
    fn the_log_does_not_see_the_number() {
        assert_eq!(format!("{:?}", Phone::parse("13800000000").unwrap()), "Phone(hidden)");
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in any::<String>()) {
            let _ = Phone::parse(&text);
        }

        #[test]
        fn near_numbers_never_panic_and_parse_back(text in "[+]?[0-9 ()-]{0,20}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
                prop_assert_eq!(Phone::parse(&phone.spoken()), Ok(phone.clone()));
                prop_assert!(phone.masked().contains("****"));
            }
        }

        #[test]
        fn every_mobile_is_taken(rest in 3_000_000_000u64..10_000_000_000) {
            let digits = format!("1{rest}");
            let phone = Phone::parse(&digits).unwrap();
            prop_assert_eq!(phone.as_str(), digits);
            prop_assert_eq!(Phone::parse(&phone.spoken()).unwrap(), phone);
        }
    }
}
