//! What is said of what was found while somebody types.

use super::{Bit, Phrase, Said};
use crate::directory::filter::{LONGEST_WORDS, Wrong};

/// `shown` of `count` are seen; `is_guess` where all of them only come near to what was typed.
pub fn typed(q: &str, count: usize, shown: usize, is_guess: bool) -> Said<'_> {
    match count {
        0 => Phrase::NothingFound.into(),
        _ if is_guess => Said::new(&[Bit::Phrase(Phrase::Meant), Bit::Text(q)]),
        _ if count > shown => Said::new(&[Bit::Phrase(Phrase::BestOf), number(count), number(shown)]),
        _ => Said::new(&[Bit::Phrase(Phrase::Found), number(count)]),
    }
}

/// So many of what was found may not have what is looked for; nothing where there are none.
pub fn unsure(count: usize) -> Option<Said<'static>> {
    (count > 0).then(|| Said::new(&[Bit::Phrase(Phrase::Unsure), number(count)]))
}

/// Words that nothing is looked for by, as the server refuses them.
pub fn refused(wrong: Wrong) -> Said<'static> {
    match wrong {
        Wrong::TooLong => Said::new(&[Bit::Phrase(Phrase::TooLong), number(LONGEST_WORDS)]),
        _ => Phrase::Control.into(),
    }
}

fn number<'a>(count: usize) -> Bit<'a> {
    Bit::Number(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Reason;
    use crate::locale::Locale;

    #[test]
    fn words_are_refused_with_the_sentence_of_the_server() {
        for wrong in [Wrong::TooLong, Wrong::Control] {
            for locale in Locale::ALL {
                assert_eq!(refused(wrong).text(locale), Reason::from(wrong).sentence(locale));
            }
        }
    }

    #[test]
    fn how_many_were_found_is_said_and_how_many_are_seen() {
        let zh = |count, is_guess| typed("haizu", count, 6, is_guess).text(Locale::Zh);
        assert!(zh(0, true).starts_with("没有找到"));
        assert_eq!(zh(2, false), "找到 2 个");
        assert!(zh(12, false).contains("最像的 6 个"));
        assert!(zh(2, true).contains("没有叫“haizu”的"));
    }
}
