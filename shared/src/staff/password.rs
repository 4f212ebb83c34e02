//! A password that somebody chooses (OWASP ASVS 5.0, 6.2): long enough, not one that everybody tries first, not made of what
//! is known of its owner. No rules of composition, no change every so often, taken exactly as it was typed.

mod common;

use std::fmt;

use self::common::{is_common, is_little_more_than};
use crate::field::{Asked, Reason};

/// A new password. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPassword(String);

/// Why a password cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordReason {
    TooShort,
    TooLong,
    /// Among those that are tried first.
    Common,
    /// Little more than a name that belongs to its owner, the office or the portal.
    Name,
}

impl NewPassword {
    /// In characters.
    pub const SHORTEST: usize = 10;
    /// In bytes: more is a flood and no password.
    pub const LONGEST: usize = 1024;

    /// The question for it.
    pub const ASKED: &'static Asked =
        &Asked::typed("password_missing", ("请输入密码。", "Enter a password."), ("密码", "password"));

    /// Takes a password as it was typed; `names` are those of its owner, the account and the office.
    pub fn choose(text: &str, names: &[&str]) -> Result<Self, Reason> {
        if text.is_empty() {
            return Err(Reason::Missing(Self::ASKED));
        }
        if text.len() > Self::LONGEST {
            return Err(PasswordReason::TooLong.into());
        }
        if text.chars().count() < Self::SHORTEST {
            return Err(PasswordReason::TooShort.into());
        }
        let plain = text.to_lowercase();
        let names = names.iter().copied().chain(["huimin", "惠民"]);
        if names.map(str::to_lowercase).any(|name| is_little_more_than(&plain, &name)) {
            return Err(PasswordReason::Name.into());
        }
        if is_common(&plain) {
            return Err(PasswordReason::Common.into());
        }
        Ok(Self(text.to_owned()))
    }

    /// The password itself, to be hashed.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<PasswordReason> for Reason {
    fn from(reason: PasswordReason) -> Self {
        match reason {
            PasswordReason::TooShort => Self::own(
                "password_too_short",
                "密码至少要 10 个字符，15 个以上更好。几个不相干的词连起来就很好记。",
                "A password has at least 10 characters, better 15. A few words that have nothing to do with each other are \
                 easy to remember.",
            ),
            PasswordReason::TooLong => Self::own(
                "password_too_long",
                "密码太长了，请缩短到几百个字符以内。",
                "This password is too long. Please take a few hundred characters at most.",
            ),
            PasswordReason::Common => Self::own(
                "password_common",
                "常用词、拼音、日期、连着的键加几个字符，这样的密码最先被人猜到。请换一个，几个不相干的词连起来就很好记。",
                "A common word, a name, a date or keys in a row, with a few signs, are tried first. Please choose another: a \
                 few words that have nothing to do with each other are easy to remember.",
            ),
            PasswordReason::Name => Self::own(
                "password_name",
                "密码不能只用自己、账号、单位或者系统的名字加几个字符。请换一个。",
                "A password is more than a name of yours, of the account, the office or the portal with a few signs. Please \
                 choose another.",
            ),
        }
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_as_it_was_typed_or_refused_with_its_reason() {
        let choose = |text: &str| NewPassword::choose(text, &["王小明", "wang.xiaoming", "nanshan"]);
        for text in ["four words of one clerk", "  spaces stay  ", "密码可以是一句好记的中文"] {
            let text = text.to_owned();
            assert_eq!(choose(&text).map(|password| password.reveal().to_owned()), Ok(text));
        }
        for (text, reason) in [
            ("short", PasswordReason::TooShort),
            ("九个汉字不够长密码", PasswordReason::TooShort),
            ("1234567890", PasswordReason::Common),
            ("Password2026", PasswordReason::Common),
            ("aaaaaaaaaaaaaaaa", PasswordReason::Common),
            ("qwertyqwerty!!", PasswordReason::Common),
            ("Nanshan@2026", PasswordReason::Common),
            ("wang.xiaoming1", PasswordReason::Name),
            ("Huimin@26!", PasswordReason::Name),
        ] {
            assert_eq!(choose(text), Err(reason.into()), "{text}");
        }
        assert_eq!(choose(&"长".repeat(400)), Err(PasswordReason::TooLong.into()));
        assert_eq!(choose(""), Err(Reason::Missing(NewPassword::ASKED)));
    }

    #[test]
    fn a_password_does_not_show_in_debug_output() {
        let password = NewPassword::choose("correct horse battery", &[]).unwrap();
        assert!(!format!("{password:?}").contains("horse"));
    }
}
