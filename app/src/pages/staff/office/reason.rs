//! The reason for a day that differs, in Chinese and, where somebody writes it, in English.

use shared::{
    field::{Asked, FieldErrors},
    localised::Localised,
    plain_words::PlainWords,
};

use crate::{
    pairs::{Pairs, value},
    words::CHINESE_ONLY,
};

const LONGEST: usize = 80;

/// What was typed into `reason_zh` and `reason_en`. Nobody has to write English: pages in English then say the Chinese, and that
/// it is Chinese.
pub(super) fn read(typed: &Pairs, asked: &'static Asked, errors: &mut FieldErrors) -> Option<Localised> {
    let mut words = |name: &str| {
        errors.keep(name, PlainWords::told(asked, LONGEST, value(typed, name).unwrap_or_default()).map(String::from))
    };
    let zh = words("reason_zh");
    let has_english = value(typed, "reason_en").is_some_and(|text| !text.trim().is_empty());
    let en = if has_english { words("reason_en").map(Some) } else { Some(None) };
    let (zh, en) = (zh?, en?);
    let en = en.unwrap_or_else(|| format!("{zh}{CHINESE_ONLY}"));
    Some(Localised::new(zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_in_chinese_is_enough_and_one_in_english_alone_is_not() {
        let read = |zh: &str, en: &str| {
            let typed = [("reason_zh", zh), ("reason_en", en)].map(|(name, text)| (name.to_owned(), text.to_owned()));
            let mut errors = FieldErrors::new();
            let read = read(&typed.into(), Asked::DATE, &mut errors);
            read.ok_or_else(|| errors.iter().map(|error| error.field.clone()).collect::<Vec<_>>())
        };
        assert_eq!(read(" 停电 ", "").unwrap(), Localised::new("停电", "停电 (said in Chinese only)"));
        assert_eq!(read("停电", "Power cut").unwrap(), Localised::new("停电", "Power cut"));
        assert_eq!(read("", "Power cut").unwrap_err(), ["reason_zh"]);
        assert_eq!(read("停电", &"x".repeat(81)).unwrap_err(), ["reason_en"]);
        for mail in ["\u{200b}", "停电 http://evil.cn/x 点击", "13800000000 打这个", "【惠民】您的预约已取消"]
        {
            assert_eq!(read(mail, "Power cut").unwrap_err(), ["reason_zh"], "{mail}");
        }
        assert_eq!(read("停\u{202e}电", "").unwrap().zh, "停电");
        assert_eq!(read("系统升级，请加微 abc12345 改约", "").unwrap_err(), ["reason_zh"]);
        assert_eq!(read("系统升级", "Write to lisi888").unwrap_err(), ["reason_en"]);
    }
}
