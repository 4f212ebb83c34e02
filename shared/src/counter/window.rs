//! A counter as the office keeps it: what its sign says, and whether it serves.

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use unicode_normalization::UnicodeNormalization;

use crate::locale::Locale;
use crate::plain_words::{PlainWords, is_digit};

/// Whether a counter serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CounterState {
    /// Nobody sits there.
    Closed,
    Open,
    /// Its clerk comes back.
    Break,
}

/// What stands on the sign above a counter: `3`, `涉外 1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct CounterName(String);

/// A text that no sign has room for, or that says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a counter is called by 1 to {LONGEST} letters, spaces or dashes, with up to {DIGITS} digits")]
pub struct InvalidCounterName;

const LONGEST: usize = 12;
/// With more, it could be a phone, and calls it out under the bureau's name.
const DIGITS: usize = 4;

impl CounterState {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// As it stands beside the sign.
    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Closed => locale.say("关闭", "closed"),
            Self::Open => locale.say("开放", "open"),
            Self::Break => locale.say("暂停", "on a break"),
        }
    }
}

impl CounterName {
    /// Takes the text without what stands around it.
    pub fn parse(text: &str) -> Result<Self, InvalidCounterName> {
        let text = text.trim();
        let is_sign = |c: char| c.is_alphanumeric() || c == ' ' || c == '-';
        let fits = (1..=LONGEST).contains(&text.chars().count());
        if fits && text.chars().all(is_sign) { Ok(Self(text.to_owned())) } else { Err(InvalidCounterName) }
    }

    /// A new sign, in Chinese or Latin letters, with few digits; what hangs already is read as it is. In what the hall hears, it
    /// says nothing that a text of the bureau may not say.
    pub fn choose(text: &str) -> Result<Self, InvalidCounterName> {
        let name = Self::parse(text)?;
        let begins = name.0.starts_with(char::is_alphanumeric);
        let digits = name.0.chars().filter(|c| is_digit(*c)).count();
        let called = format!("请到 {name} 号窗口");
        let may_be_told = PlainWords::told(PlainWords::ASKED, PlainWords::LONGEST, &called).is_ok();
        if begins && digits <= DIGITS && may_be_told { Ok(name) } else { Err(InvalidCounterName) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether whoever is called to one sign would go to the other: `１` and `①` are `1`.
    pub fn is_read_as(&self, other: &Self) -> bool {
        let read = |name: &Self| name.0.nfkc().collect::<String>().to_lowercase();
        read(self) == read(other)
    }
}

impl TryFrom<String> for CounterName {
    type Error = InvalidCounterName;

    fn try_from(text: String) -> Result<Self, InvalidCounterName> {
        Self::parse(&text)
    }
}

impl From<CounterName> for String {
    fn from(name: CounterName) -> Self {
        name.0
    }
}

impl fmt::Display for CounterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_says_something_short_and_is_no_markup() {
        for (text, name) in [("3", "3"), (" 涉外 1 ", "涉外 1"), ("A-12", "A-12")] {
            assert_eq!(CounterName::parse(text).unwrap().as_str(), name);
        }
        for text in ["", "  ", "<b>3</b>", "=1+1", "a\0b", "3\n4", "一二三四五六七八九十一二三"] {
            assert_eq!(CounterName::parse(text), Err(InvalidCounterName), "{text:?}");
        }
    }

    #[test]
    fn a_new_sign_is_no_phone_and_in_letters_that_are_read_here() {
        for text in ["3", "涉外 1", "A-12", "A12", "VIP 1", "二层 210", "离婚登记", "婚姻 2"] {
            assert!(CounterName::choose(text).is_ok(), "{text}");
        }
        for text in ["13800000000", "138 0000", "一三八零零零零零零零零", "окно 1", "窗口ⅠⅡⅢⅣⅤ"]
        {
            assert!(CounterName::parse(text).is_ok(), "{text}");
            assert_eq!(CounterName::choose(text), Err(InvalidCounterName), "{text}");
        }
    }

    #[test]
    fn a_new_sign_leads_nobody_elsewhere_and_begins_with_what_is_read_aloud() {
        for text in ["加微lisi", "加微 lisi", "加好友 lisi", "微信群", "lisi888", "-1", "- 3"] {
            assert!(CounterName::parse(text).is_ok(), "{text}");
            assert_eq!(CounterName::choose(text), Err(InvalidCounterName), "{text}");
        }
    }

    #[test]
    fn signs_that_are_read_the_same_are_one_sign_in_whatever_characters() {
        let name = |text| CounterName::parse(text).unwrap();
        for (one, other) in [("1", "１"), ("1", "①"), ("I", "Ⅰ"), ("a-1", "Ａ-１"), ("涉外 1", "涉外\u{20}１")]
        {
            assert!(name(one).is_read_as(&name(other)), "{one} {other}");
        }
        for (one, other) in [("1", "2"), ("1", "11"), ("涉外", "涉外 1")] {
            assert!(!name(one).is_read_as(&name(other)), "{one} {other}");
        }
    }

    #[test]
    fn every_state_of_a_counter_comes_back_under_its_name() {
        for state in CounterState::ALL {
            assert_eq!(CounterState::from_name(state.name()), Some(*state));
        }
    }
}
