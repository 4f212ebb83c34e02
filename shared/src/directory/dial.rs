//! A phone of a place, as it is shown and as it is dialled.

use serde::{Deserialize, Serialize};

use crate::directory::refusal::BadDial;
use crate::locale::Locale;
use crate::places::phone;

/// Between a number and the extension behind it.
const THROUGH: char = '转';

/// What can be read out and, where it is real, dialled: `0755-26661013`, `0755-26661013转8001`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Dial(String);

impl Dial {
    /// All that an office may say of itself ([`phone::parse`]), and whatever else is digits, dashes and spaces.
    pub fn parse(text: &str) -> Result<Self, BadDial> {
        if let Ok(phone) = phone::parse(text) {
            let through = phone::split(&phone).map(|(number, extension)| format!("{number}{THROUGH}{extension}"));
            return Ok(Self(through.unwrap_or(phone)));
        }
        let text: String = text.trim().chars().map(plain).collect();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b' ' | b'+'));
        if is_plain && (3..=15).contains(&digits) && text.len() <= 20 { Ok(Self(text)) } else { Err(BadDial) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As an office writes it, the extension behind a dash.
    pub fn dashed(&self) -> String {
        self.0.replace(THROUGH, "-")
    }

    /// As it is read out.
    pub fn say(&self, locale: Locale) -> String {
        read_out(&self.0, locale)
    }

    /// What a phone dials, without the extension, for which whoever answers is asked; none for a number that is nobody's.
    pub fn tel(&self) -> Option<String> {
        is_dialled(&self.0).then(|| digits(&self.0))
    }
}

/// Whether a number as it is written is somebody's: no subscriber's begins with two noughts.
pub fn is_dialled(written: &str) -> bool {
    let subscriber = written.split_once('-').map_or(written, |(_, rest)| rest);
    let mut first = subscriber.chars().filter(|c| *c != ' ').take(2);
    !(first.next() == Some('0') && first.next() == Some('0'))
}

/// A number as it is written, as it is read out.
pub fn read_out(written: &str, locale: Locale) -> String {
    written.replace(THROUGH, locale.say(" 转 ", " ext. "))
}

/// Of a number as it is written, without its extension.
pub fn digits(written: &str) -> String {
    let number = written.split(THROUGH).next().unwrap_or_default();
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

fn plain(character: char) -> char {
    match character {
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')).unwrap_or(character),
        '－' | '—' | '–' | '‐' => '-',
        other => other,
    }
}

impl TryFrom<String> for Dial {
    type Error = BadDial;

    fn try_from(text: String) -> Result<Self, BadDial> {
        Self::parse(&text)
    }
}

impl From<Dial> for String {
    fn from(dial: Dial) -> Self {
        dial.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_as_it_was_written_and_dialled_without_its_dashes() {
        let dial = Dial::parse(" ０７５５－26661013 ").unwrap();
        assert_eq!((dial.as_str(), dial.tel().as_deref()), ("0755-26661013", Some("075526661013")));
        assert_eq!(Dial::parse("12345").unwrap().tel().as_deref(), Some("12345"));
        assert_eq!(Dial::parse("+86 755 2666 1013").unwrap().tel().as_deref(), Some("+8675526661013"));
        for text in ["", "12", "tel:12345", "12345\n1", "1234567890123456", "0755-2666转3"] {
            assert_eq!(Dial::parse(text), Err(BadDial), "{text}");
        }
    }

    #[test]
    fn an_extension_is_kept_and_said_and_only_the_number_before_it_dialled() {
        for text in ["0755-12345678-8001", "0755-12345678转8001", "0755-12345678 分机 8001", "（0755）12345678-8001"]
        {
            let dial = Dial::parse(text).unwrap();
            assert_eq!(
                (dial.as_str(), dial.dashed().as_str()),
                ("0755-12345678转8001", "0755-12345678-8001"),
                "{text}"
            );
            assert_eq!(dial.tel().as_deref(), Some("075512345678"), "{text}");
            assert_eq!(
                [Locale::Zh, Locale::En].map(|locale| dial.say(locale)),
                ["0755-12345678 转 8001", "0755-12345678 ext. 8001"]
            );
            assert_eq!(Dial::parse(dial.as_str()), Ok(dial));
        }
        assert_eq!(Dial::parse("0755-12345678-123").unwrap().tel().as_deref(), Some("075512345678"));
        assert_eq!(Dial::parse("0755-00000001-8001").unwrap().tel(), None);
    }

    #[test]
    fn an_invented_number_is_not_dialled() {
        assert_eq!(Dial::parse("0755-00000001").unwrap().tel(), None);
    }
}
