//! Each reason as a good clerk would say it: what to do, without blame.

mod date;
mod document;
mod phone;

use super::reason::{Asked, Reason};
use crate::locale::Locale;

impl Reason {
    /// One or two sentences that say what to do.
    pub fn sentence(&self, locale: Locale) -> String {
        match self {
            Self::Missing(asked) => missing(*asked, locale).to_owned(),
            Self::NotOffered(asked) => not_offered(*asked, locale).to_owned(),
            Self::TooLong { asked, limit } => too_long(*asked, *limit, locale),
            Self::WrongType => locale
                .say(
                    "这一项没有填写，或者数据类型不对，请对照接口说明修改。",
                    "This is missing, or not the type of value asked for. Please see the description of the API.",
                )
                .to_owned(),
            Self::Told(wrong) => wrong.sentence(locale),
            Self::ControlCharacter => locale
                .say(
                    "这里有看不见的控制字符，请清空后用键盘重新输入。",
                    "There is a hidden control character here. Please clear the field and type it again.",
                )
                .to_owned(),
            Self::NameCharacter(_) | Self::NameWithoutLetters => document::name(self, locale),
            Self::OldIdNumber
            | Self::IdLength { .. }
            | Self::IdCharacter(_)
            | Self::IdAddress
            | Self::IdBirthDate
            | Self::IdCheckDigit => document::id_number(self, locale),
            Self::OtherDocument { choose } => document::other_document(*choose, locale),
            Self::DocumentShape(id_type) => document::document_shape(*id_type, locale).to_owned(),
            Self::IdTypeNotForKind(kind) => document::id_type_not_for_kind(*kind, locale),
            Self::BirthDateContradictsId
            | Self::SexContradictsId
            | Self::SamePersonTwice
            | Self::UnderAge { .. }
            | Self::HoldUnknown
            | Self::PartyCount { .. } => document::couple(self, locale),
            Self::DateShape
            | Self::DatePartMissing(_)
            | Self::DateYear { .. }
            | Self::DateMonth
            | Self::DateDay { .. }
            | Self::NoLeapDay { .. }
            | Self::BirthDateInFuture
            | Self::DateRange { .. } => date::date(self, locale),
            Self::PhoneLandline
            | Self::PhoneCharacter(_)
            | Self::PhoneLength { .. }
            | Self::PhoneStart
            | Self::PhoneInternational => phone::phone(self, locale),
            Self::CodeShape | Self::CodeWrong { .. } | Self::CodeUsedUp | Self::CodeExpired | Self::CodeNotSent => {
                phone::phone_code(self, locale)
            }
        }
    }
}

fn missing(asked: Asked, locale: Locale) -> &'static str {
    match asked {
        Asked::Service => locale.say("请选择要办理的事项。", "Choose what you want to do."),
        Asked::Locale => locale.say("请选择语言。", "Choose a language."),
        Asked::Hold => locale.say("请先选择预约时间，再填写资料。", "Choose a time first, then fill in your details."),
        Asked::PartyKind => locale.say(
            "请选择这位是内地居民、港澳台居民、华侨还是外国人。",
            "Choose whether this person is from the mainland, from Hong Kong, Macao or Taiwan, \
             overseas Chinese, or a foreign national.",
        ),
        Asked::Name => locale.say("请填写姓名，与证件上的一致。", "Enter the name as it is on the document."),
        Asked::IdType => locale.say("请选择证件类型。", "Choose the kind of document."),
        Asked::IdNumber => locale.say(
            "请填写证件号码。居民身份证号码是 18 位，最后一位可以是 X。",
            "Enter the document number. A resident ID number has 18 characters; the last may be X.",
        ),
        Asked::BirthDate => locale
            .say("请填写出生日期，例如 1998 年 3 月 27 日。", "Enter the date of birth, for example 27 March 1998."),
        Asked::Date => locale.say("请选择日期。", "Choose a date."),
        Asked::Sex => locale.say("请选择证件上的性别。", "Choose the sex shown on the document."),
        Asked::Status => locale.say("请选择目前的婚姻状况。", "Choose the present marital status."),
        Asked::Kinship => locale.say("请选择两位之间有没有亲属关系。", "Choose whether the two of you are related."),
        Asked::Phone => {
            locale.say("请填写手机号码，我们会发一条验证码短信。", "Enter a mobile number. We will text it a code.")
        }
        Asked::PhoneCode => {
            locale.say("请填写短信里的 6 位验证码。", "Enter the six-digit code from the text message.")
        }
    }
}

fn not_offered(asked: Asked, locale: Locale) -> &'static str {
    match asked {
        Asked::Service => locale.say(
            "这个事项还不能在这里预约，请选择“结婚登记”。",
            "This service cannot be booked here yet. Please choose marriage registration.",
        ),
        Asked::Locale => locale.say("语言请选择 zh-CN 或 en。", "Choose zh-CN or en as the language."),
        Asked::PartyKind => missing(Asked::PartyKind, locale),
        Asked::IdType => locale.say("请从列出的证件类型中选择一种。", "Choose one of the documents listed."),
        Asked::Sex => missing(Asked::Sex, locale),
        Asked::Status => missing(Asked::Status, locale),
        Asked::Kinship => missing(Asked::Kinship, locale),
        Asked::Hold
        | Asked::Name
        | Asked::IdNumber
        | Asked::BirthDate
        | Asked::Date
        | Asked::Phone
        | Asked::PhoneCode => locale.say("请从列出的选项中选择一项。", "Choose one of the answers listed."),
    }
}

fn too_long(asked: Asked, limit: usize, locale: Locale) -> String {
    let zh = match asked {
        Asked::IdNumber => "证件号码",
        Asked::BirthDate | Asked::Date => "日期",
        Asked::Phone => "手机号码",
        Asked::PhoneCode => "验证码",
        _ => "这一项",
    };
    let en = match asked {
        Asked::IdNumber => "document number",
        Asked::BirthDate | Asked::Date => "date",
        Asked::Phone => "mobile number",
        Asked::PhoneCode => "code",
        _ => "answer",
    };
    match (asked, locale) {
        (Asked::Name, Locale::Zh) => {
            format!("姓名最多填 {limit} 个字符；证件上的更长时，请填写前 {limit} 个。")
        }
        (Asked::Name, Locale::En) => format!(
            "There is room for {limit} characters. If the name on the document is longer, enter the \
             first {limit}."
        ),
        (_, Locale::Zh) => format!("{zh}最多 {limit} 个字符，请删去多余的内容。"),
        (_, Locale::En) => {
            format!("The {en} may have up to {limit} characters. Please take out the rest.")
        }
    }
}

/// The character itself, or its code point where it would be invisible or break the line.
fn shown(character: char) -> String {
    let hangul_filler = matches!(character, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    if hangul_filler || character.is_whitespace() || !(character.is_alphanumeric() || is_visible_sign(character)) {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}

fn is_visible_sign(character: char) -> bool {
    character.is_ascii_graphic()
        || matches!(character,
            '\u{a1}'..='\u{ac}'
            | '\u{ae}'..='\u{2ff}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205e}'
            | '\u{20a0}'..='\u{20bf}'
            | '\u{2100}'..='\u{2bff}'
            | '\u{3001}'..='\u{303f}'
            | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::NaiveDate;

    use super::*;
    use crate::field::DatePart;
    use crate::identity::IdType;
    use crate::marriage::PartyKind;

    /// One of each, so that a new reason without a sentence or a code shows up here.
    fn every_reason() -> Vec<Reason> {
        let day = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        let mut all = vec![
            Reason::ControlCharacter,
            Reason::WrongType,
            Reason::NameCharacter('😀'),
            Reason::NameWithoutLetters,
            Reason::OldIdNumber,
            Reason::IdLength { found: 17 },
            Reason::IdCharacter('O'),
            Reason::IdAddress,
            Reason::IdBirthDate,
            Reason::IdCheckDigit,
            Reason::BirthDateContradictsId,
            Reason::SexContradictsId,
            Reason::SamePersonTwice,
            Reason::UnderAge { from: day },
            Reason::DateShape,
            Reason::DateYear { earliest: 1900, latest: 2100 },
            Reason::DateMonth,
            Reason::DateDay { month: 4, last: 30 },
            Reason::NoLeapDay { year: 2001 },
            Reason::BirthDateInFuture,
            Reason::DateRange { most: 62 },
            Reason::PhoneLandline,
            Reason::PhoneCharacter('a'),
            Reason::PhoneLength { found: 10 },
            Reason::PhoneStart,
            Reason::PhoneInternational,
            Reason::CodeShape,
            Reason::CodeWrong { attempts_left: 3 },
            Reason::CodeUsedUp,
            Reason::CodeExpired,
            Reason::CodeNotSent,
            Reason::HoldUnknown,
            Reason::PartyCount { found: 1 },
            Reason::TooLong { asked: Asked::Name, limit: 60 },
            Reason::NotOffered(Asked::Sex),
            Reason::DocumentShape(IdType::Passport),
            Reason::OtherDocument { choose: IdType::HkMacaoTaiwanResidencePermit },
            Reason::IdTypeNotForKind(PartyKind::Mainland),
        ];
        all.extend(Asked::ALL.map(Reason::Missing));
        all.extend(DatePart::ALL.map(Reason::DatePartMissing));
        all
    }

    #[test]
    fn every_reason_is_a_whole_sentence_in_both_languages() {
        let more = Asked::ALL
            .map(Reason::NotOffered)
            .into_iter()
            .chain(IdType::ALL.map(Reason::DocumentShape))
            .chain(IdType::ALL.map(|choose| Reason::OtherDocument { choose }))
            .chain(PartyKind::ALL.map(Reason::IdTypeNotForKind));
        for reason in every_reason().into_iter().chain(more) {
            let zh = reason.sentence(Locale::Zh);
            let en = reason.sentence(Locale::En);
            assert!(zh.ends_with('。'), "{zh}");
            assert!(en.ends_with('.'), "{en}");
            assert!(!en.contains("  "), "{en}");
            assert!(en.chars().next().is_some_and(char::is_uppercase), "{en}");
        }
    }

    #[test]
    fn no_sentence_blames() {
        for reason in every_reason() {
            let zh = reason.sentence(Locale::Zh);
            for word in ["错误", "非法", "无效", "格式", "有误", "失败"] {
                assert!(!zh.contains(word), "{zh}");
            }
            let en = reason.sentence(Locale::En).to_lowercase();
            for word in ["invalid", "error", "illegal", "wrong", "failed", "format"] {
                assert!(!en.contains(word), "{en}");
            }
        }
    }

    #[test]
    fn every_reason_has_a_code_of_its_own() {
        let mut seen = HashSet::new();
        for reason in every_reason() {
            let code = reason.code();
            assert!(code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
            assert!(seen.insert(code), "{code} is used twice");
        }
    }

    #[test]
    fn a_number_of_another_document_says_what_to_choose() {
        let reason = Reason::OtherDocument { choose: IdType::ForeignPermanentResidentId };
        let zh = reason.sentence(Locale::Zh);
        assert!(zh.contains("“外国人”") && zh.contains("“外国人永久居留身份证”"));
        let en = reason.sentence(Locale::En);
        assert!(en.contains("Foreign national") && en.contains("permanent resident"));
    }

    #[test]
    fn under_age_names_the_first_possible_day() {
        let from = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        let reason = Reason::UnderAge { from };
        assert!(reason.sentence(Locale::Zh).contains("2027年3月1日"));
        assert!(reason.sentence(Locale::En).contains("1 March 2027"));
        assert!(!format!("{reason:?}").contains("2027"));
    }

    #[test]
    fn invisible_characters_are_named_by_code_point() {
        assert_eq!(shown('\u{3164}'), "U+3164");
        assert_eq!(shown('\u{e000}'), "U+E000");
        assert_eq!(shown('\u{2028}'), "U+2028");
        assert_eq!(shown('😀'), "😀");
        assert_eq!(shown('王'), "王");
        assert_eq!(shown('3'), "3");
    }

    #[test]
    fn the_last_wrong_code_asks_for_a_new_one() {
        let last = Reason::CodeWrong { attempts_left: 0 };
        assert_eq!(last.sentence(Locale::Zh), Reason::CodeUsedUp.sentence(Locale::Zh));
    }
}
