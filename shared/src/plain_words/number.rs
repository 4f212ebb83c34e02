//! Long numbers: a phone, a document's, whatever stands between their digits that is no word.

use super::{Numbers, is_digit, times};
use crate::identity::letters::is_han;

/// A date has eight; mobiles and most document numbers have more.
const MOST_DIGITS: usize = 8;
/// Of short numbers one after the other, such as those of rooms or buses.
const MOST_LISTED: usize = 9;
/// Digits of a short number.
const SHORT: usize = 3;
/// Of two houses, with a sign between: less than any phone with its area code.
const MOST_OF_HOUSES: usize = 10;
/// Without anything between them, where a date has its dashes or is written in words.
const MOST_IN_ONE: usize = 6;
/// With what no landline begins.
const NOT_FIRST: &str = "019〇零一九壹玖幺①⑨";
/// By what somebody is asked to call, near a number that could be dialled.
const CALLS: [&str; 20] = [
    "电话", "座机", "热线", "拨", "打", "致电", "来电", "联系", "咨询", "退款", "转账", "phone", "call", "tel", "dial",
    "ring", "contact", "hotline", "refund", "fax",
];
/// Signs within which such a word is near, before a number and after it.
const NEAR: (usize, usize) = (16, 8);
/// What numbers of things have behind them: rooms, streets, documents, years, money.
const UNITS: &str = "号室楼层栋幢座单路街巷弄年元人个份件";

/// Digits of any script and those of Chinese between two words, with signs or one letter alone among them.
#[derive(Clone, Copy)]
struct Run {
    digits: usize,
    /// Since the last sign.
    in_one: usize,
    groups: usize,
    letters: usize,
    /// Whether it begins as a landline does.
    is_of_a_landline: bool,
    /// Whether what follows a first figure does, which may count what it stands before: `1. 261-2345`.
    is_of_one_after: bool,
    /// Short numbers with commas or spaces between.
    is_list: bool,
}

impl Run {
    const NONE: Self = Self {
        digits: 0,
        in_one: 0,
        groups: 0,
        letters: 0,
        is_of_a_landline: false,
        is_of_one_after: false,
        is_list: true,
    };

    fn with_digit(self, digit: char) -> Self {
        let in_one = self.in_one + 1;
        Self {
            digits: self.digits + 1,
            in_one,
            groups: self.groups + usize::from(self.in_one == 0),
            letters: 0,
            is_of_a_landline: if self.digits == 0 { !NOT_FIRST.contains(digit) } else { self.is_of_a_landline },
            is_of_one_after: if self.digits == 1 && self.in_one == 0 {
                !NOT_FIRST.contains(digit)
            } else {
                self.is_of_one_after
            },
            is_list: self.is_list && in_one <= SHORT,
        }
    }

    fn with_sign(self, sign: char) -> Self {
        let letters = self.letters + usize::from(sign.is_alphabetic());
        if self.digits == 0 {
            return Self { letters, ..self };
        }
        Self { in_one: 0, letters, is_list: self.is_list && matches!(sign, '、' | ',' | ' '), ..self }
    }

    fn is_long(self, numbers: Numbers) -> bool {
        let most = match numbers {
            Numbers::Placed => MOST_OF_HOUSES,
            Numbers::Short | Numbers::Listed if self.is_list => MOST_LISTED,
            Numbers::Short | Numbers::Listed => MOST_DIGITS,
        };
        self.digits > most || self.in_one > MOST_IN_ONE
    }

    /// Without an area code: `2666-1013`, `8288 4411`, `26 66 10 13`. Streets, rooms and documents have such numbers too.
    fn could_be_a_landline(self) -> bool {
        let is_one = matches!(self.digits, 7 | 8) && self.is_of_a_landline && self.groups > 1;
        let is_counted = self.digits == 8 && self.is_of_one_after && self.groups == 3;
        is_one || is_counted
    }
}

/// Whether one is in a text.
pub(super) fn is_in(text: &str, numbers: Numbers) -> bool {
    let text = times::without(text).to_lowercase();
    let (mut run, mut start) = (Run::NONE, 0);
    for (at, character) in text.char_indices() {
        if is_digit(character) {
            start = if run.digits == 0 { at } else { start };
            run = run.with_digit(character);
        } else if run.could_be_a_landline() && run.in_one > 0 && is_called(&text[..start], &text[at..]) {
            return true;
        } else if is_han(character) || divides(character, numbers) {
            run = Run::NONE;
        } else {
            run = run.with_sign(character);
            if run.letters > 1 {
                run = Run { letters: run.letters, ..Run::NONE };
            }
        }
        if run.is_long(numbers) {
            return true;
        }
    }
    run.could_be_a_landline() && is_called(&text[..start], "")
}

/// Whether one number of a list ends at a sign.
fn divides(sign: char, numbers: Numbers) -> bool {
    match numbers {
        Numbers::Short => false,
        Numbers::Listed => sign == '、',
        Numbers::Placed => matches!(sign, '、' | ',' | ';'),
    }
}

/// Whether somebody is asked to call the number between these two texts.
fn is_called(before: &str, after: &str) -> bool {
    let near_before: Vec<char> = before.chars().rev().take(NEAR.0).collect();
    let near: String = near_before.into_iter().rev().chain(['|']).chain(after.chars().take(NEAR.1)).collect();
    !counts_things(after) && CALLS.iter().any(|word| near.contains(word))
}

/// Whether what stands behind a number says what it counts.
pub(super) fn counts_things(after: &str) -> bool {
    after.trim_start().starts_with(|c| UNITS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_landline_is_one_however_its_groups_are_kept_apart() {
        for text in [
            "电话 2666-1013",
            "8288 4411 请打",
            "座机 261-2345",
            "退款：2666–1013",
            "致电 8288/4411",
            "打 2 6 6 6 1 0 1 3",
            "电话:（26 66 10 13）",
            "Call 2666-1013 now",
            "电话 266/610/13",
            "咨询 266.610.13",
            "联系电话 266,610,13",
            "打 266 610 13",
            "1. 261-2345 请打",
            "请拨：9、661-2345",
            "Call: 1) 261-2345",
        ] {
            assert!(is_in(text, Numbers::Short), "{text}");
            assert!(is_in(text, Numbers::Listed), "{text}");
        }
        for text in [
            "1234-5678",
            "9 路、12 路",
            "301-305, 3",
            "501、502、503",
            "3 楼 2666 室 1013 号",
            "518000",
            "37, 42, 345",
            "根据深民〔2026〕123 号文，停办一天，请打 12345",
            "2025-2026 年度档案盘点",
            "2301-2305 室停电",
            "请到 2301-2305 室打印",
            "深南大道 6011-6013 号",
            "补贴 2500-3000 元",
            "2519-2521 Xinzhou Road",
            "GB/T 2260-2007",
            "乘 22 36 79 80 路",
            "266/610/13",
            "1. 261-2345 室",
            "1、2、3、4、5、6、7、8 窗口停用，请打 12345",
            "电话 9-12、14-17 点有人接",
        ] {
            assert!(!is_in(text, Numbers::Short), "{text}");
        }
        assert!(!is_in("201、1203 室", Numbers::Short) && !is_in("乘 201、1203 路", Numbers::Listed));
        for text in [
            "深南大道 10128-10130 号",
            "示例花园 1-101,1-102,1-103 室",
            "3 栋 101;102;103-105",
            "518000 示例路 2601 号 A 座 1203 室",
            "示例路 1 号、1001-1005、2001-2005 室",
        ] {
            assert!(!is_in(text, Numbers::Placed), "{text}");
        }
        for text in ["示例路 13800000000", "示例路 0755-12345678", "138 0000 0000", "12345678", "电话 8288 4411 请打"]
        {
            assert!(is_in(text, Numbers::Placed), "{text}");
        }
    }
}
