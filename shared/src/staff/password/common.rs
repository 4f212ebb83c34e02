//! Passwords that are tried first, as words and as rules: a word with a year, keys that lie side by side, a name in pinyin
//! with a birthday, nothing but digits.

/// Words that make up most of the passwords that are tried first; one of them with some digits or signs is no better.
const WORDS: &str = "\
    password passw0rd p@ssw0rd p@ssword pa55word passwort secret admin administrator root test tester testing \
    guest user username default login letmein welcome changeme changeit system server oracle master manager \
    computer internet windows microsoft google samsung iphone huawei xiaomi alibaba tencent wechat weixin baidu \
    taobao iloveyou loveyou lovely sunshine sunflower princess dragon monkey tiger football baseball basketball \
    superman batman spiderman starwars pokemon naruto shadow michael jordan jessica jennifer charlie daniel \
    thomas robert matthew ashley nicole hunter killer freedom whatever trustno1 hello helloworld butterfly \
    chocolate cookie flower summer winter spring autumn january february march april june july august september \
    october november december monday friday sunday family forever friend friends happy lucky angel baby babygirl \
    diamond golden silver purple orange banana cherry pepper ginger summertime liverpool arsenal chelsea \
    barcelona england london newyork america china beijing shanghai shenzhen guangdong guangzhou zhongguo \
    5201314 1314520 woaini woaiwojia wodemima mima a123456 abc123 aini1314 qq123456 168168 888888 666666 \
    147258369 147258 159357 123321 112233 1q2w3e4r q1w2e3r4 zaq12wsx";

/// Keys and letters in a row, also the other way round; a part of three is one that people type without looking.
const ROWS: &str = "1234567890 0123456789 abcdefghijklmnopqrstuvwxyz qwertyuiop asdfghjkl zxcvbnm 1qaz 2wsx 3edc 4rfv 5tgb \
    6yhn 7ujm !@#$%^&*() !qaz @wsx #edc";
const SHORTEST_PART: usize = 3;
const LONGEST_PART: usize = 26;

/// Letters that may stand beside what is tried first: a year, a sign or two.
const BESIDE: usize = 4;
/// Digits and signs that may stand beside it: a birthday.
const SIGNS: usize = 8;
/// Syllables of a name, or of a saying.
const SYLLABLES: usize = 4;
/// Digits of a phone, a date, an identity number.
const DIGITS: usize = 18;

const INITIALS: &[&str] = &[
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y",
    "w", "",
];
const FINALS: &[&str] = &[
    "iang", "iong", "uang", "ang", "eng", "ong", "ian", "iao", "ing", "uai", "uan", "ai", "ei", "ao", "ou", "an", "en",
    "er", "ia", "ie", "iu", "in", "ua", "uo", "ui", "un", "ue", "ve", "a", "o", "e", "i", "u", "v",
];

/// Whether a text in small letters is among what is tried first.
pub(super) fn is_common(text: &str) -> bool {
    let is_one_character = text.chars().skip(1).all(|character| text.starts_with(character));
    let is_a_number = text.len() <= DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    is_one_character
        || is_a_number
        || left_of_rows(text) <= BESIDE
        || is_a_name(text)
        || WORDS.split(' ').any(|word| is_little_more_than(text, word) || is_word_with_signs(text, word))
}

/// Whether a text is a word again and again, with up to four characters beside it.
pub(super) fn is_little_more_than(text: &str, word: &str) -> bool {
    word.chars().count() > 1 && text.contains(word) && text.replace(word, "").chars().count() <= BESIDE
}

/// The same with a date or so beside it, and no letter.
fn is_word_with_signs(text: &str, word: &str) -> bool {
    let beside = || text.replace(word, "");
    text.contains(word) && beside().chars().count() <= SIGNS && !beside().chars().any(char::is_alphabetic)
}

/// The characters of a text that belong to no part of a row.
fn left_of_rows(text: &str) -> usize {
    let (mut rest, mut left) = (text, 0);
    while let Some(first) = rest.chars().next() {
        let mut ends = (SHORTEST_PART..=rest.len().min(LONGEST_PART)).rev();
        let part = ends.find(|end| rest.get(..*end).is_some_and(is_part_of_a_row));
        if part.is_none() {
            left += 1;
        }
        rest = &rest[part.unwrap_or(first.len_utf8())..];
    }
    left
}

fn is_part_of_a_row(part: &str) -> bool {
    let other_way: String = part.chars().rev().collect();
    ROWS.split(' ').any(|row| row.contains(part) || row.contains(&other_way))
}

/// Whether a text is a name or a saying in pinyin, with a birthday or so.
fn is_a_name(text: &str) -> bool {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    text.is_ascii() && !letters.is_empty() && text.len() - letters.len() <= SIGNS && is_pinyin(&letters, SYLLABLES)
}

/// Whether letters are at most so many syllables; some more are taken for syllables than there are.
fn is_pinyin(letters: &str, most: usize) -> bool {
    let after = |start: &str| letters.strip_prefix(start);
    letters.is_empty()
        || most > 0
            && INITIALS.iter().filter_map(|initial| after(initial)).any(|rest| {
                FINALS.iter().filter_map(|last| rest.strip_prefix(last)).any(|rest| is_pinyin(rest, most - 1))
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_a_word_with_a_year_a_row_of_keys_a_name_with_a_birthday_or_digits() {
        let tried = "sunshine2020 dragon1234 summer@2026 1qaz2wsx3edc qwertyuiop[] abcd1234!! zxcvbnm,./1 zhang19900101 \
            wangxiaoming88 li.wei.1988 nanshan@2026 woaibeijing08 13800138000 19900101120000 0987654321a aaaaaaaaaaaa \
            5201314aaa p@ssw0rd2026";
        for text in tried.split(' ') {
            assert!(is_common(text), "{text}");
        }
        for text in [
            "four words of one clerk",
            "密码可以是一句好记的中文",
            "tram-lamp-ocean-47",
            "wind9turtle!",
            "xk7#mq2vlp",
            "my sister paints boats",
            "三只蓝鸟 12 点飞过",
            "qrxz-bnpt-48",
        ] {
            assert!(!is_common(text), "{text}");
        }
    }

    #[test]
    fn letters_are_pinyin_where_they_split_into_syllables() {
        for (letters, is) in
            [("xian", true), ("liuxiaojun", true), ("zhuangshuang", true), ("strong", false), ("hm", false)]
        {
            assert_eq!(is_pinyin(letters, SYLLABLES), is, "{letters}");
        }
        assert!(!is_pinyin("woaibeijingtiananmen", SYLLABLES), "more than a name");
    }
}
