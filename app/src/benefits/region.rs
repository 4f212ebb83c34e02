//! Whose rules are shown, when the place that was asked for has none of its own.

use shared::{eligibility::pack::Pack, locale::Locale, say};

/// Nothing where the place that was asked for has a pack.
pub fn stands_in(locale: Locale, pack: &Pack, asked: &str) -> Option<String> {
    if asked.is_empty() || pack.region == asked {
        return None;
    }
    let name = pack.name.say(locale);
    // The country's rules are the last that can stand in.
    let country = pack.chain.len() == 1;
    Some(if country {
        say!(
            locale,
            "您选的地方（区划代码 {asked}）还没有收录，这里只有全国的规定；当地的数字请问民政部门。",
            "The place you chose (division code {asked}) is not listed yet; these are the national rules only. Please ask \
             the bureau for local figures."
        )
    } else {
        say!(
            locale,
            "您选的地方（区划代码 {asked}）没有单独收录，这里说的是{name}的规定。",
            "The place you chose (division code {asked}) is not listed by itself; these are the rules of {name}."
        )
    })
}
