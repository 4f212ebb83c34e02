//! A place on a map: a search that opens only when it is pressed, so that no map service learns of anybody else, and what it is told
//! then.

use leptos::prelude::*;
use shared::{directory::map_link::search, locale::Locale};

#[component]
pub fn MapLink(
    locale: Locale,
    /// Of the place in Chinese, as the map knows it.
    #[prop(into)]
    name: String,
    #[prop(into)] address: String,
) -> impl IntoView {
    view! {
        <a href=search(&name, &address) rel="noreferrer">
            {locale.say("在高德地图上看", "See it on a map (Amap)")}
        </a>
        " "
        <span class="soft off-paper">
            {locale.say(
                "点了才会打开。本站只把名称和地址告诉它，它能看到您上网的地址（IP）。",
                "It opens only when you press. We tell it the name and address alone; it sees the network address you come from (IP).",
            )}
        </span>
    }
}
