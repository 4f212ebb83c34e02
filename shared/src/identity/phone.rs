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

    /// The country code, as it is dialled.
    pub fn country_code(&self) -> u16 {
        const MAINLAND: u16 = 86;
        self.0.strip_prefix('+').and_then(Plan::of).map_or(MAINLAND, |(_, code, _)| code)
    }

    /// `138****0000`, `+852****567`.
    pub fn masked(&self) -> String {
        let (head, tail) = if self.is_mainland() { (3, 4) } else { (4, 3) };
        format!("{}****{}", &self.0[..head], &self.0[self.0.len() - tail..])
    }

    /// Grouped as it is read out where it is from: `138 0000 0000`, `+852 9123 4567`; in one piece after the country code
    /// where that is not known here.
    pub fn spoken(&self) -> String {
        if self.is_mainland() {
            return grouped(&self.0, &[3, 4, 4]);
        }
        let Some((_, code, national)) = Plan::of(&self.0[1..]) else { return self.0.clone() };
        let groups = groups(code);
        if groups.iter().sum::<usize>() == national.len() {
            format!("+{code} {}", grouped(national, groups))
        } else {
            format!("+{code} {national}")
        }
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
    /// This portal sends no codes to this country.
    NotServed { code: u16 },
    /// So many codes went there today that no more are sent.
    TooManyAbroad { code: u16 },
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
            PhoneReason::NotServed { code } => Self::own(
                "phone_country_not_served",
                format!(
                    "我们的短信发不到 +{code} 的这类号码。请换一个别的手机号码，例如内地的；没有的，请打电话给办理的地方。"
                ),
                format!(
                    "We cannot send text messages to numbers like this in +{code}. Please use a different one, such as a \
                     mainland number. If you have none, phone the place itself."
                ),
            ),
            PhoneReason::TooManyAbroad { code } => Self::own(
                "phone_country_busy",
                format!(
                    "今天从这个网络要的，或者发往 +{code} 这类号码的验证码已经太多，暂时不再发了。请换一个内地手机号码，或者明天再试；着急的，请打电话给办理的地方。"
                ),
                format!(
                    "Too many codes were asked for today from this network or to numbers like this in +{code}. Please use a mainland number or try again \
                     tomorrow. If it is urgent, phone the place itself."
                ),
            ),
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

/// How mobiles of a country or region are read out, of those that most people write from.
const fn groups(code: u16) -> &'static [usize] {
    match code {
        1 => &[3, 3, 4],
        33 => &[1, 2, 2, 2, 2],
        44 => &[4, 6],
        61 | 886 => &[3, 3, 3],
        65 | 852 | 853 => &[4, 4],
        81 | 82 => &[2, 4, 4],
        _ => &[],
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
mod tests;
