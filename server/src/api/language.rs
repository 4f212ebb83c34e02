//! The language of an answer.

use axum::http::{HeaderMap, header};
use shared::locale::Locale;

/// The language that the client likes best among ours, by `Accept-Language` (RFC 9110, section 12.5.4).
pub(super) fn accepted(headers: &HeaderMap) -> Locale {
    let lines = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok());
    let mut best = (0.0, Locale::default());
    for range in lines.flat_map(|line| line.split(',')) {
        let (tag, weight) = match range.split_once(';') {
            Some((tag, weight)) => (tag, weight.trim().strip_prefix("q=").map_or(0.0, |q| q.parse().unwrap_or(0.0))),
            None => (range, 1.0_f32),
        };
        if let Some(locale) = Locale::from_tag(tag)
            && weight > best.0
        {
            best = (weight, locale);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &'static str) -> Locale {
        accepted(&[(header::ACCEPT_LANGUAGE, value.parse().unwrap())].into_iter().collect())
    }

    #[test]
    fn the_heaviest_known_language_wins_and_the_first_of_equals() {
        assert_eq!(accept("en-GB,en;q=0.9,zh;q=0.8"), Locale::En);
        assert_eq!(accept("fr, zh;q=0.3, en;q=0.4"), Locale::En);
        assert_eq!(accept("zh-CN,en"), Locale::Zh);
        assert_eq!(accept("en,zh-CN"), Locale::En);
        assert_eq!(accept("en;q=0, zh;q=0.1"), Locale::Zh);
    }

    #[test]
    fn chinese_is_spoken_when_nothing_else_is_asked_for() {
        for value in ["", "*", "fr", "en;q=x", ";;;,,", "en;q=0"] {
            assert_eq!(accept(value), Locale::Zh, "{value}");
        }
        assert_eq!(accepted(&HeaderMap::new()), Locale::Zh);
    }
}
