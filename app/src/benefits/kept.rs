//! Without a network the check goes on with the rules that were kept, and says so.

use leptos::prelude::*;
use shared::say;

use super::{page::Page, scene::Scene};
use crate::components::notice::{Notice, Tone};

/// Where the check begins and where it ends; between them it would only be in the way.
pub fn kept(scene: Scene<'_>) -> Option<AnyView> {
    let Scene { locale, screen, today, kept, .. } = scene;
    let kept = kept.filter(|_| matches!(screen.page, Page::Start | Page::Result))?;
    let title = locale.say("现在没有网络", "You are offline");
    let (day, today) = (locale.date(kept), locale.date(today));
    let says = say!(
        locale,
        "这里用的是 {day} 保存的规定，按今天（{today}）来算。之后公布的数字可能更新，连上网再看一遍。",
        "These rules were kept on {day} and are applied as of today, {today}. Newer figures may have been published \
         since; look again once you are online."
    );
    Some(view! { <Notice tone=Tone::Warning title=title><p>{says}</p></Notice> }.into_any())
}
