//! What an office itself says of a place: its name, where it is, its phone, and how to find the way.

use serde::{Deserialize, Serialize};

use super::phone;
use crate::field::{Asked, FieldErrors, Reason};
use crate::localised::Localised;
use crate::plain_words::{Numbers, line};

/// As it is typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub name_zh: String,
    pub name_en: String,
    pub address_zh: String,
    pub address_en: String,
    pub phone: String,
    pub directions_zh: String,
    pub directions_en: String,
}

/// What is said of a place, in pages and texts under the bureau's name; only [`Draft::read`] makes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub name: Localised,
    pub address: Localised,
    pub phone: String,
    /// Empty where nothing is said.
    pub directions: Localised,
}

/// In Chinese, then in English: whoever lacks one of them reads which.
const NAME: [&Asked; 2] = [
    &Asked::typed("place_name_missing", ("请填写名称。", "Enter its name in Chinese."), ("名称", "Chinese name")),
    &Asked::typed(
        "place_name_missing",
        ("请填写英文名称。", "Enter its name in English."),
        ("英文名称", "English name"),
    ),
];
const ADDRESS: [&Asked; 2] = [
    &Asked::typed(
        "place_address_missing",
        ("请填写地址。", "Enter its address in Chinese."),
        ("地址", "Chinese address"),
    ),
    &Asked::typed(
        "place_address_missing",
        ("请填写英文地址。", "Enter its address in English."),
        ("英文地址", "English address"),
    ),
];
const DIRECTIONS: [&Asked; 2] = [
    &Asked::typed(
        "place_directions_missing",
        ("请填写怎么走。", "Say in Chinese how to find the way."),
        ("怎么走", "Chinese directions"),
    ),
    &Asked::typed(
        "place_directions_missing",
        ("请填写英文怎么走。", "Say in English how to find the way."),
        ("英文怎么走", "English directions"),
    ),
];

const CELL: &Asked = &Asked::typed(
    "cell_missing",
    ("这一格没有看得见的字，请填写或者留空。", "Nothing can be seen in this cell: fill it, or leave it empty."),
    ("这一格", "cell"),
);

/// What a list of places says of one, by the rule of what an office says itself; phones stand in a column of their own.
///
/// # Errors
/// What is wrong with it, with what would be right.
pub fn in_a_list(limit: usize, text: &str) -> Result<String, Reason> {
    line(CELL, limit, text, Numbers::Placed).map_err(|wrong| match wrong.code() {
        "words_number" => Reason::own(
            "cell_long_number",
            "这里不要写电话、证件号码这样的长数字：电话只写在“电话”一列；门牌号、房号连着写的，中间请用顿号隔开。",
            "Leave phones, document numbers and other long numbers out: phones have a column of their own, and between numbers of \
             houses or rooms stands a comma.",
        ),
        _ => wrong,
    })
}

const WHO: &Asked = &Asked::typed(
    "who_missing",
    ("请写明是谁说的，例如街道办的名称。", "Name who says so, such as an office of the street."),
    ("是谁说的", "who says so"),
);

/// Who made a list or confirmed something, in words that residents read beside it.
///
/// # Errors
/// What is wrong with them, with what would be right.
pub fn who(text: &str) -> Result<String, Reason> {
    line(WHO, 60, text, Numbers::Short)
}

impl Draft {
    pub fn of(said: &Said) -> Self {
        Self {
            name_zh: said.name.zh.clone(),
            name_en: said.name.en.clone(),
            address_zh: said.address.zh.clone(),
            address_en: said.address.en.clone(),
            phone: said.phone.clone(),
            directions_zh: said.directions.zh.clone(),
            directions_en: said.directions.en.clone(),
        }
    }

    /// # Errors
    /// One for each field that needs attention. Directions may be left out, but not in one language alone.
    pub fn read(&self) -> Result<Said, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut short =
            |field: &str, typed: &str, asked, limit| errors.keep(field, line(asked, limit, typed, Numbers::Short));
        let name = (short("name_zh", &self.name_zh, NAME[0], 40), short("name_en", &self.name_en, NAME[1], 80));
        let address = (
            short("address_zh", &self.address_zh, ADDRESS[0], 80),
            short("address_en", &self.address_en, ADDRESS[1], 160),
        );
        let phone = errors.keep("phone", phone::parse(&self.phone));
        let has_directions = !(self.directions_zh.trim().is_empty() && self.directions_en.trim().is_empty());
        let directions = if has_directions {
            let [zh, en] = DIRECTIONS;
            let mut long =
                |field: &str, typed: &str, asked| errors.keep(field, line(asked, 200, typed, Numbers::Listed));
            (long("directions_zh", &self.directions_zh, zh), long("directions_en", &self.directions_en, en))
        } else {
            (Some(String::new()), Some(String::new()))
        };
        let both = |(zh, en): (Option<String>, Option<String>)| Some(Localised::new(zh?, en?));
        match (both(name), both(address), phone, both(directions)) {
            (Some(name), Some(address), Some(phone), Some(directions)) => Ok(Said { name, address, phone, directions }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    fn draft() -> Draft {
        let text = |text: &str| text.to_owned();
        Draft {
            name_zh: text("示例大厅"),
            name_en: text("Sample hall"),
            address_zh: text("示例路 1 号"),
            address_en: text("1 Sample Road"),
            phone: text(" 0755-12345678 "),
            ..Draft::default()
        }
    }

    #[test]
    fn what_is_said_of_a_place_comes_back_as_it_was_typed() {
        let said = draft().read().unwrap();
        assert_eq!((said.phone.as_str(), said.directions.zh.as_str()), ("0755-12345678", ""));
        assert_eq!(Draft::of(&said).read().unwrap(), said);
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let all: Vec<_> = Draft::default().read().unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(all, ["name_zh", "name_en", "address_zh", "address_en", "phone"]);
        let said = Draft::default().read().unwrap_err().into_iter().map(|error| error.reason.sentence(Locale::Zh));
        let mut said: Vec<_> = said.collect();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), all.len(), "no two of them say the same: {said:?}");
        let wrong = Draft { phone: "tel:12345".to_owned(), ..draft() };
        assert_eq!(wrong.read().unwrap_err().iter().next().unwrap().reason.code(), "place_phone");
        let half = Draft { directions_zh: "地铁 1 号线".to_owned(), ..draft() };
        assert_eq!(half.read().unwrap_err().iter().next().unwrap().field, "directions_en");
        let long = Draft { name_zh: "长".repeat(41), ..draft() };
        assert_eq!(long.read().unwrap_err().iter().next().unwrap().reason.code(), "too_long");
    }

    #[test]
    fn a_list_says_what_real_lists_say_and_nothing_that_leads_away() {
        for text in [
            "海珠社区长者服务站（点）",
            "深圳市南山区南山街道示例路 10128-10130 号示例大厦 A 座 1 楼 101、102、103-105 室",
            "示例花园三期 12 栋 B 座裙楼 1-101,1-102 铺",
            "示例路与示例二路交汇处东南 50 米（原 3 号楼，邮编 518000）",
            "示例路 2 号 3/F，电梯 2#",
            "粤海街道办·长者服务中心",
            "60 岁以上，户籍老人(70岁以上)",
            "周一至周五 8:30-12:00、14:00-17:30，周六 9:00—12:00",
            "地铁 1 号线 A2 口，乘 101、M490、B736 路",
            "3/F, Block A, 2601 Sample Avenue, Shenzhen 518000",
            "甲",
        ] {
            assert_eq!(in_a_list(120, text).as_deref(), Ok(text), "{text}");
        }
        for (text, wrong) in [
            ("长者站 http://evil.example", "words_link"),
            ("示例路 1 号 evil.cn/x", "words_link"),
            ("示例站，加微信 minzheng_ns", "words_link"),
            ("【惠民】长者站", "words_brackets"),
            ("长者站 13800000000", "cell_long_number"),
            ("示例路 1 号 0755-12345678", "cell_long_number"),
            ("长者站☎", "words_script"),
            ("\u{200b}", "cell_missing"),
        ] {
            assert_eq!(in_a_list(120, text).unwrap_err().code(), wrong, "{text}");
        }
    }

    #[test]
    fn whoever_says_something_has_a_name_and_nothing_else() {
        for text in ["粤海街道办", "深圳市民政局 2026 年名单", "Nanshan District Civil Affairs Bureau"] {
            assert_eq!(who(text).as_deref(), Ok(text));
        }
        for (text, wrong) in [
            ("", "who_missing"),
            (" \u{200b}", "who_missing"),
            ("见 http://x.cn", "words_link"),
            ("加微信 abc123", "words_link"),
            ("13800000000", "words_number"),
            ("【民政】", "words_brackets"),
            (&"长".repeat(61), "too_long"),
        ] {
            assert_eq!(who(text).unwrap_err().code(), wrong, "{text}");
        }
    }

    #[test]
    fn nothing_that_is_said_of_a_place_leads_away_or_passes_for_a_text_of_the_bureau() {
        let code =
            |draft: &Draft| draft.read().map_or_else(|wrong| wrong.iter().next().unwrap().reason.code(), |_| "fine");
        for (text, wrong) in [
            ("南山大厅 evil.cn/x", "words_link"),
            ("例子.中国", "words_link"),
            ("南山大厅 a@b", "words_link"),
            ("【惠民】退款专线", "words_brackets"),
            ("退款请打 13800000000", "words_number"),
            ("大厅☎", "words_script"),
            ("мэрия", "words_script"),
            ("南山\0", "control_character"),
            ("\u{200b}", "place_name_missing"),
        ] {
            assert_eq!(code(&Draft { name_zh: text.to_owned(), ..draft() }), wrong, "{text:?}");
            let wrong = if wrong == "place_name_missing" { "place_address_missing" } else { wrong };
            assert_eq!(code(&Draft { address_en: text.to_owned(), ..draft() }), wrong, "{text:?}");
            let directions = Draft { directions_zh: "往左".to_owned(), directions_en: text.to_owned(), ..draft() };
            let wrong = if wrong == "place_address_missing" { "place_directions_missing" } else { wrong };
            assert_eq!(code(&directions), wrong, "{text:?}");
        }
        let seen = Draft { name_zh: "南山\u{202e}大厅".to_owned(), ..draft() }.read().unwrap();
        assert_eq!(seen.name.zh, "南山大厅");
        for (zh, en) in [
            ("乘 101、205、312、M490 路到示例站", "Buses 37, 42 and M345 stop at Sample Rd. (exit A)"),
            ("深圳市南山区示例大道 2601 号 A 座 3 楼（518000）", "3/F, Block A, 2601 Sample Avenue, Shenzhen 518000"),
        ] {
            let (zh, en) = (zh.to_owned(), en.to_owned());
            assert_eq!(code(&Draft { directions_zh: zh, directions_en: en, ..draft() }), "fine");
        }
    }
}
