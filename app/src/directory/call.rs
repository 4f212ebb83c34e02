//! The phone of a place: a large button that calls, and only words where nothing can be dialled.

use leptos::prelude::*;
use shared::{
    directory::{
        dial::{digits, read_out},
        said::Call,
    },
    locale::Locale,
};

/// The button, with the name of the place for those who only hear it.
pub fn call(locale: Locale, name: &str, call: &Call<'_>) -> AnyView {
    match call {
        Call::Dial(number) => view! {
            <a class="button place-call" href=format!("tel:{}", digits(number))>
                <span>{locale.say("打电话", "Call")} <span class="hidden-visually">{format!(" {name} ")}</span></span>
                <span class="nowrap">{read_out(number, locale)}</span>
            </a>
        }
        .into_any(),
        Call::Silent(why) => view! { <p class="place-silent">{why.text(locale)}</p> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use shared::directory::{Dial, Listing};

    use super::*;
    use crate::directory::tests::{drawn, real, text};

    #[test]
    fn a_press_dials_the_number_and_the_extension_is_said_beside_it() {
        let listing = Listing { phone: Dial::parse("0755-12345678-8001").ok(), ..real() };
        let drawn = drawn(vec![listing], |scene, listing| {
            call(scene.locale(), listing.name.say(scene.locale()), &Call::of(&listing.sight()))
        });
        assert!(drawn.contains("href=\"tel:075512345678\""), "{drawn}");
        assert!(text(&drawn).contains("0755-12345678 转 8001"), "{drawn}");
    }
}
