//! What sentences in Chinese and in English are written with. Letters of other scripts look like ours, and nobody who reads here
//! could tell.

use crate::identity::letters::is_han;

/// Punctuation and signs beside those of ASCII.
const SIGNS: &str = "，。、；：？！“”‘’（）《》〈〉「」『』〔〕—–‐‑―…·•～〜￥¥€£％℃°№×÷±→←≥≤≈§㎡";

/// Whether nothing else stands in the text, which is half-width.
pub(crate) fn is_usual(text: &str) -> bool {
    let mut before = ' ';
    text.chars().all(|character| {
        let accent = matches!(character, '\u{300}'..='\u{36f}') && is_latin(before);
        before = character;
        accent || is_usual_one(character)
    })
}

fn is_usual_one(character: char) -> bool {
    let is_sign = SIGNS.contains(character) || matches!(character, '①'..='⑳');
    character == ' ' || character.is_ascii_graphic() || is_han(character) || is_latin(character) || is_sign
}

/// Letters of European languages, without those of clicks, which are strokes and dots.
fn is_latin(character: char) -> bool {
    let accented = matches!(character, '\u{c0}'..='\u{1bf}' | '\u{1c4}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    character.is_ascii_alphabetic() || (accented && character.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_and_english_are_written_with_it_and_nothing_else_is() {
        for text in ["停电（3 楼）", "Café Zoë, “open” – 9:00…", "①带身份证；②带户口簿", "cafe\u{301}", "28℃ ±2 → 停"]
        {
            assert!(is_usual(text), "{text}");
        }
        for text in [
            "пример",
            "停电😀",
            "ｈａｌ",
            "סגור",
            "مغلق",
            "ปิด",
            "휴무",
            "お休み",
            "eviⅼ",
            "𝐞𝐯𝐢𝐥",
            "停\u{301}",
            "｡",
            "․",
            "‧",
            "ǃ",
        ] {
            assert!(!is_usual(text), "{text}");
        }
    }
}
