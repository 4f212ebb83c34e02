//! The reading in the browser.

use shared::{
    identity::{IdDocument, IdType},
    locale::Locale,
    marriage::PartyKind,
};
use web_sys::{Element, HtmlDivElement, HtmlInputElement};

use crate::islands::browser::{find, hear, hide, locale, typed};

pub(super) fn check(here: HtmlDivElement) {
    let Some(input) = find::<HtmlInputElement>(&here, "input") else { return };
    // What was typed before this page woke up, unless the server has said something about it already.
    if find::<Element>(&here, ".field-wrong").is_none() {
        read(&here, &input);
    }
    let around = here.clone();
    hear(&here, "focusout", move |_| read(&around, &input));
}

fn read(here: &Element, input: &HtmlInputElement) {
    let (text, locale) = (input.value(), locale());
    let Some(id_type) = id_type(input) else { return };
    // An empty field is not wrong before the form is sent.
    let (told, wrong) = match IdDocument::parse(id_type, &text) {
        _ if text.trim().is_empty() => (String::new(), false),
        Err(reason) => (reason.sentence(locale), true),
        Ok(document) => (compare(locale, &document), false),
    };
    let _ = if wrong { input.set_attribute("aria-invalid", "true") } else { input.remove_attribute("aria-invalid") };
    // The server's remark was about an earlier text.
    hide(here, ".field > .error", true);
    if let Some(place) = find::<Element>(here, "[aria-live]") {
        place.set_class_name(if wrong { "error" } else { "hint" });
        place.set_text_content(Some(&told));
    }
}

fn compare(locale: Locale, document: &IdDocument) -> String {
    match locale {
        Locale::Zh => format!("请对照证件核对：{}", document.grouped()),
        Locale::En => format!("Compare with your document: {}", document.grouped()),
    }
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
