//! What is said of what was found while somebody types.

use crate::locale::Locale;

/// `shown` of `count` are seen; `is_guess` where all of them only come near to what was typed.
pub fn typed(locale: Locale, q: &str, count: usize, shown: usize, is_guess: bool) -> String {
    match count {
        0 => locale
            .say("没有找到。换个写法试试，拼音或者首字母也行。", "Nothing found. Try other words, pinyin or initials.")
            .to_owned(),
        _ if is_guess => {
            say!(locale, "没有叫“{q}”的。您找的是不是这些？", "Nothing is called “{q}”. Did you mean one of these?")
        }
        _ if count > shown => say!(
            locale,
            "找到 {count} 个，下面是最像的 {shown} 个。点“找一找”看全部。",
            "{count} found; these are the best {shown}. Press “Search” for all."
        ),
        _ => say!(locale, "找到 {count} 个", "{count} found"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_were_found_is_said_and_how_many_are_seen() {
        let zh = |count, is_guess| typed(Locale::Zh, "haizu", count, 6, is_guess);
        assert!(zh(0, true).starts_with("没有找到"));
        assert_eq!(zh(2, false), "找到 2 个");
        assert!(zh(12, false).contains("最像的 6 个"));
        assert!(zh(2, true).contains("没有叫“haizu”的"));
    }
}
