//! Words that somebody at work writes freely: why a day is closed, which everybody booked is told, or why something was done,
//! which is read in the record for years. They say something, they show all that they say, and they carry nothing that would
//! lead away, name somebody by a number or pass for a text of the bureau's.

mod handle;
mod link;
mod lure;
mod mixed;
mod number;
mod script;
mod times;

use std::fmt;

use serde::Serialize;

use crate::field::{Asked, Reason};
use crate::identity::clean::{self, half_width};
use crate::identity::letters::{is_han, is_letter};
pub(crate) use link::has_link;
pub(crate) use script::is_usual;

/// As they are read, without anything that nobody sees.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PlainWords(String);

impl PlainWords {
    /// Of a reason that is asked for in general.
    pub const ASKED: &'static Asked = &Asked::typed(
        "reason_missing",
        ("请写明原因，用一句话说清楚。", "Say why, in a sentence."),
        ("原因", "reason"),
    );
    /// Characters of a reason for the record.
    pub const LONGEST: usize = 200;

    /// A reason for the record.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn parse(text: &str) -> Result<Self, Reason> {
        Self::of(Self::ASKED, Self::LONGEST, text)
    }

    /// Cleaned words of at most `limit` characters.
    ///
    /// # Errors
    /// What is wrong with them, as it is said at their field.
    pub fn of(asked: &'static Asked, limit: usize, text: &str) -> Result<Self, Reason> {
        let text = line(asked, limit, text, Numbers::Short)?;
        if says_something(&text) {
            Ok(Self(text))
        } else {
            Err(own("words_few", "请写明白一些，让别人看得懂。", "Say a little more, so that others understand it."))
        }
    }

    /// Of what is sent to people in texts under the bureau's name: no word of it could be somebody's name elsewhere, and it asks
    /// nobody to look for one, to join or to pay.
    ///
    /// # Errors
    /// What is wrong with them, as it is said at their field.
    pub fn told(asked: &'static Asked, limit: usize, text: &str) -> Result<Self, Reason> {
        let words = Self::of(asked, limit, text)?;
        let narrow: String = words.0.chars().map(half_width).collect();
        if lure::is_in(&narrow) {
            Err(own(
                "words_lure",
                "这句话会用短信发给大家，请只写原因：不要叫人加好友、进群、到别处搜或者转账。",
                "These words are sent to people in texts. Give the reason alone: ask nobody to add somebody, to join a group, to \
                 search elsewhere or to pay.",
            ))
        } else if mixed::is_in(&narrow) {
            Err(own(
                "words_code",
                "这句话会用短信发给大家，里面有字母和数字连在一起的词，像是别处的账号：请去掉，或者在字母和数字中间用文字隔开。",
                "These words are sent to people in texts, and letters and figures in one word of them look like a name on another \
                 service: leave it out, or put a space between them.",
            ))
        } else {
            Ok(words)
        }
    }

    /// Words that stand in the record already, by whatever rule held when they were written.
    pub fn kept(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The code of what has a number that is too long.
pub(crate) const NUMBER: &str = "words_number";

/// What numbers a line may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Numbers {
    /// Up to a date; none that is somebody's.
    Short,
    /// The same, and lists of them such as those of buses: 101、205、312.
    Listed,
    /// The same, and those of houses and rooms: 10128-10130 号、1-101,1-102 室.
    Placed,
}

/// A cleaned line of at most `limit` characters that everybody may be shown or sent under the bureau's name.
///
/// # Errors
/// What is wrong with it, as it is said at its field.
pub(crate) fn line(asked: &'static Asked, limit: usize, text: &str, numbers: Numbers) -> Result<String, Reason> {
    let text = clean::sentence(asked, limit, text)?;
    let narrow: String = text.chars().map(half_width).collect();
    if number::is_in(&narrow, numbers) {
        Err(own(
            NUMBER,
            "这里的话会保存或者发出去，请不要写证件号码、电话号码这样的长数字；连着写的几个数字，中间请用文字隔开。",
            "These words are kept or sent out: leave phones, document numbers and other long numbers out, and put words between \
             numbers that follow one another.",
        ))
    } else if has_link(&narrow) {
        Err(no_link())
    } else if has_brackets(&text) {
        Err(no_brackets())
    } else if says_something(&text) && !is_usual(&narrow) {
        Err(own(
            "words_script",
            "这里只用中文、英文和常用的标点：别的文字、特殊符号和表情请去掉。",
            "Use Chinese or English and ordinary punctuation here: leave other scripts, special signs and emoji out.",
        ))
    } else {
        Ok(text)
    }
}

pub(crate) fn no_link() -> Reason {
    own(
        "words_link",
        "请不要写网址、邮箱、微信号和 QQ 号，也不要写看起来像网址的话；句号请写“。”，后面不要紧跟英文。",
        "Leave web and mail addresses and names on other services out, and what looks like one; leave a space after each full stop.",
    )
}

pub(crate) fn no_brackets() -> Reason {
    own(
        "words_brackets",
        "请不要用【】：短信里它是机关的签名。",
        "Leave 【】 out: in texts these brackets sign for the bureau.",
    )
}

/// The signature of whoever sends a text, and what looks like it.
pub(crate) fn has_brackets(text: &str) -> bool {
    text.contains(['【', '】', '〖', '〗', '︻', '︼'])
}

fn own(code: &'static str, zh: &'static str, en: &'static str) -> Reason {
    Reason::own(code, zh, en)
}

/// Two characters of Chinese or four letters, at least.
fn says_something(text: &str) -> bool {
    let han = text.chars().filter(|character| is_han(*character)).count();
    han >= 2 || text.chars().filter(|character| is_letter(*character)).count() >= 4
}

pub(crate) fn is_digit(character: char) -> bool {
    const CHINESE: &str = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺";
    CHINESE.contains(character) || (character.is_numeric() && !is_han(character))
}

impl From<PlainWords> for String {
    fn from(words: PlainWords) -> Self {
        words.0
    }
}

impl fmt::Display for PlainWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        PlainWords::parse(text).map_or_else(|wrong| wrong.code(), |_| "fine")
    }

    #[test]
    fn words_are_kept_as_they_are_read() {
        let kept = |text: &str| PlainWords::parse(text).unwrap().to_string();
        assert_eq!(kept(" 下午人少，\u{202e}还办\u{200b}得了 "), "下午人少，还办得了");
        assert_eq!(kept("Power\n cut"), "Power cut");
        for text in [
            "停电",
            "本人 2026-05-13 到窗口核对证件",
            "系统 8:30–11:30 维护",
            "第一、二、三窗口",
            "1.停电",
            "请打 12345",
            "8:30-12:00、14:00-17:30 停电",
            "12月1日至2日 9:00–12:00、14:00–17:30 停电",
            "2026-5-13～2026-5-15 停电",
            "5/13 8:30-5/14 17:30 停电",
            "101、205、312 路改道",
            "501、502、503 室停电",
            "Rooms 301-305, 3/F",
            "2026.5.1-5.7 停电",
            "2301 至 2305 室停电",
        ] {
            assert_eq!(code(text), "fine", "{text}");
        }
    }

    #[test]
    fn what_says_nothing_is_no_reason() {
        for text in ["", "  ", "\u{200b}", "\u{2060}\u{feff}", "\u{ad}", "\u{202e}"] {
            assert_eq!(code(text), "reason_missing", "{text:?}");
        }
        for text in [".", "好", "abc", "……", "1234", "\u{3164}\u{3164}\u{3164}\u{3164}"] {
            assert_eq!(code(text), "words_few", "{text:?}");
        }
        assert_eq!(code(&"长".repeat(201)), "too_long");
        assert_eq!(code("停电\0"), "control_character");
    }

    #[test]
    fn nobody_is_named_by_a_number() {
        for text in [
            "打13800000000",
            "身份证 440308 19990110 1512",
            "138-0000-0000 的人",
            "电话一三八零零零零零零零零",
            "电话１３８００００００００",
            "电话壹叁捌零零零零零零零零",
            "编号 1380000a0000",
            "座机 2612345 请打",
            "138:0013:8000 的人",
            "138、0000、0000 的人",
            "138、001、380、00 的人",
            "停电，退款请拨 2666-1013",
            "停电，退款请拨 8288 4411",
            "座机 261-2345",
            "座机（261）2345",
            "座机 二六六六 一零一三",
            "座机 26 66 10 13",
            "Refunds: 2666.1013",
        ] {
            assert_eq!(code(text), "words_number", "{text}");
        }
    }

    #[test]
    fn nothing_leads_away_or_passes_for_a_text_of_the_bureau() {
        for text in ["停电 http://evil.cn/x 点击", "停电 ｗｗｗ．evil", "详见 t.cn/x", "详见 T。CN/x", "写信 a@b"]
        {
            assert_eq!(code(text), "words_link", "{text}");
        }
        for text in ["【惠民】您的预约已取消", "惠民】预约已取消"] {
            assert_eq!(code(text), "words_brackets", "{text}");
        }
    }

    #[test]
    fn what_is_sent_in_texts_leads_nobody_elsewhere() {
        let code =
            |text: &str| PlainWords::told(PlainWords::ASKED, 80, text).map_or_else(|wrong| wrong.code(), |_| "fine");
        // As somebody at work wrote them who wanted everybody booked to come to them.
        for text in [
            "系统升级，请加微 abc12345 改约",
            "系统升级，请加我 abc12345 改约",
            "系统升级，+v abc12345 改约",
            "系统升级，请加薇芯 lisi888 改约",
            "系统升级，请到公众号福利站改约",
            "系统升级，小红书搜福利站改约",
            "系统升级，抖音搜福利站改约",
            "系统升级，请加Ｖ：lisi888",
            "系统升级，电报群 laofu88 改约",
            "系统升级，扫码进群改约",
            "系统升级，飞书 laofu88 改约",
            "系统升级，请联系 lisi888 改约",
            "系统升级，添加好友 lisi888 改约",
            "系统升级，请转账到工行尾号 8888",
            "系统升级，加卫星 lisi888",
            "系统升级，请搜 lisi888 改约",
            "系统升级，请加徽信 lisi888",
            "系统升级，加魏信 lisi888",
            "系统升级，加薇 lisi888",
            "系统升级，加V lisi888",
            "系统升级，V：lisi888",
            "系统升级，改约请私信 lisi888",
        ] {
            assert!(["words_code", "words_lure", "words_link"].contains(&code(text)), "{text}: {}", code(text));
        }
        for text in ["停电", "系统升级", "B1-203 室漏水", "Excel2019 升级，停办半天", "Power cut"] {
            assert_eq!(code(text), "fine", "{text}");
        }
    }

    #[test]
    fn what_the_record_has_already_is_read_whatever_it_is() {
        assert_eq!(PlainWords::kept(".".to_owned()).as_str(), ".");
    }
}
