//! What a list is called: the kind, and everything that is looked for.

use shared::{directory::Filter, say};

use super::Scene;

/// `长者服务站：粤海街道，助餐，现在开着`.
pub fn title(scene: &Scene<'_>, filter: &Filter) -> String {
    let locale = scene.locale();
    let plural = scene.pages.plural.say(locale);
    let words = filter.words(scene.kind(), scene.listings(), locale);
    if words.is_empty() {
        return plural.to_owned();
    }
    let words = words.join(locale.say("，", ", "));
    say!(locale, "{plural}：{words}", "{plural}: {words}")
}
