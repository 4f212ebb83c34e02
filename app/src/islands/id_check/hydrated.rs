//! The reading in the browser.

use std::rc::Rc;

use shared::{
    identity::{IdDocument, IdType},
    locale::Locale,
    marriage::{PartyKind, party::identity::read_document},
    say,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlDivElement, HtmlFormElement, HtmlInputElement};

use crate::islands::browser::{find, hear, hide, locale, typed};

pub(super) fn check(here: HtmlDivElement) {
    let Some(input) = find::<HtmlInputElement>(&here, "input") else { return };
    // What was typed before this page woke up.
    read(&here, &input);
    let (whole, form) = (here.clone(), input.form());
    let again = Rc::new(move || read(&whole, &input));
    let (complete, left) = (Rc::clone(&again), Rc::clone(&again));
    hear(&here, "input", move |event| {
        let typed = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if typed.is_some_and(|typed| typed.value().chars().count() >= COMPLETE) {
            complete();
        }
    });
    // A remark that appears while a button is being pressed would move the button away from under the finger.
    hear(&here, "focusout", move |event| {
        let to = event.dyn_into::<FocusEvent>().ok().and_then(|event| event.related_target());
        if to.is_some_and(|to| to.dyn_ref::<HtmlInputElement>().is_some()) {
            left();
        }
    });
    // Another kind of person or document gives the same number another meaning.
    if let Some(form) = form {
        hear(&form, "change", move |event| {
            let choice = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if choice.is_some_and(|choice| choice.type_() == "radio") {
                again();
            }
        });
    }
}

/// Characters of the longest number there is; with fewer, somebody may still be typing.
const COMPLETE: usize = 18;

fn read(here: &Element, input: &HtmlInputElement) {
    let (text, locale) = (input.value(), locale());
    // The server has said more about this text than can be seen here, and its remark stands above the field.
    let remarked = find::<Element>(here, ".field-wrong").is_some() && is_as_sent(input);
    // An empty field is not wrong before the form is sent.
    let document = id_type(input).filter(|_| !text.trim().is_empty() && !remarked);
    let (notice, wrong) = match document.map(|id_type| read_document(id_type, &text)) {
        None => (String::new(), remarked),
        Some(Err(reason)) => (reason.sentence(locale), true),
        Some(Ok(document)) => (compare(locale, &document), false),
    };
    let _ = if wrong { input.set_attribute("aria-invalid", "true") } else { input.remove_attribute("aria-invalid") };
    hide(here, ".field > .error", !remarked);
    if let Some(place) = find::<Element>(here, "[aria-live]") {
        place.set_class_name(if wrong { "error" } else { "hint" });
        place.set_text_content(Some(&notice));
    }
}

fn compare(locale: Locale, document: &IdDocument) -> String {
    let number = document.grouped();
    say!(locale, "请对照证件核对：{number}", "Compare with your document: {number}")
}

/// Whether the number, and every choice that gives it its meaning, is what the server last saw.
fn is_as_sent(input: &HtmlInputElement) -> bool {
    let chosen_anew =
        |form: HtmlFormElement| find::<Element>(&form, "input[type=radio]:checked:not([checked])").is_some();
    input.value() == input.default_value() && !input.form().is_some_and(chosen_anew)
}

/// The document that the form's other answers mean; nothing while that is open.
fn id_type(input: &HtmlInputElement) -> Option<IdType> {
    let form = input.form()?;
    let kind = PartyKind::from_wire(&typed(&form, "kind")).unwrap_or(PartyKind::Mainland);
    match kind.id_types() {
        [only] => Some(*only),
        _ => IdType::from_wire(&typed(&form, &format!("id_type.{}", kind.wire()))),
    }
}
