//! The phone of a place: a large button that calls, and only words where nothing can be dialled.

use leptos::prelude::*;
use shared::{directory::Listing, locale::Locale, say};

/// The button; what is invented, or has no number, says so instead.
pub fn call(locale: Locale, listing: &Listing) -> AnyView {
    let name = listing.name.say(locale).to_owned();
    let Some(phone) = &listing.phone else {
        let text = locale.say("没有登记电话", "No phone is known");
        return view! { <p class="place-silent">{text}</p> }.into_any();
    };
    let number = phone.say(locale);
    let Some(tel) = listing.tel() else {
        let text = if listing.demo {
            say!(locale, "演示电话，打不通：{number}", "Demo number, cannot be called: {number}")
        } else {
            say!(locale, "电话：{number}", "Phone: {number}")
        };
        return view! { <p class="place-silent">{text}</p> }.into_any();
    };
    view! {
        <a class="button place-call" href=format!("tel:{tel}")>
            <span>{locale.say("打电话", "Call")} <span class="hidden-visually">{format!(" {name} ")}</span></span>
            <span class="nowrap">{number}</span>
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use shared::directory::Dial;

    use super::*;
    use crate::directory::tests::{drawn, real, text};

    #[test]
    fn a_press_dials_the_number_and_the_extension_is_said_beside_it() {
        let listing = Listing { phone: Dial::parse("0755-12345678-8001").ok(), ..real() };
        let drawn = drawn(vec![listing], |scene, listing| call(scene.locale(), listing));
        assert!(drawn.contains("href=\"tel:075512345678\""), "{drawn}");
        assert!(text(&drawn).contains("0755-12345678 转 8001"), "{drawn}");
    }
}
