//! The six digits that prove a phone is in the resident's hand.

use std::fmt;
use std::num::NonZeroU32;

use super::clean::number;
use crate::field::{Asked, Reason};

/// Six digits as typed; whether they are the right ones only the server knows. `Debug` hides them.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneCode(String);

impl PhoneCode {
    /// In digits.
    pub const LENGTH: usize = 6;

    /// The question for a code.
    pub const ASKED: &'static Asked = &Asked::typed(
        "phone_code_missing",
        ("请填写短信里的 6 位验证码。", "Enter the six-digit code from the text message."),
        ("验证码", "code"),
    );

    pub fn parse(text: &str) -> Result<Self, Reason> {
        match number(Self::ASKED, Self::LENGTH, text) {
            Ok(code) if code.len() == Self::LENGTH && code.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Self(code)),
            // Too long or too short is one thing to the resident: not the six digits.
            Ok(_) | Err(Reason::TooLong { .. }) => Err(PhoneCodeReason::Shape.into()),
            Err(reason) => Err(reason),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a code proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneCodeReason {
    /// Not six digits.
    Shape,
    /// Not the code that was sent, and so many tries are left.
    Wrong { attempts_left: NonZeroU32 },
    /// Too many wrong codes, or the code was used already.
    UsedUp,
    /// The code is too old.
    Expired,
    /// Said to whoever did not ask for the code: not right, no longer valid, or never sent.
    NotRight,
}

impl PhoneCodeReason {
    /// A wrong code after which so many may still be tried: after the last one, only a new code helps.
    pub fn wrong(attempts_left: u32) -> Self {
        NonZeroU32::new(attempts_left).map_or(Self::UsedUp, |attempts_left| Self::Wrong { attempts_left })
    }
}

impl From<PhoneCodeReason> for Reason {
    fn from(reason: PhoneCodeReason) -> Self {
        match reason {
            PhoneCodeReason::Shape => Self::own(
                "phone_code_shape",
                "请填写短信里的 6 位数字验证码。",
                "Enter the six digits of the code in the text message.",
            ),
            PhoneCodeReason::Wrong { attempts_left } => {
                let zh = format!("验证码和短信里的不一样，请核对后再填，还可以试 {attempts_left} 次。");
                let tries = match attempts_left.get() {
                    1 => "once more".to_owned(),
                    more => format!("{more} more times"),
                };
                let en = format!(
                    "This is not the code we sent. Please compare it with the text message; you can try {tries}."
                );
                Self::own("phone_code_wrong", zh, en)
            }
            PhoneCodeReason::UsedUp => Self::own(
                "phone_code_used_up",
                "这个验证码不能再用了，请重新获取一个。",
                "This code can no longer be used. Please ask for a new one.",
            ),
            PhoneCodeReason::Expired => Self::own(
                "phone_code_expired",
                "验证码已过期，请重新获取一个。",
                "This code has expired. Please ask for a new one.",
            ),
            PhoneCodeReason::NotRight => Self::own(
                "phone_code_not_right",
                "这个验证码不对，或者已经不能用了，请重新获取一个。",
                "This code is not right or no longer valid. Please ask for a new one.",
            ),
        }
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
        for typed in ["012345", "012 345", "０１２３４５", "012-345\u{200b}", "验证码：012345。", "【民政局】012345"]
        {
            assert_eq!(PhoneCode::parse(typed).unwrap().as_str(), "012345");
        }
    }

    #[test]
    fn anything_else_asks_for_six_digits() {
        for typed in ["12345", "1234567", "12345a", "一二三四五六", "😀😀😀😀😀😀"] {
            assert_eq!(PhoneCode::parse(typed), Err(PhoneCodeReason::Shape.into()), "{typed}");
        }
        assert_eq!(PhoneCode::parse(&"1".repeat(1_000_000)), Err(PhoneCodeReason::Shape.into()));
        assert_eq!(PhoneCode::parse(" "), Err(Reason::Missing(PhoneCode::ASKED)));
        assert_eq!(PhoneCode::parse("12345\0"), Err(Reason::ControlCharacter));
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in any::<String>()) {
            let _ = PhoneCode::parse(&text);
        }
    }
}
