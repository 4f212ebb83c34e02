//! What somebody says is wrong with a place, checked before it is kept.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::dial::Dial;
use crate::field::{Asked, FieldErrors, Reason};
use crate::localised::Localised;
use crate::places::phone;
use crate::plain_words::{NUMBER, PlainWords};

/// What of a place is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum About {
    Contact,
    Hours,
    Location,
    Services,
    Access,
    /// It is not there any more.
    Closed,
    Other,
}

/// A report that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub about: About,
    pub words: PlainWords,
}

const ABOUT: &Asked = &Asked::one_of("about_missing", "请选哪里不对。", "Choose what is wrong.");
const WORDS: &Asked =
    &Asked::typed("text_missing", ("请用一句话写明哪里不对。", "Say in a sentence what is wrong."), ("说明", "words"));
/// Characters of the words.
pub const LONGEST: usize = 300;

impl About {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name in the database and on the wire.
    pub fn name(self) -> &'static str {
        self.into()
    }

    pub fn words(self) -> Localised {
        let [zh, en] = match self {
            Self::Contact => ["电话不对，打不通", "The phone is wrong"],
            Self::Hours => ["开放时间不对", "The hours are wrong"],
            Self::Location => ["名称、地址或位置不对", "The name, the address or the position is wrong"],
            Self::Services => ["服务或价格不对", "The services or prices are wrong"],
            Self::Access => ["台阶、坡道、电梯这些不对", "Steps, ramps, lifts and the like are wrong"],
            Self::Closed => ["已经关门或者搬走了", "It has closed or moved away"],
            Self::Other => ["别的地方不对", "Something else is wrong"],
        };
        Localised::new(zh, en)
    }
}

impl Report {
    /// Reads what was typed; the right phone, where somebody knows it, stands behind the words.
    ///
    /// # Errors
    /// At `about`, `text` and `phone`.
    pub fn read(about: &str, text: &str, phone: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let about = errors.keep("about", about.parse().map_err(|_| Reason::NotOffered(ABOUT)));
        let typed = Some(phone.trim()).filter(|phone| !phone.is_empty());
        let phone = errors.keep("phone", typed.map(right_phone).transpose());
        // Whoever knows the right phone has said what there is to say.
        let known = phone.clone().flatten();
        let words = match &known {
            Some(_) if text.trim().is_empty() => Ok(PlainWords::kept(String::new())),
            _ => PlainWords::of(WORDS, LONGEST, text).map_err(with_a_field_for_phones),
        };
        let words = errors.keep("text", words);
        errors.into_result()?;
        let (Some(about), Some(words)) = (about, words) else { return Err(FieldErrors::new()) };
        let words = match known {
            Some(phone) => PlainWords::kept(format!("{words} ☎ {}", phone.as_str()).trim_start().to_owned()),
            None => words,
        };
        Ok(Self { about, words })
    }
}

/// Whoever knows the right phone is told where it belongs.
fn with_a_field_for_phones(wrong: Reason) -> Reason {
    if wrong.code() != NUMBER {
        return wrong;
    }
    Reason::own(
        "report_number",
        "正确的电话请写在下面“正确的电话”一栏里；这一栏请不要写电话、证件号码这样的长数字。",
        "Write the right phone in the field for it below; leave phones, document numbers and other long numbers out here.",
    )
}

/// A phone that an office could have: whoever writes one down to be called counts its digits.
fn right_phone(typed: &str) -> Result<Dial, Reason> {
    let dial = phone::parse(typed).ok().and_then(|phone| Dial::parse(&phone).ok());
    dial.ok_or_else(|| {
        Reason::own(
            "phone",
            "电话请写数字，对照一下位数：固话带区号，例如 0755-12345678；手机 11 位。不知道就空着。",
            "Write the phone in digits and count them: a landline with its area code such as 0755-12345678, a mobile with 11. \
             Or leave it empty.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(about: &str, text: &str, phone: &str) -> Vec<(String, String)> {
        let errors = Report::read(about, text, phone).unwrap_err();
        errors.iter().map(|error| (error.field.clone(), error.reason.code().to_owned())).collect()
    }

    #[test]
    fn a_report_says_what_is_wrong_and_may_name_the_right_phone() {
        let report = Report::read("contact", "打过去说是空号", "0755-26661013").unwrap();
        assert_eq!((report.about, report.words.as_str()), (About::Contact, "打过去说是空号 ☎ 0755-26661013"));
        assert_eq!(Report::read("contact", "", "12345").unwrap().words.as_str(), "☎ 12345");
        assert_eq!(Report::read("hours", "星期六不开门", "").unwrap().words.as_str(), "星期六不开门");
    }

    #[test]
    fn what_cannot_be_meant_is_said_at_its_field() {
        assert_eq!(
            codes("palace", "", "abc").iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(),
            ["about", "phone", "text"]
        );
        let number = codes("contact", "我的电话 13800000000", "");
        assert_eq!(number, [("text".to_owned(), "report_number".to_owned())]);
        let known = codes("contact", "正确的是 0755-26661013", "0755-26661013");
        assert_eq!(known[0].1, "report_number", "a number has one place");
        assert_eq!(codes("contact", "见 www.example.com", "")[0].1, "words_link");
    }

    #[test]
    fn the_right_phone_is_one_that_can_be_dialled() {
        for typed in ["999", "139123456789", "1391234567", "0755-123456", "+86 139 1234 5678 9"] {
            assert_eq!(codes("contact", "打不通", typed), [("phone".to_owned(), "phone".to_owned())], "{typed}");
        }
        for (typed, kept) in [
            ("１３９ 1234 5678", "☎ 139-1234-5678"),
            ("0755-12345678 转 8001", "☎ 0755-12345678转8001"),
            ("120", "☎ 120"),
        ] {
            assert_eq!(Report::read("contact", "", typed).unwrap().words.as_str(), kept, "{typed}");
        }
    }

    #[test]
    fn every_part_has_a_name_that_is_read_again() {
        for about in About::ALL {
            assert_eq!(about.name().parse(), Ok(*about));
        }
    }
}
