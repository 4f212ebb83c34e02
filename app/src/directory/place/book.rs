//! How to book a time there, where that can be done here.

use leptos::prelude::*;
use shared::directory::Listing;

use super::super::Scene;
use crate::{components::button::LinkButton, pairs::address};

pub fn draw(scene: &Scene<'_>, listing: &Listing) -> Option<AnyView> {
    let (visit, locale, book) = (scene.visit, scene.locale(), scene.pages.book?);
    if !scene.bookable.contains(&listing.id) {
        let text = locale.say("这里不能在网上预约，请打电话问。", "It cannot be booked here. Please ask by phone.");
        return Some(view! { <span class="place-silent">{text}</span> }.into_any());
    }
    let href = address(&visit.url(&book.path("book")), [(book.places.query, listing.id.as_str())]);
    Some(view! { <LinkButton href=href text=book.words.book.say(locale) /> }.into_any())
}
