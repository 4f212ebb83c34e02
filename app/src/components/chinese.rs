//! Chinese on an English page, marked as what it is: a voice reads it and a font draws it by its language.

use leptos::prelude::*;
use shared::locale::Locale;

/// A text of the page, with an element around each stretch of Chinese that stands in English.
pub fn mark_chinese(locale: Locale, text: &str) -> AnyView {
    if locale == Locale::Zh || !text.contains(is_chinese) {
        return text.to_owned().into_any();
    }
    let parts = stretches(text).into_iter().map(|(part, is_chinese)| {
        let part = part.to_owned();
        if is_chinese { view! { <span lang=Locale::Zh.tag()>{part}</span> }.into_any() } else { part.into_any() }
    });
    parts.collect_view().into_any()
}

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Cut where Chinese begins or ends, and whether each part is.
fn stretches(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let (mut from, mut was) = (0, false);
    for (at, character) in text.char_indices() {
        let is = is_chinese(character);
        if is != was && from < at {
            parts.push((&text[from..at], was));
            from = at;
        }
        was = is;
    }
    if from < text.len() {
        parts.push((&text[from..], was));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::fragment;

    #[test]
    fn chinese_is_marked_where_it_stands_in_english() {
        let drawn = |locale, text: &str| fragment(|| mark_chinese(locale, text)).replace("<!>", "");
        let said = r#"Elderly stations: <span lang="zh-CN">海珠社区</span>, Meals"#;
        assert_eq!(drawn(Locale::En, "Elderly stations: 海珠社区, Meals"), said);
        assert_eq!(drawn(Locale::En, "海珠"), r#"<span lang="zh-CN">海珠</span>"#);
        assert_eq!(drawn(Locale::En, "Yuehai Street"), "Yuehai Street");
        assert_eq!(drawn(Locale::Zh, "海珠社区 A"), "海珠社区 A");
    }
}
