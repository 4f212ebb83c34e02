//! Whole numbers as people write them: 72, ７２, 七十二, with the word of what is counted or without.

use std::str::FromStr;

use crate::identity::clean::half_width;

/// A count: `3`, `３ 个`, `三位`, `12 people`. Nothing but a word for people or things may follow.
pub fn count(text: &str) -> Option<u32> {
    let (number, word) = leading(text.trim())?;
    let word = word.trim().to_ascii_lowercase();
    let counts = ["", "个", "个人", "位", "人", "名", "口", "口人", "辆", "套", "people", "persons", "person"];
    counts.contains(&word.as_str()).then_some(number)
}

/// A number in figures alone, of any keyboard's width, as a field for numbers takes it: `72`, ` ７２ `.
pub fn figures<N: FromStr>(text: &str) -> Option<N> {
    let narrow = narrow(text);
    let is_number = !narrow.is_empty() && narrow.bytes().all(|byte| byte.is_ascii_digit());
    narrow.parse().ok().filter(|_| is_number)
}

/// What was typed where figures and the marks between them stand, in the width that they are read in: `９：０５` as `9:05`.
pub fn narrow(text: &str) -> String {
    text.trim().chars().map(half_width).collect()
}

/// The number that a text begins with, in digits or in Chinese, and what follows it.
pub fn leading(text: &str) -> Option<(u32, &str)> {
    let length = |is_part: fn(char) -> bool| text.find(|c| !is_part(c)).unwrap_or(text.len());
    let (digits, after) = text.split_at(length(|c| half_width(c).is_ascii_digit()));
    if !digits.is_empty() {
        // No number that anybody is asked for has more.
        let digits: String = digits.chars().map(half_width).collect();
        return (digits.len() <= 9).then(|| digits.parse().ok()).flatten().map(|number| (number, after));
    }
    let (words, after) = text.split_at(length(|c| digit(c).is_some() || unit(c).is_some()));
    Some((in_chinese(words)?, after))
}

/// `七十二`, `一百零五`, `两千`, and digit for digit `七二`; below ten thousand.
fn in_chinese(words: &str) -> Option<u32> {
    let (mut sum, mut waiting, mut last_unit) = (0, None, 10_000);
    let mut after_zero = false;
    for word in words.chars() {
        match (digit(word), unit(word)) {
            (Some(0), _) if last_unit < 10_000 && waiting.is_none() => after_zero = true,
            // Digit for digit, when there are no units.
            (Some(value), _) if last_unit == 10_000 => {
                waiting = Some(waiting.unwrap_or(0) * 10 + value).filter(|number| *number < 10_000);
                waiting?;
            }
            (Some(value), _) if waiting.is_none() => waiting = Some(value),
            (None, Some(unit)) if unit < last_unit && waiting.is_none_or(|value| (1..10).contains(&value)) => {
                // Only the ten goes without its digit: 十二.
                if waiting.is_none() && (unit != 10 || sum > 0) {
                    return None;
                }
                sum += waiting.take().unwrap_or(1) * unit;
                last_unit = unit;
                after_zero = false;
            }
            _ => return None,
        }
    }
    // 一百二 may be 102 or 120.
    let unclear = waiting.is_some() && (100..10_000).contains(&last_unit) && !after_zero;
    (!words.is_empty() && !unclear).then_some(sum + waiting.unwrap_or(0))
}

fn digit(word: char) -> Option<u32> {
    Some(match word {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unit(word: char) -> Option<u32> {
    Some(match word {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_in_digits_and_in_chinese() {
        for (text, number) in [
            ("72", 72),
            (" ７２ ", 72),
            ("0", 0),
            ("007", 7),
            ("七十二", 72),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百", 100),
            ("一百零五", 105),
            ("一百一十五", 115),
            ("两千", 2000),
            ("一千零二十", 1020),
            ("七二", 72),
            ("一〇二", 102),
            ("〇", 0),
            ("九", 9),
            ("3个", 3),
            ("３ 口人", 3),
            ("三位", 3),
            ("12 people", 12),
        ] {
            assert_eq!(count(text), Some(number), "{text}");
        }
    }

    #[test]
    fn a_field_for_numbers_takes_figures_of_any_width_and_nothing_else() {
        for (text, number) in [("72", 72_u16), (" ７２ ", 72), ("００5", 5), ("\u{3000}0 ", 0)] {
            assert_eq!(figures(text), Some(number), "{text}");
        }
        for text in ["", " ", "-1", "+1", "七", "7.5", "1 5", "７２个", "①", "70000", "９：０５"] {
            assert_eq!(figures::<u16>(text), None, "{text}");
        }
        assert_eq!(narrow(" ９：０５"), "9:05");
    }

    #[test]
    fn what_is_no_whole_number_is_not_guessed() {
        for text in [
            "",
            "-1",
            "7.5",
            "1 5",
            "1-5",
            "九九九九九",
            "百",
            "十十",
            "一百二",
            "二三十",
            "十百",
            "几个",
            "个",
            "9999999999",
            "3 年",
            "8个月",
            "many",
            "七十二点五",
        ] {
            assert_eq!(count(text), None, "{text}");
        }
    }

    fn said(number: u32) -> String {
        const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        let place = |unit: u32| DIGITS[(number / unit % 10) as usize];
        let with =
            |unit: u32, word: &str| if place(unit).is_empty() { String::new() } else { place(unit).to_owned() + word };
        let zero = if place(10).is_empty() && !place(1).is_empty() && number > 9 { "零" } else { "" };
        let inner = if place(100).is_empty() && !place(10).is_empty() && number > 99 { "零" } else { "" };
        format!("{}{}{inner}{}{zero}{}", with(1000, "千"), with(100, "百"), with(10, "十"), place(1))
    }

    proptest! {
        #[test]
        fn every_number_is_read_as_it_is_said(number in 1_u32..10_000) {
            prop_assert_eq!(count(&said(number)), Some(number), "{}", said(number));
            prop_assert_eq!(count(&number.to_string()), Some(number));
        }

        #[test]
        fn no_number_is_too_strange(text in "[零一二两十百千0-9 个]{0,12}") {
            let _ = count(&text);
        }
    }
}
