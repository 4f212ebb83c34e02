//! Keys for a screen that has no keyboard, with the letters that a reference can have; `public/assets/kiosk.js` shows them.

use leptos::prelude::*;
use shared::{appointments::BookingReference, locale::Locale};

pub(super) fn keys(locale: Locale) -> AnyView {
    let letters = BookingReference::letters().map(|letter| {
        let letter = letter.to_string();
        view! {
            <button class="kiosk-key" type="button" data-key=letter.clone()>{letter.clone()}</button>
        }
    });
    view! {
        <div
            class="kiosk-keys"
            id="keys"
            role="group"
            hidden
            aria-label=locale.say("输入预约号的键", "Keys for the reference")
        >
            {letters.collect_view()}
            <button class="kiosk-key kiosk-key-wide" type="button" data-key="back">
                {locale.say("退格", "Delete")}
            </button>
            <button class="kiosk-key kiosk-key-wide" type="button" data-key="clear">
                {locale.say("清空", "Clear")}
            </button>
        </div>
    }
    .into_any()
}
