//! What a list is called: the kind, and everything that is looked for.

use leptos::prelude::AnyView;
use shared::{directory::Filter, say};

use super::{Scene, streets::named};
use crate::components::chinese::mark_chinese;

/// `长者服务站：粤海街道，助餐，现在开着`.
pub fn title(scene: &Scene<'_>, filter: &Filter) -> String {
    let locale = scene.locale();
    let plural = scene.pages.plural.say(locale);
    let words = filter.words(scene.kind(), scene.listings(), locale, |area| named(locale, area).to_owned());
    if words.is_empty() {
        return plural.to_owned();
    }
    let words = words.join(locale.say("，", ", "));
    say!(locale, "{plural}：{words}", "{plural}: {words}")
}

/// The same as a part of the page.
pub fn drawn(scene: &Scene<'_>, filter: &Filter) -> AnyView {
    mark_chinese(scene.locale(), &title(scene, filter))
}
