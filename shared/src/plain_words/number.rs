//! Long numbers: a phone, a document's, whatever stands between their digits that is no word.

use super::{Numbers, is_digit, times};
use crate::identity::clean::is_dash;
use crate::identity::letters::is_han;

/// A date has eight; mobiles and most document numbers have more.
const MOST_DIGITS: usize = 8;
/// Of short numbers one after the other, such as those of rooms or buses.
const MOST_LISTED: usize = 9;
/// Digits of a short number.
const SHORT: usize = 3;
/// Without anything between them, where a date has its dashes or is written in words.
const MOST_IN_ONE: usize = 6;
/// With what no landline begins.
const NOT_FIRST: &str = "019〇零一九壹玖幺①⑨";

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
    /// Short numbers with commas or spaces between.
    is_list: bool,
    /// Nothing but spaces and dashes between.
    is_spaced: bool,
}

impl Run {
    const NONE: Self =
        Self { digits: 0, in_one: 0, groups: 0, letters: 0, is_of_a_landline: false, is_list: true, is_spaced: true };

    fn with_digit(self, digit: char) -> Self {
        let in_one = self.in_one + 1;
        Self {
            digits: self.digits + 1,
            in_one,
            groups: self.groups + usize::from(self.in_one == 0),
            letters: 0,
            is_of_a_landline: if self.digits == 0 { !NOT_FIRST.contains(digit) } else { self.is_of_a_landline },
            is_list: self.is_list && in_one <= SHORT,
            ..self
        }
    }

    fn with_sign(self, sign: char) -> Self {
        let letters = self.letters + usize::from(sign.is_alphabetic());
        if self.digits == 0 {
            return Self { letters, ..self };
        }
        Self {
            in_one: 0,
            letters,
            is_list: self.is_list && matches!(sign, '、' | ',' | ' '),
            is_spaced: self.is_spaced && (sign == ' ' || is_dash(sign)),
            ..self
        }
    }

    fn is_long(self) -> bool {
        let most = if self.is_list { MOST_LISTED } else { MOST_DIGITS };
        self.digits > most || self.in_one > MOST_IN_ONE
    }

    /// Without an area code: `2666-1013`, `8288 4411`, `26 66 10 13`.
    fn is_landline(self) -> bool {
        matches!(self.digits, 7 | 8) && self.is_of_a_landline && (self.groups == 2 || self.is_spaced)
    }
}

/// Whether one is in a text.
pub(super) fn is_in(text: &str, numbers: Numbers) -> bool {
    let mut run = Run::NONE;
    for character in times::without(text).chars() {
        if is_digit(character) {
            run = run.with_digit(character);
        } else if run.is_landline() {
            return true;
        } else if is_han(character) || (numbers == Numbers::Listed && character == '、') {
            run = Run::NONE;
        } else {
            run = run.with_sign(character);
            if run.letters > 1 {
                run = Run { letters: run.letters, ..Run::NONE };
            }
        }
        if run.is_long() {
            return true;
        }
    }
    run.is_landline()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_landline_is_one_however_its_groups_are_kept_apart() {
        for text in [
            "2666-1013",
            "8288 4411 请打",
            "261-2345",
            "2666–1013",
            "8288/4411",
            "打 2 6 6 6 1 0 1 3",
            "电话:（26 66 10 13）",
            "Call 2666-1013 now",
        ] {
            assert!(is_in(text, Numbers::Short), "{text}");
            assert!(is_in(text, Numbers::Listed), "{text}");
        }
        for text in
            ["1234-5678", "9 路、12 路", "301-305, 3", "501、502、503", "3 楼 2666 室 1013 号", "518000", "37, 42, 345"]
        {
            assert!(!is_in(text, Numbers::Short), "{text}");
        }
        assert!(is_in("201、1203 室", Numbers::Short) && !is_in("乘 201、1203 路", Numbers::Listed));
    }
}
