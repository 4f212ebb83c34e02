//! What leads away: an address that a phone makes a link of, or that is written so that whoever reads it puts it together. In
//! sentences a dot stands between numbers, after a letter or two, or before a space.

use super::handle;
use crate::identity::clean::{half_width, is_dash};
use crate::identity::letters::is_han;

/// Signs of an address wherever they stand, without the spaces around them.
const SIGNS: [&str; 16] = [
    "//", "http", "hxxp", "www", "xn--", "dotcom", "@", "﹫", "(at)", "[at]", "(dot)", "[dot]", "{dot}", "(点)",
    "[点]", "{点}",
];
/// Ends of hosts that begin no sentence.
const ENDS: [&str; 10] = ["com", "cn", "net", "org", "gov", "edu", "xyz", "cc", "io", "ru"];
/// Ends of hosts that are words too: in lower case no sentence begins with them.
const WORDS: [&str; 38] = [
    "top", "vip", "info", "site", "online", "shop", "club", "tv", "biz", "wang", "ren", "asia", "mobi", "me", "hk",
    "tw", "mo", "jp", "kr", "uk", "us", "eu", "ly", "gg", "im", "link", "live", "pro", "xin", "ltd", "fun", "tech",
    "store", "cloud", "website", "ink", "icu", "work",
];
/// Ends of hosts in Chinese.
const HAN: [&str; 22] = [
    "中国",
    "中國",
    "公司",
    "网络",
    "網絡",
    "网址",
    "网店",
    "网站",
    "中文网",
    "我爱你",
    "集团",
    "在线",
    "商店",
    "商城",
    "商标",
    "政务",
    "公益",
    "组织机构",
    "企业",
    "购物",
    "香港",
    "台湾",
];
/// Whether anything in the text leads away.
pub(crate) fn has_link(text: &str) -> bool {
    let text: String = text.chars().map(half_width).collect();
    let dense: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let joined = joined(&text);
    SIGNS.iter().any(|sign| dense.contains(sign))
        || has_dot_in_brackets(&dense)
        || is_spelled(&text)
        || is_spelled(&joined)
        || [&text, &joined, &dense].into_iter().any(|text| handle::is_in(&text.to_lowercase()))
        || is_number_of_a_host(&dense)
        || has_host(&text)
        || has_host(&joined)
}

/// What the dot of an address is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dot {
    Full,
    /// The full stop of Chinese, after which there is no space.
    Chinese,
    /// Between the parts of a foreign name.
    Middle,
    Comma,
}

impl Dot {
    fn read(character: char) -> Option<Self> {
        match character {
            '.' | '․' | '‧' | '∙' | '⋅' | '⸱' | '﹒' | '٫' | '۔' => Some(Self::Full),
            '。' | '｡' | '︒' => Some(Self::Chinese),
            '·' | '•' | '・' | '･' => Some(Self::Middle),
            ',' | '、' => Some(Self::Comma),
            _ => None,
        }
    }
}

/// What stands beside a dot.
struct Beside<'a> {
    before: &'a [char],
    after: &'a [char],
}

impl<'a> Beside<'a> {
    /// The last character before it, and whether spaces are between.
    fn last(&self) -> Option<(char, bool)> {
        let place = self.before.iter().rposition(|c| !c.is_whitespace())?;
        Some((self.before[place], place + 1 < self.before.len()))
    }

    /// The word after it, and whether spaces are between.
    fn word(&self) -> (&'a [char], bool) {
        let start = self.after.iter().position(|c| !c.is_whitespace()).unwrap_or(self.after.len());
        (&self.after[start..], start > 0)
    }
}

fn has_host(text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut dots = text.iter().enumerate().filter_map(|(place, c)| Some((place, Dot::read(*c)?)));
    dots.any(|(place, dot)| is_host(dot, &Beside { before: &text[..place], after: &text[place + 1..] }))
}

fn is_host(dot: Dot, beside: &Beside<'_>) -> bool {
    let ((word, gap_after), last) = (beside.word(), beside.last());
    let (latin, han) = (latin_word(word), han_end(word));
    if dot == Dot::Comma {
        return !gap_after && is_end(&latin);
    }
    let written_as_end = !gap_after && WORDS.contains(&latin.as_str());
    let stands_alone = gap_after && (latin == "top" || latin == "vip");
    if is_end(&latin) || written_as_end || stands_alone {
        return true;
    }
    let Some((last, gap_before)) = last.filter(|(last, _)| is_of_a_host(*last)) else { return false };
    if han {
        return true;
    }
    let letters = word.iter().take_while(|c| c.is_alphabetic() && !is_han(**c)).count();
    match dot {
        _ if gap_after => false,
        Dot::Full if gap_before => letters >= 2,
        Dot::Full if word.first().is_some_and(|c| is_han(*c)) => !is_numbering(beside.before, last),
        Dot::Full => letters >= 2,
        Dot::Chinese => !gap_before && !is_han(last) && letters >= 2,
        Dot::Middle | Dot::Comma => false,
    }
}

/// `1.`, `12.` and `A.` before what they count.
fn is_numbering(before: &[char], last: char) -> bool {
    let word =
        before.iter().rev().skip_while(|c| c.is_whitespace()).take_while(|c| c.is_alphanumeric() && !is_han(**c));
    let word: Vec<_> = word.collect();
    let is_number = (1..=2).contains(&word.len()) && word.iter().all(|c| c.is_ascii_digit());
    is_number || (word.len() == 1 && last.is_ascii_alphabetic())
}

fn is_of_a_host(character: char) -> bool {
    character.is_alphanumeric() || is_dash(character) || character == '_'
}

/// The letters in Latin that a text begins with, where they are a whole word.
fn latin_word(text: &[char]) -> String {
    let word: String = text.iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    let next = text.get(word.len());
    if next.is_some_and(|c| c.is_alphanumeric() && !is_han(*c)) { String::new() } else { word }
}

fn is_end(word: &str) -> bool {
    ENDS.contains(&word.to_lowercase().as_str())
}

/// Whether a text begins with the end of a host in Chinese, and a sentence would go on.
fn han_end(text: &[char]) -> bool {
    let run: String = text.iter().take_while(|c| is_han(**c)).collect();
    let rest = &text[run.chars().count()..];
    let ends = match rest {
        [] | ['。' | '！'] => true,
        [next, ..] => next.is_whitespace() || next.is_ascii(),
    };
    ends && HAN.contains(&run.as_str())
}

/// `evil[.]com`, `evil(。)com`.
fn has_dot_in_brackets(dense: &str) -> bool {
    let characters: Vec<char> = dense.chars().collect();
    characters.windows(3).any(|three| {
        let dot = Dot::read(three[1]).is_some_and(|dot| dot != Dot::Comma);
        dot && "([{<〔「《〈".contains(three[0]) && ")]}>〕」》〉".contains(three[2])
    })
}

/// `evil dot com`, `evil点com`, `例子点中国`.
fn is_spelled(text: &str) -> bool {
    let text = &["句号", "句點", "圆点", "小数点"].iter().fold(text.to_owned(), |text, dot| text.replace(dot, "点"));
    let words: Vec<_> =
        text.split(|c: char| !c.is_alphanumeric() || is_han(c)).filter(|word| !word.is_empty()).collect();
    let ends = |word: &str| is_end(word) || WORDS.contains(&word);
    if words.windows(2).any(|two| two[0].eq_ignore_ascii_case("dot") && ends(two[1])) {
        return true;
    }
    let text: Vec<char> = text.chars().collect();
    let mut dots = text.iter().enumerate().filter(|(_, c)| matches!(c, '点' | '點'));
    dots.any(|(place, _)| {
        let beside = Beside { before: &text[..place], after: &text[place + 1..] };
        let ((word, gap_after), last) = (beside.word(), beside.last());
        let latin = latin_word(word);
        let after_latin = last.is_some_and(|(last, gap)| !gap && last.is_ascii_alphanumeric());
        let after_host = !gap_after && last.is_some_and(|(last, _)| is_of_a_host(last) && !last.is_ascii_digit());
        let china = word.starts_with(&['中', '国']) && han_end(word);
        is_end(&latin) || (after_latin && WORDS.contains(&latin.as_str())) || (after_host && china)
    })
}

/// `192.168.1.1`.
fn is_number_of_a_host(dense: &str) -> bool {
    let dotted = |c: char| if Dot::read(c).is_some_and(|dot| dot != Dot::Comma) { '.' } else { c };
    let dotted: String = dense.chars().map(dotted).collect();
    dotted.split(|c: char| c != '.' && !c.is_ascii_digit()).any(|piece| {
        let numbers: Vec<_> = piece.trim_matches('.').split('.').collect();
        numbers.len() == 4 && numbers.iter().all(|number| number.parse::<u8>().is_ok())
    })
}

/// `e v i l . c o m` as it is read.
fn joined(text: &str) -> String {
    let mut joined = String::new();
    let mut after_one = false;
    for piece in text.split_whitespace() {
        let mut parts = piece.split(|c| Dot::read(c).is_some());
        let is_one = parts.all(|part| part.chars().count() <= 1) && !piece.chars().any(is_han);
        if !(joined.is_empty() || is_one && after_one) {
            joined.push(' ');
        }
        joined.push_str(piece);
        after_one = is_one;
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_lead_nowhere() {
        for text in [
            "停电",
            "5 月 13 日停电。请改期",
            "5月13日停电。请改期。",
            "Mr. Li is ill. Come on Monday.",
            "Power cut, 8.30 a.m. to 5 p.m.",
            "系统 8:30–11:30 维护",
            "2026.5.13 停电",
            "1.停电 2.停水",
            "请带1.身份证2.户口簿",
            "A.身份证 B.户口簿",
            "第 3.5 条、第 4 条",
            "No.5 counter is closed, No. 6 is open",
            "St. Mary Rd. is closed. Please walk.",
            "U.S. citizens, Ph.D. holders, e.g. visitors",
            "上午十点 OK，下午两点不行",
            "三点公司开会，四点起照常",
            "请补一点信息。",
            "办事点在 3 楼。中国公民带身份证",
            "今天停电。VIP 窗口照常。",
            "今天停电。App 照常用。",
            "停电。Sorry",
            "停电。公司的人明天来",
            "停水。网络照常，电话也通",
            "阿依古丽·买买提今天请假",
            "Closed. Top floor is open. HK residents: come tomorrow.",
            "Mainland, HK and TW residents",
            "大厅（3 楼）整修……请走东门",
            "Please come to the dot on the map",
            "Come at 9, 10 or 11.",
            "人多；请 14:00 后来！",
            "地铁 1 号线示例站 A 口，往左 200 米。",
            "C 栋 2.5 楼",
            "电梯坏了.",
            "法定节假日（5.1–5.5）不办公",
            "Version 2.0 of the form",
            "缺 GB/T 2260 码",
            "i.e. nobody comes",
            "“停电”",
            "He said no. it was late.",
            "请用微信公众号预约",
            "微信支付 QQ 群都不收费",
            "PDF、JPG 都可以",
            "12.带户口簿",
            "Mary·Smith 请假",
        ] {
            assert!(!has_link(text), "{text}");
        }
    }

    #[test]
    fn addresses_lead_away_however_they_are_written() {
        for text in [
            "http://evil.cn/x",
            "HTTPS evil",
            "hxxp evil",
            "www.evil",
            "w w w . evil",
            "evil.com",
            "EVIL.COM",
            "看evil.com看",
            "evil.example",
            "t.cn/x",
            "T。CN/x",
            "пример.рф",
            "例子.中国",
            "例子。中国",
            "例子。中国。",
            "例子。公司/abc",
            "例子.测试",
            "例子.com",
            "例子。com",
            "例子。com 点击",
            "例子。top",
            "163.中国",
            "ｅｖｉｌ．ｃｏｍ",
            "evil 。com",
            "evil .com",
            "evil. com",
            "evil 。 com",
            "evil. top",
            "e v i l . c o m",
            "e v i l。c o m",
            "evil[.]com",
            "evil[ . ]example",
            "evil(.)example",
            "evil（。）example",
            "evil<.>example",
            "evil(dot)com",
            "evil（点）com",
            "evil [dot] com",
            "evil dot com",
            "evil dot cn取",
            "evil DOT cn",
            "evil d o t com",
            "evildotcom",
            "evil点com",
            "evil 点 cn",
            "evil点top",
            "例子点com",
            "例子点中国",
            "xn--fiqs8s",
            "evil．com",
            "evil｡com",
            "evil․com",
            "evil‧com",
            "evil·com",
            "evil•com",
            "evil・com",
            "evil,com",
            "evil，cn",
            "مثال.إختبار",
            "ตัวอย่าง.ไทย",
            "हिंदी.भारत",
            "evil.рф",
            "écoles.fr",
            "192.168.1.1",
            "8。8。8。8",
            "a@b",
            "a＠b",
            "a(at)b",
            "//evil",
            "Mr.Li",
            "(evil).com",
            "evil-.com",
            "evil8.商店",
            "12306.政务",
            "huimin1.商城",
            "停电evil8.中国看",
            "evil、com",
            "evil句号com",
            "加微信：minzheng_ns",
            "QQ 123456a",
            "微 信 minzheng_ns",
            "Q Q 123456a",
        ] {
            assert!(has_link(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_host_is_found_within_any_sentence(
            name in "[a-z]{2,9}", end in prop::sample::select(ENDS.to_vec()),
            dot in prop::sample::select(vec![".", "。", "．", "｡", " .", ". ", "·", "(.)", "[dot]", " dot ", "点", "․"]),
            before in "[停电请改期]{0,4}[，。 ]?", after in "[ ，。/点击领取]{0,3}",
        ) {
            let text = format!("{before}{name}{dot}{end}{after}");
            prop_assert!(has_link(&text), "{text}");
        }

        #[test]
        fn sentences_of_words_and_full_stops_are_none(
            words in prop::collection::vec("[A-Z][a-z]{3,8}( [b-z][a-z]{4,8}){0,4}", 1..4),
            han in prop::collection::vec("[停电请改期明天来办]{2,9}", 1..5), hour in 0..24, minute in 10..60,
        ) {
            let english = words.join(". ") + ".";
            let dense: String = english.to_lowercase().chars().filter(|c| *c != ' ').collect();
            prop_assume!(!SIGNS.iter().any(|sign| dense.contains(sign)));
            let chinese = format!("{}。{hour}:{minute}", han.join("。"));
            prop_assert!(!has_link(&chinese), "{chinese}");
            let ends = |word: &&str| ENDS.contains(&word.to_lowercase().trim_end_matches('.'));
            prop_assert!(!has_link(&english) || english.split(' ').any(|word| ends(&word)), "{english}");
        }

        #[test]
        fn nothing_that_is_typed_breaks_it(text in any::<String>()) {
            has_link(&text);
        }
    }
}
