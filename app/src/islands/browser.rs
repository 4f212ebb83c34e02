//! What the islands ask of the browser.

use std::time::Duration;

use leptos::prelude::*;
use shared::locale::Locale;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, Event, FormData, HtmlElement, HtmlFormElement,
    js_sys::{Date, JSON, Reflect},
};

/// The language of the page.
pub(super) fn locale() -> Locale {
    let tag = document().document_element().and_then(|page| page.get_attribute("lang"));
    tag.and_then(|tag| Locale::from_tag(&tag)).unwrap_or_default()
}

/// Seconds on the device's clock, for differences only: it need not agree with the portal's.
#[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 are far below the limit")]
pub(super) fn seconds() -> i64 {
    (Date::now() / 1000.0) as i64
}

/// Does something again and again for as long as the page is open.
pub(super) fn every(time: Duration, act: impl Fn() + 'static) {
    let _ = set_interval_with_handle(act, time);
}

/// Hears an event of an element, or of anything in it, for as long as the page is open.
pub(super) fn hear(element: &Element, name: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act).into_js_value();
    let _ = element.add_event_listener_with_callback(name, act.unchecked_ref());
}

pub(super) fn find<T: JsCast>(within: &Element, selector: &str) -> Option<T> {
    within.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The nearest element around what an event happened to, itself included.
pub(super) fn around<T: JsCast>(event: &Event, selector: &str) -> Option<T> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()?.dyn_into().ok()
}

/// What the server left on an element for its island.
pub(super) fn left_on(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

pub(super) fn write(within: &Element, selector: &str, text: &str) {
    if let Some(element) = find::<Element>(within, selector) {
        element.set_text_content(Some(text));
    }
}

pub(super) fn hide(within: &Element, selector: &str, hidden: bool) {
    if let Some(element) = find::<HtmlElement>(within, selector) {
        element.set_hidden(hidden);
    }
}

/// What stands in a field of a form at this moment; nothing typed or chosen is an empty text.
pub(super) fn typed(form: &HtmlFormElement, name: &str) -> String {
    let data = FormData::new_with_form(form);
    data.ok().and_then(|data| data.get(name).as_string()).unwrap_or_default()
}

/// An answer in JSON, read by the browser's own reader.
pub(super) fn json(text: &str) -> Option<JsValue> {
    JSON::parse(text).ok()
}

pub(super) fn text_in(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &name.into()).ok()?.as_string()
}

#[expect(clippy::cast_possible_truncation, reason = "ids and counts are far below the limit")]
pub(super) fn number_in(object: &JsValue, name: &str) -> Option<i64> {
    Reflect::get(object, &name.into()).ok()?.as_f64().map(|number| number as i64)
}
