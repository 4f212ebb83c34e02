//! The phone of a place: a large button that calls, and only words where nothing can be dialled.

use leptos::prelude::*;
use shared::{
    directory::{dial::digits, said::Call},
    locale::Locale,
};

/// The button, with the name of the place for those who only hear it.
pub fn call(locale: Locale, name: &str, call: &Call<'_>) -> AnyView {
    match call {
        Call::Dial(number) => view! {
            <a class="button place-call" href=format!("tel:{}", digits(number))>
                <span>{locale.say("打电话", "Call")} <span class="hidden-visually">{format!(" {name} ")}</span></span>
                <span class="nowrap">{(*number).to_owned()}</span>
            </a>
        }
        .into_any(),
        Call::Silent(why) => view! { <p class="place-silent">{why.text(locale)}</p> }.into_any(),
    }
}
