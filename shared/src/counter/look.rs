//! Looks at a booking by those who work here: what was seen, and for what.

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::locale::Locale;

/// For what somebody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LookPurpose {
    /// They were at the counter, or about to be.
    Serving,
    /// One of the people had asked something.
    AskedByPerson,
    /// Whether everything is right.
    Checking,
    /// To keep one of the people from harm. Whoever holds the booking never learns of it, since that may be who does harm.
    Safety,
}

/// What was seen, or done out of sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Seen {
    /// The visit with all of it that is masked.
    Opened,
    /// One thing of one person in full; the first one is 0.
    Unmasked { who: u8, what: PersonalDetail },
    /// The visit was ended because one of them is not willing; to everybody else it is any other end.
    SetApart,
}

/// What is masked of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum PersonalDetail {
    Name,
    Number,
    Phone,
}

/// Why something is read in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum UnmaskReason {
    /// Comparing it with the document on the desk.
    Document,
    /// Calling them.
    Call,
    /// They want to know what was given.
    Asked,
    /// Something may have been typed wrongly.
    Mistake,
    Safety,
}

impl LookPurpose {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and in addresses.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// Whether nobody who holds the booking learns of it.
    pub fn is_hidden(self) -> bool {
        self == Self::Safety
    }

    /// As staff read it, who are not the ones who are served.
    pub fn among_staff(self, locale: Locale) -> &'static str {
        match self {
            Self::Serving => locale.say("为来办的人办理", "to serve them"),
            Self::AskedByPerson => locale.say("答复本人的询问", "to answer a question of theirs"),
            same => same.words(locale),
        }
    }

    /// As those read it whose booking it is.
    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Serving => locale.say("为您办理", "to serve you"),
            Self::AskedByPerson => locale.say("答复您的询问", "to answer a question of yours"),
            Self::Checking => locale.say("核对预约", "to check the booking"),
            Self::Safety => locale.say("保护当事人", "to keep somebody safe"),
        }
    }
}

impl PersonalDetail {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Name => locale.say("姓名", "name"),
            Self::Number => locale.say("证件号码", "document number"),
            Self::Phone => locale.say("手机号码", "phone number"),
        }
    }
}

impl UnmaskReason {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    pub fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Document => locale.say("和桌上的证件核对", "to compare it with the document here"),
            Self::Call => locale.say("打电话联系本人", "to call the person"),
            Self::Asked => locale.say("本人询问", "the person asked"),
            Self::Mistake => locale.say("可能填错了，需要核对", "it may have been typed wrongly"),
            Self::Safety => locale.say("保护当事人", "to keep somebody safe"),
        }
    }

    /// What the look was for.
    pub fn purpose(self) -> LookPurpose {
        match self {
            Self::Document | Self::Call => LookPurpose::Serving,
            Self::Asked => LookPurpose::AskedByPerson,
            Self::Mistake => LookPurpose::Checking,
            Self::Safety => LookPurpose::Safety,
        }
    }
}

impl Seen {
    /// Reads the name that the database keeps: `opened`, `set_apart`, `0.phone`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "opened" => Some(Self::Opened),
            "set_apart" => Some(Self::SetApart),
            name => {
                let (who, what) = name.split_once('.')?;
                Some(Self::Unmasked { who: who.parse().ok()?, what: what.parse().ok()? })
            }
        }
    }

    pub fn words(self, locale: Locale) -> String {
        match self {
            Self::Opened => locale.say("打开了预约", "opened the booking").to_owned(),
            Self::Unmasked { what, .. } => {
                format!("{}{}", locale.say("看了完整的", "read in full: "), what.words(locale))
            }
            Self::SetApart => locale
                .say(
                    "另行办结：一方单独表示不愿意，未继续办理",
                    "ended apart: one of them said alone that they are not willing, and it was not gone on with",
                )
                .to_owned(),
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened => f.write_str("opened"),
            Self::SetApart => f.write_str("set_apart"),
            Self::Unmasked { who, what } => write!(f, "{who}.{}", what.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_comes_back_under_its_name() {
        let details = PersonalDetail::ALL.iter().flat_map(|what| [0, 1].map(|who| Seen::Unmasked { who, what: *what }));
        for seen in details.chain([Seen::Opened, Seen::SetApart]) {
            assert_eq!(Seen::from_name(&seen.to_string()), Some(seen));
        }
        for name in ["", "0", "0.age", "x.name", ".name", "opened.name"] {
            assert_eq!(Seen::from_name(name), None, "{name}");
        }
    }

    #[test]
    fn only_what_keeps_somebody_safe_is_hidden_whatever_the_reason_is_called() {
        for purpose in LookPurpose::ALL {
            assert_eq!(LookPurpose::from_name(purpose.name()), Some(*purpose));
            assert_eq!(purpose.is_hidden(), *purpose == LookPurpose::Safety);
        }
        for reason in UnmaskReason::ALL {
            assert_eq!(UnmaskReason::from_name(reason.name()), Some(*reason));
            assert_eq!(reason.purpose().is_hidden(), *reason == UnmaskReason::Safety);
        }
    }
}
