//! The beginning of a text, where the whole would be too long.

use shared::locale::Locale;

/// The first sentence: it carries the rule, the rest says more.
pub fn sentence(locale: Locale, text: &str) -> &str {
    match locale {
        Locale::Zh => text.find('。').map_or(text, |at| &text[..at + '。'.len_utf8()]),
        Locale::En => text.find(". ").map_or(text, |at| &text[..=at]),
    }
}

/// What stands before the first stop, the name of an office, and what more is said of it.
pub fn clause(text: &str) -> (&str, &str) {
    let Some(at) = text.find(['。', '；', ';']) else { return (text, "") };
    let mut more = text[at..].chars();
    more.next();
    (&text[..at], more.as_str().trim_start())
}

/// A name without the other name that it carries in brackets, for where both were given before.
pub fn name(text: &str) -> &str {
    text.find(['（', '(']).map_or(text, |at| text[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_cut_at_its_end() {
        assert_eq!(sentence(Locale::Zh, "可以不算。您家看来是这样。"), "可以不算。");
        assert_eq!(sentence(Locale::En, "It can be left out. That seems to be so."), "It can be left out.");
        assert_eq!(sentence(Locale::En, "Once only"), "Once only");
    }

    #[test]
    fn an_office_and_a_benefit_go_by_their_short_names() {
        assert_eq!(clause("户口所在的街道办事处。户口在南山的：南头"), ("户口所在的街道办事处", "户口在南山的：南头"));
        assert_eq!(clause("The street office; in Nanshan: Nantou"), ("The street office", "in Nanshan: Nantou"));
        assert_eq!(clause("街道"), ("街道", ""));
        assert_eq!(
            [name("最低生活保障（低保）"), name("Old-age allowance (高龄津贴)")],
            ["最低生活保障", "Old-age allowance"]
        );
        assert_eq!(name("高龄津贴"), "高龄津贴");
    }
}
