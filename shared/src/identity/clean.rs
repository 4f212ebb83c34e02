//! One normaliser for everything people type or paste: phones and input methods add full-width
//! letters, ideographic spaces and invisible direction marks that no resident ever sees.

use crate::field::{Asked, Reason};

/// Text as a person sees it: half-width letters, single spaces, nothing invisible, trimmed.
///
/// `limit` counts characters after cleaning. An empty result is [`Reason::Missing`].
pub fn readable(asked: &'static Asked, limit: usize, text: &str) -> Result<String, Reason> {
    clean(asked, limit, text, false)
}

/// Like [`readable`], and also without spaces and dashes: for numbers and codes.
pub fn compact(asked: &'static Asked, limit: usize, text: &str) -> Result<String, Reason> {
    clean(asked, limit, text, true)
}

/// Hyphens, dashes and the minus sign, as keyboards and documents write them.
pub fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}')
}

fn clean(asked: &'static Asked, limit: usize, text: &str, dense: bool) -> Result<String, Reason> {
    let mut kept = String::new();
    let mut count = 0;
    let mut gap = false;
    for character in text.chars().filter(|c| !is_invisible(*c)).map(half_width) {
        if character.is_whitespace() {
            gap = !dense && !kept.is_empty();
        } else if character.is_control() {
            return Err(Reason::ControlCharacter);
        } else if !(dense && is_dash(character)) {
            count += 1 + usize::from(gap);
            // Stops early, so that a megabyte costs no more than a line.
            if count > limit {
                return Err(Reason::TooLong { asked, limit });
            }
            if gap {
                kept.push(' ');
                gap = false;
            }
            kept.push(character);
        }
    }
    if kept.is_empty() { Err(Reason::Missing(asked)) } else { Ok(kept) }
}

/// Full-width forms U+FF01 to U+FF5E are ASCII moved up by 0xFEE0.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// Soft hyphens, zero-width and direction marks, variation selectors and tags.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180e}'
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
        compact(ASKED, 20, text)
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
        ] {
            assert_eq!(dense(text), Ok("13800000000".to_owned()), "{text:?}");
        }
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
            for clean in [readable, compact] {
                if let Ok(once) = clean(ASKED, 200, &text) {
                    prop_assert_eq!(clean(ASKED, 200, &once), Ok(once));
                }
            }
        }
    }
}
