//! What is said of what was found while somebody types.

use super::{Bit, Phrase, Said};

/// `shown` of `count` are seen; `is_guess` where all of them only come near to what was typed.
pub fn typed(q: &str, count: usize, shown: usize, is_guess: bool) -> Said<'_> {
    let number = |count: usize| Bit::Number(u32::try_from(count).unwrap_or(u32::MAX));
    match count {
        0 => Phrase::NothingFound.into(),
        _ if is_guess => Said::new(&[Bit::Phrase(Phrase::Meant), Bit::Text(q)]),
        _ if count > shown => Said::new(&[Bit::Phrase(Phrase::BestOf), number(count), number(shown)]),
        _ => Said::new(&[Bit::Phrase(Phrase::Found), number(count)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn how_many_were_found_is_said_and_how_many_are_seen() {
        let zh = |count, is_guess| typed("haizu", count, 6, is_guess).text(Locale::Zh);
        assert!(zh(0, true).starts_with("没有找到"));
        assert_eq!(zh(2, false), "找到 2 个");
        assert!(zh(12, false).contains("最像的 6 个"));
        assert!(zh(2, true).contains("没有叫“haizu”的"));
    }
}
