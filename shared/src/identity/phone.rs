//! A phone that can receive a code by text message.

mod plan;

use std::fmt;

use self::plan::Plan;
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

    /// Reads `138 0000 0000`, `+86 138…`, `0086138…`, `+852 9123 4567`, `00852…`, `+44 (0)7911…`.
    ///
    /// One phone has one canonical form however it is typed: what only a call within its country starts with is left
    /// out. Where a number can be read as two phones, as some that start with 001 can, it asks for `+`.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let text: String = number(Self::ASKED, Self::LIMIT, text)?
            .chars()
            .filter(|character| !matches!(character, '(' | ')' | '[' | ']' | '.' | '/'))
            .collect();
        let (plus, digits) = text.strip_prefix('+').map_or((false, text.as_str()), |rest| (true, rest));
        if let Some(character) = digits.chars().find(|c| !c.is_ascii_digit()) {
            return Err(PhoneReason::Character(character).into());
        }
        let digits = if plus { digits.strip_prefix("00").unwrap_or(digits) } else { digits };
        if plus {
            Self::abroad(digits)
        } else if let Some(mainland) = digits.strip_prefix("86").filter(|mainland| is_mobile(mainland)) {
            Self::mainland(mainland)
        } else if digits.starts_with("00") || (digits.starts_with('0') && !is_landline(digits)) {
            Self::dialled(digits)
        } else {
            Self::mainland(digits)
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
        let code = Plan::of(&self.0[1..]).map_or(0, |(_, _, national)| self.0.len() - national.len());
        let (country, national) = self.0.split_at(code);
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

    /// A number with what a call out of a country starts with, which is not the same everywhere.
    fn dialled(digits: &str) -> Result<Self, Reason> {
        let out = OUT.iter().filter_map(|prefix| Self::abroad(digits.strip_prefix(prefix)?).ok());
        let mut phones = out.chain(Self::mainland(digits).ok());
        match phones.next() {
            Some(phone) if phones.all(|other| other == phone) => Ok(phone),
            Some(_) => Err(PhoneReason::International.into()),
            None => digits.strip_prefix("00").map_or_else(|| Self::mainland(digits), Self::abroad),
        }
    }

    /// A number that starts with its country code.
    fn abroad(digits: &str) -> Result<Self, Reason> {
        if let Some(mainland) = digits.strip_prefix("86") {
            return Self::mainland(mainland);
        }
        let (plan, code, national) = Plan::of(digits).ok_or(PhoneReason::International)?;
        match plan.mobile(national) {
            Some(national) => Ok(Self(format!("+{code}{national}"))),
            None if national.is_empty() => Err(PhoneReason::International.into()),
            None => Err(PhoneReason::Abroad { code, lengths: plan.lengths(), found: national.len() }.into()),
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
    /// After `+` no country code that has mobiles, or a number that can be read as two phones.
    International,
    /// After this country code a mobile number has one of these numbers of digits, this has `found`.
    Abroad { code: u16, lengths: &'static [usize], found: usize },
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
            PhoneReason::Abroad { code, lengths, found } => {
                let (least, most) = (lengths.first().unwrap_or(&0), lengths.last().unwrap_or(&0));
                let (zh, en) = match lengths.len() {
                    ..=1 => (format!("{most}"), format!("{most}")),
                    2 => (format!("{least} 或 {most}"), format!("{least} or {most}")),
                    _ => (format!("{least} 到 {most}"), format!("{least} to {most}")),
                };
                Self::own(
                    "phone_length_abroad",
                    format!("+{code} 后面的手机号码是 {zh} 位，现在是 {found} 位，请核对。"),
                    format!("A mobile number has {en} digits after +{code}, this has {found}. Please check it."),
                )
            }
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(hidden)")
    }
}

/// What a call abroad starts with: in most of the world, in Hong Kong and Singapore, Taiwan, Australia, Japan, and
/// North America.
const OUT: [&str; 6] = ["00", "001", "002", "0011", "010", "011"];

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
    use crate::locale::Locale;

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
            "0086 138 0000 0000",
            "+86 0138 0000 0000",
            "+0086 138 0000 0000",
            "001 86 138 0000 0000",
            "13800000000（本人）",
            "手机：138 0000 0000。",
            "138~0000~0000",
            "[138] 0000/0000",
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
    fn a_phone_abroad_typed_in_many_ways_is_one_phone() {
        for (canonical, ways) in [
            (
                "+447911123456",
                vec![
                    "+44 7911 123456",
                    "+44 (0)7911 123456",
                    "+44 (0) 7911-123-456",
                    "+4407911123456",
                    "0044 7911 123456",
                    "00 44 (0)7911 123456",
                    "+0044 7911 123456",
                    "+00 44 7911 123456",
                    "011 44 7911 123456",
                    "＋４４　７９１１　１２３４５６（work）",
                ],
            ),
            (
                "+819012345678",
                vec!["+81 90 1234 5678", "+81 090 1234 5678", "0081 090-1234-5678", "+81(0)90-1234-5678"],
            ),
            ("+79123456789", vec!["+7 912 345-67-89", "+7 8 912 345 67 89", "+7 (8912) 3456789", "007 9123456789"]),
            (
                "+85291234567",
                vec!["+852 9123 4567", "00852 91234567", "001 852 9123 4567", "002 852 9123 4567", "010 852 9123 4567"],
            ),
            ("+12125550100", vec!["+1 212 555 0100", "+1 1 212 555 0100", "001 212 555 0100", "011 1 212 555 0100"]),
            ("+886912345678", vec!["+886 912 345 678", "+886 0912-345-678", "00886 0912 345 678"]),
            ("+36201234567", vec!["+36 20 123 4567", "+36 06 20 123 4567"]),
            ("+375291234567", vec!["+375 29 123 45 67", "+375 80 29 123 45 67", "+375 8 029 1234567"]),
            ("+493012345678", vec!["+49 30 12345678", "+49 (0)30 12345678", "+49 0030 12345678"]),
            ("+393331234567", vec!["+39 333 123 4567"]),
            ("+2250102030405", vec!["+225 01 02 03 04 05"]),
        ] {
            for typed in ways {
                assert_eq!(Phone::parse(typed).unwrap().as_str(), canonical, "{typed}");
            }
        }
    }

    #[test]
    fn a_number_that_can_be_two_phones_asks_for_the_plus() {
        // From the mainland to +1 659 123 4567, or from Hong Kong to +65 9123 4567.
        assert_eq!(Phone::parse("001 65 9123 4567"), Err(PhoneReason::International.into()));
        assert_eq!(Phone::parse("+65 9123 4567").unwrap().as_str(), "+6591234567");
        assert_eq!(Phone::parse("+1 659 123 4567").unwrap().as_str(), "+16591234567");
    }

    #[test]
    fn a_number_abroad_of_another_length_says_how_long_it_is() {
        for (typed, zh, en) in [
            ("+44 7911 12345", "+44 后面的手机号码是 10 位，现在是 9 位", "10 digits after +44, this has 9."),
            ("+49 151 12345", "+49 后面的手机号码是 10 或 11 位，现在是 8 位", "10 or 11 digits after +49"),
            ("+381 6", "+381 后面的手机号码是 8 到 10 位，现在是 1 位", "8 to 10 digits after +381"),
            ("00852 123", "+852 后面的手机号码是 8 位，现在是 3 位", "8 digits after +852, this has 3."),
        ] {
            let reason = Phone::parse(typed).unwrap_err();
            assert_eq!(reason.code(), "phone_length_abroad");
            let (said_zh, said_en) = (reason.sentence(Locale::Zh), reason.sentence(Locale::En));
            assert!(said_zh.contains(zh) && said_en.contains(en), "{said_zh} {said_en}");
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
            ("+852 123", PhoneReason::Abroad { code: 852, lengths: &[8], found: 3 }.into()),
            ("+1234567890123456", PhoneReason::Abroad { code: 1, lengths: &[10], found: 15 }.into()),
            ("+852", PhoneReason::International.into()),
            ("+999 1234 5678", PhoneReason::International.into()),
            ("044 7911 123456", PhoneReason::Length { found: 13 }.into()),
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
        fn near_numbers_never_panic_and_parse_back(text in "([+]|00[1-2]?)?[0-9 ()-]{0,20}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
                prop_assert_eq!(Phone::parse(&phone.spoken()), Ok(phone.clone()));
                prop_assert!(phone.masked().contains("****"));
            }
        }

        #[test]
        fn a_trunk_prefix_makes_no_other_phone(code in prop::sample::select(vec![44, 49, 81, 33, 60, 886]), rest in 1_000_000_000u64..9_999_999_999) {
            let with = |trunk: &str| Phone::parse(&format!("+{code} {trunk}{rest}")).map(|phone| phone.0);
            if let Ok(phone) = with("") {
                prop_assert_eq!(with("0"), Ok(phone.clone()));
                prop_assert_eq!(Phone::parse(&phone.replace('+', "00")).map(|phone| phone.0), Ok(phone));
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
