//! The way to put it beside others; and for the family: a code to scan, the address, and a sheet for the wall.

use leptos::prelude::*;

use super::PlacePage;
use crate::{components::qr::Qr, pairs};

pub(super) fn draw(page: &PlacePage<'_>) -> AnyView {
    let (scene, locale) = (page.scene, page.locale());
    let here = scene.pages.url(scene.visit, &format!("/{}", page.listing.id));
    let address = format!("{}{here}", page.origin);
    let sheet = format!("{here}/print");
    // Beside whatever was chosen before.
    let ids = scene.chosen().into_iter().filter(|one| one.id != page.listing.id).chain([page.listing]);
    let ids: Vec<_> = ids.map(|one| one.id.as_str()).collect();
    let compare = pairs::address(&scene.pages.url(scene.visit, "/compare"), ids.iter().map(|id| ("id", *id)));
    let compare = (scene.listings().len() > 1).then(|| {
        view! { <p class="links off-paper"><a href=compare>{locale.say("和别的比一比", "Compare it with others")}</a></p> }
    });
    view! {
        {compare}
        <details class="fold off-paper">
            <summary>{locale.say("发给家人，或者打印", "Share it or print it")}</summary>
            <div class="flow">
                <p>{locale.say("请家人用手机扫一扫：", "Let somebody scan it with a phone:")}</p>
                <Qr content=address.clone() label=locale.say("这一页的二维码", "QR code of this page") />
                <p>{locale.say("或者把网址发给他们：", "Or send them the address:")}</p>
                <p class="place-link">{address}</p>
                <p class="links"><a href=sheet>{locale.say("大字打印一张", "A sheet in large print")}</a></p>
            </div>
        </details>
    }
    .into_any()
}
