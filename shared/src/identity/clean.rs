//! One normaliser for everything people type or paste: phones and input methods add full-width
//! letters, ideographic spaces and invisible direction marks that no resident ever sees.

use super::letters::{MOST_MARKS, extends, is_joiner};
use crate::field::{Asked, Reason};

/// Text as a person sees it: half-width letters, single spaces, nothing invisible, trimmed.
///
/// `limit` counts characters after cleaning. An empty result is [`Reason::Missing`].
pub fn readable(asked: &'static Asked, limit: usize, text: &str) -> Result<String, Reason> {
    clean(asked, limit, text, Keep::Spaces, |_| false)
}

/// Like [`readable`], for words of any script: joiners within a word stay, for in some they choose its letters.
///
/// `limit` counts characters as a person does: a letter with its marks is one.
pub fn words(asked: &'static Asked, limit: usize, text: &str) -> Result<String, Reason> {
    clean(asked, limit, text, Keep::SpacesAndJoiners, extends)
}

/// Like [`words`], for whole sentences: only letters and digits become half-width, since Chinese has marks of its own.
pub fn sentence(asked: &'static Asked, limit: usize, text: &str) -> Result<String, Reason> {
    clean(asked, limit, text, Keep::Sentence, extends)
}

/// For numbers and codes: without spaces and dashes, and without what is pasted around them.
///
/// That is a label before a colon, a remark in brackets without digits, full stops, commas and quotation marks:
/// `身份证：11010519491231002X（本人）。` is the number alone.
pub fn number(asked: &'static Asked, limit: usize, text: &str) -> Result<String, Reason> {
    let cleaned = clean(asked, limit, bare(text), Keep::Nothing, |_| false)?;
    // Spaces and dashes may have hidden what was around.
    match bare(&cleaned) {
        "" => Err(Reason::Missing(asked)),
        number => Ok(number.to_owned()),
    }
}

/// Hyphens, dashes and the minus sign, as keyboards and documents write them: what Unicode calls a dash, but for the
/// two that are waves, and the hyphen bullet.
pub fn is_dash(character: char) -> bool {
    const DASHES: &str = "-\u{58a}\u{5be}\u{1400}\u{1806}\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2043}\u{2053}\
        \u{207b}\u{208b}\u{2212}\u{2e17}\u{2e1a}\u{2e3a}\u{2e3b}\u{2e40}\u{2e5d}\u{30a0}\u{fe31}\u{fe32}\u{fe58}\u{fe63}\
        \u{ff0d}\u{10d6e}\u{10ead}";
    DASHES.contains(character)
}

/// What keeps the groups of a number apart: a dash, or what looks like one.
pub(crate) fn is_between_groups(character: char) -> bool {
    is_dash(character) || matches!(character, '_' | '~' | '〜' | '〰' | 'ー' | '─' | '━')
}

/// The number or code within what was pasted with it.
pub(crate) fn bare(text: &str) -> &str {
    let mut rest = text;
    loop {
        let before = rest.len();
        rest = without_remark(rest.trim_matches(|c: char| c.is_whitespace() || is_invisible(c) || is_pause(c)));
        if let Some((label, number)) = rest.split_once([':', '：'])
            && !has_digit(label)
        {
            rest = number;
        }
        if rest.len() == before {
            return rest;
        }
    }
}

/// Without the brackets around everything, a remark in brackets at either end, or a bracket that lost its other half.
fn without_remark(text: &str) -> &str {
    let opens = |c: char| "([{<【〔《「".contains(half_width(c));
    let closes = |c: char| ")]}>】〕》」".contains(half_width(c));
    if let Some(inner) = text.strip_suffix(closes) {
        match inner.rfind(opens) {
            None => return inner,
            Some(0) => return inner.strip_prefix(opens).unwrap_or(inner),
            Some(at) if !has_digit(&inner[at..]) => return &text[..at],
            Some(_) => {}
        }
    }
    if let Some(inner) = text.strip_prefix(opens) {
        match inner.split_once(closes) {
            None => return inner,
            Some((remark, number)) if !has_digit(remark) => return number,
            Some(_) => {}
        }
    }
    text
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| half_width(c).is_ascii_digit())
}

/// Full stops, commas and quotation marks.
fn is_pause(character: char) -> bool {
    ".,;:!?\"'。、“”‘’…\u{ff61}\u{ff64}".contains(half_width(character))
}

/// What stays of what stands between characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Nothing,
    Spaces,
    SpacesAndJoiners,
    Sentence,
}

fn clean(
    asked: &'static Asked,
    limit: usize,
    text: &str,
    keep: Keep,
    extends: impl Fn(char) -> bool,
) -> Result<String, Reason> {
    let dense = keep == Keep::Nothing;
    // In characters, and in all that stands on them. Stops early, so that a megabyte costs no more than a line.
    let (mut count, mut rooms) = (0, limit.saturating_mul(1 + MOST_MARKS));
    let mut kept = String::new();
    let mut gap = false;
    let mut joiner = None;
    let narrow = |character: char| {
        let narrow = half_width(character);
        if keep == Keep::Sentence && !narrow.is_ascii_alphanumeric() { character } else { narrow }
    };
    for character in text.chars().map(narrow) {
        if matches!(keep, Keep::SpacesAndJoiners | Keep::Sentence) && is_joiner(character) {
            joiner = Some(character);
        } else if is_invisible(character) {
        } else if character.is_whitespace() {
            gap = !dense && !kept.is_empty();
        } else if character.is_control() {
            return Err(Reason::ControlCharacter);
        } else if !(dense && is_between_groups(character)) {
            count += usize::from(!extends(character)) + usize::from(gap);
            if count > limit || rooms == 0 {
                return Err(Reason::TooLong { asked, limit });
            }
            rooms -= 1;
            match joiner.take() {
                _ if gap => kept.push(' '),
                Some(joiner) if !kept.is_empty() => kept.push(joiner),
                _ => {}
            }
            gap = false;
            kept.push(character);
        }
    }
    if kept.is_empty() { Err(Reason::Missing(asked)) } else { Ok(kept) }
}

/// Full-width forms U+FF01 to U+FF5E are ASCII moved up by 0xFEE0.
pub fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// Soft hyphens, zero-width and direction marks, the inherent vowels of Khmer, variation selectors and tags.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ASKED: &Asked = &Asked::typed("thing_missing", ("", ""), ("", ""));

    fn dense(text: &str) -> Result<String, Reason> {
        number(ASKED, 20, text)
    }

    #[test]
    fn full_width_spaces_dashes_and_marks_disappear() {
        for text in [
            "13800000000",
            "１３８００００００００",
            " 138 0000 0000 ",
            "138-0000-0000",
            "138—0000–0000",
            "138\u{3000}0000\u{a0}0000",
            "\u{202d}138 0000 0000\u{202c}",
            "138\u{200b}00000000\u{feff}",
            "138\t0000\r\n0000",
            "138~0000_0000",
            "138ー0000─0000",
            "138\u{2e3a}0000\u{fe63}0000",
        ] {
            assert_eq!(dense(text), Ok("13800000000".to_owned()), "{text:?}");
        }
    }

    #[test]
    fn what_is_pasted_around_a_number_is_not_part_of_it() {
        for text in [
            "13800000000（本人）",
            "13800000000 (mine)。",
            "13800000000（微信同号），",
            "13800000000【家里】（急）",
            "手机：13800000000",
            "手机号码: １３８００００００００；",
            "【本人】13800000000",
            "（13800000000）",
            "“13800000000”",
            "13800000000)",
            "(13800000000",
            "13800000000.",
            "（手机：138 0000 0000）。",
            "\u{202a}13800000000（本人）\u{202c}",
        ] {
            assert_eq!(dense(text), Ok("13800000000".to_owned()), "{text:?}");
        }
        // What carries digits is no remark.
        for text in ["(+86)138", "+44 (0)7911", "1(2)", "3:4"] {
            let kept: String = text.chars().filter(|c| *c != ' ').collect();
            assert_eq!(dense(text), Ok(kept), "{text}");
        }
    }

    #[test]
    fn what_unicode_calls_a_dash_is_one() {
        use icu_properties::{CodePointSetData, props::Dash};
        let dashes = CodePointSetData::new::<Dash>();
        for character in ('\0'..=char::MAX).filter(|c| !matches!(c, '\u{2043}' | '〜' | '〰')) {
            assert_eq!(is_dash(character), dashes.contains(character), "{:x}", u32::from(character));
        }
    }

    #[test]
    fn words_keep_the_joiners_within_them_and_count_letters() {
        let read = |limit, text| words(ASKED, limit, text);
        assert_eq!(read(9, "\u{200c}علی\u{200c}\u{200c}رضا\u{200d}").as_deref(), Ok("علی\u{200c}رضا"));
        assert_eq!(read(9, "a\u{200d} \u{200d}b").as_deref(), Ok("a b"));
        assert_eq!(read(9, "👨\u{200d}👩").as_deref(), Ok("👨\u{200d}👩"));
        assert_eq!(read(2, "ชั้ชั้").as_deref(), Ok("ชั้ชั้"));
        assert!(read(1, "ชั้ชั้").is_err() && read(9, &"\u{e31}".repeat(1000)).is_err());
    }

    #[test]
    fn readable_text_keeps_single_spaces() {
        assert_eq!(readable(ASKED, 60, "  Mary \u{3000}\n Ann-Lee "), Ok("Mary Ann-Lee".to_owned()));
    }

    #[test]
    fn nul_and_other_controls_are_refused() {
        for text in ["138\0", "\u{7}", "a\u{7f}", "a\u{9b}"] {
            assert_eq!(dense(text), Err(Reason::ControlCharacter), "{text:?}");
        }
    }

    #[test]
    fn nothing_visible_is_missing() {
        for text in ["", "  \u{3000}", "\u{200b}\u{feff}", "\n"] {
            assert_eq!(dense(text), Err(Reason::Missing(ASKED)));
        }
        assert_eq!(dense(" - "), Err(Reason::Missing(ASKED)));
    }

    #[test]
    fn the_limit_counts_what_is_kept() {
        let limit = 20;
        assert!(dense(&"1 ".repeat(limit)).is_ok());
        assert_eq!(dense(&"1".repeat(limit + 1)), Err(Reason::TooLong { asked: ASKED, limit }));
        assert_eq!(readable(ASKED, 3, "a b"), Ok("a b".to_owned()));
        assert!(readable(ASKED, 2, "a b").is_err());
    }

    proptest! {
        #[test]
        fn cleaning_never_panics_and_is_done_once(text in any::<String>()) {
            for clean in [readable, words, number] {
                if let Ok(once) = clean(ASKED, 200, &text) {
                    prop_assert_eq!(clean(ASKED, 200, &once), Ok(once));
                }
            }
        }
    }
}
