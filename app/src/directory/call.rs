//! The phone of a place: a large button that calls, and only words where nothing can be dialled.

use leptos::prelude::*;
use shared::{directory::said::Call, locale::Locale};

/// The button, with the name of the place for those who only hear it.
pub fn call(locale: Locale, name: &str, call: &Call) -> AnyView {
    match call {
        Call::Dial { tel, number } => view! {
            <a class="button place-call" href=format!("tel:{tel}")>
                <span>{locale.say("打电话", "Call")} <span class="hidden-visually">{format!(" {name} ")}</span></span>
                <span class="nowrap">{number.clone()}</span>
            </a>
        }
        .into_any(),
        Call::Silent(why) => view! { <p class="place-silent">{why.clone()}</p> }.into_any(),
    }
}
