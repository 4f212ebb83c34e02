//! The refreshing in the browser.

use std::time::Duration;

use gloo_net::http::{Request, Response};
use leptos::{prelude::document, task::spawn_local};
use shared::{appointments::slot::SlotState, locale::Locale};
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlButtonElement, HtmlDivElement, js_sys::Array};

use crate::{
    components::times,
    islands::browser::{every, find, json, left_on, locale, number_in, text_in, write},
};

const EVERY: Duration = Duration::from_secs(20);

/// Asks for the times again and again, unless nobody looks at the page.
pub(super) fn refresh(here: HtmlDivElement) {
    let Some(times) = find::<Element>(&here, "[data-slots-at]") else { return };
    let locale = locale();
    every(EVERY, move || {
        if document().hidden() {
            return;
        }
        let times = times.clone();
        spawn_local(async move {
            // Without an answer the page stays as it is: the server has the last word anyway.
            for slot in slots(&left_on(&times, "data-slots-at")).await.unwrap_or_default() {
                show(locale, &times, &slot);
            }
        });
    });
}

async fn slots(slots_at: &str) -> Option<Array> {
    let response = Request::get(slots_at).send().await.ok().filter(Response::ok)?;
    let slots = json(&response.text().await.ok()?)?;
    Array::is_array(&slots).then(|| Array::from(&slots))
}

/// Changes the button in place, so that nobody loses the focus.
fn show(locale: Locale, times: &Element, slot: &JsValue) -> Option<()> {
    let selector = format!("button[value='{}']", number_in(slot, "id")?);
    let button = find::<HtmlButtonElement>(times, &selector)?;
    let state = if text_in(slot, "state")? == "free" { SlotState::Free } else { SlotState::Full };
    let free = state == SlotState::Free;
    let remaining = u32::try_from(number_in(slot, "remaining")?).ok()?;
    button.set_disabled(!free);
    button.set_class_name(times::class(free));
    write(&button, ".time-state", &times::state(locale, state, remaining));
    Some(())
}
