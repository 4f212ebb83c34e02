//! Where what is known of a place was read, and whoever confirmed it, as a page names them.

use leptos::prelude::*;
use server::directory::english;
use shared::locale::Locale;

use crate::components::chinese::mark_chinese;

/// In the language of the page where that is known, and else marked as Chinese.
pub(super) fn source(locale: Locale, text: &str) -> AnyView {
    match (locale, english::source(text)) {
        (Locale::Zh, _) => text.to_owned().into_any(),
        (Locale::En, Some(words)) => words.into_any(),
        (Locale::En, None) => mark_chinese(locale, text),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::draw::fragment;

    #[test]
    fn whatever_the_region_of_the_demonstration_names_as_a_source_is_said_in_english() {
        let file: Value = serde_json::from_str(include_str!("../../../server/regions/440305.json")).unwrap();
        let places = file["sections"]["places"].as_array().unwrap().iter();
        let sources = places.map(|place| &place["source"]).chain([&file["sections"]["directory"]["source"]]);
        for text in sources.map(|source| source.as_str().unwrap()) {
            assert!(fragment(|| source(Locale::Zh, text)).contains(text));
            let said = fragment(|| source(Locale::En, text));
            assert!(said.is_ascii() && !said.is_empty(), "{text}: {said}");
        }
    }

    #[test]
    fn what_somebody_else_wrote_stays_as_it_is_and_is_marked_as_chinese() {
        let said = fragment(|| source(Locale::En, "演示区民政局"));
        assert!(said.contains(r#"<span lang="zh-CN">演示区民政局</span>"#), "{said}");
    }
}
