//! What leads away: an address that a phone makes a link of, or that is written so that whoever reads it puts it together. In
//! sentences a dot stands between numbers, after a letter or two, or before a space.

use super::handle;
use crate::identity::clean::{half_width, is_dash};
use crate::identity::letters::is_han;

/// Signs of an address wherever they stand, without the spaces around them.
const SIGNS: [&str; 13] =
    ["//", "http", "hxxp", "www", "xn--", "dotcom", "@", "﹫", "(at)", "[at]", "(dot)", "[dot]", "{dot}"];
/// A dot, where the end of a host follows: `长者服务站（点）` is a name.
const POINTS: [&str; 3] = ["(点)", "[点]", "{点}"];
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
        || has_point_in_brackets(&dense)
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
        Dot::Full if is_saint(beside.before, word) => false,
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

/// `St.Mary`, as roads and churches are written.
fn is_saint(before: &[char], word: &[char]) -> bool {
    let is_st = before.strip_suffix(&['S', 't']).is_some_and(|before| !before.last().is_some_and(|c| is_of_a_host(*c)));
    let (name, lower) = (latin_word(word), latin_word(word).to_lowercase());
    let is_name = name.len() > 3 && name.starts_with(|c: char| c.is_ascii_uppercase()) && name[1..] == lower[1..];
    let ends = word.get(name.len()).is_none_or(|next| !"/:@".contains(*next));
    is_st && is_name && ends && !is_end(&name) && !WORDS.contains(&lower.as_str())
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

/// `evil(点)com`, `例子(点)中国`.
fn has_point_in_brackets(dense: &str) -> bool {
    let mut after = POINTS.iter().flat_map(|point| dense.split(*point).skip(1));
    after.any(|after| {
        let letters = after.chars().take_while(char::is_ascii_alphabetic).count();
        letters >= 2 || HAN.iter().any(|end| after.starts_with(end))
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
mod tests;
