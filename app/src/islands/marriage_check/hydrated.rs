//! The check in the browser: no request is made.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::{field::FieldMessage, locale::Locale};
use web_sys::{Element, Event, HtmlButtonElement, HtmlDivElement, HtmlElement, HtmlFormElement};

use super::{Days, answer, answer_to, messages, read};
use crate::{
    components::{
        error_summary::error_summary,
        field::{described_by, error_id, hint_id},
        part::Part,
    },
    islands::browser::{around, find, hear, left_on, locale, typed},
};

pub(super) fn check(here: HtmlDivElement) {
    let page = here.clone();
    hear(&here, "submit", move |event| submitted(&page, &event));
    hear(&here, "click", |event| pressed(&event));
}

fn submitted(here: &Element, event: &Event) {
    let Some(form) = around::<HtmlFormElement>(event, "form") else { return };
    let days = ["data-today", "data-next", "data-last", "data-released"].map(|name| day(&form, name));
    let [Some(today), Some(next), Some(last), Some(released)] = days else { return };
    event.prevent_default();
    clean(&form);
    let (locale, input) = (locale(), read(|name| typed(&form, name)));
    let days = Days { today, next, last, released };
    match answer_to(&input, days) {
        Ok(found) => {
            let book_at = left_on(&form, "data-book-at");
            tell(here, &answer::answered(locale, found, !input.date.is_empty(), days, &book_at));
        }
        Err(errors) => {
            let messages = messages(locale, &errors);
            for message in &messages {
                mark(locale, message);
            }
            tell(here, &error_summary(locale, &messages));
        }
    }
}

/// A day that the server left on the form, in days from 1970: reading dates would weigh more.
fn day(form: &Element, name: &str) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(left_on(form, name).parse().ok()?)
}

/// The button for a sheet of paper prints this page.
fn pressed(event: &Event) {
    if around::<HtmlButtonElement>(event, "button[name=print]").is_some() {
        event.prevent_default();
        let _ = window().print();
    }
}

/// Puts the answer in the place of an earlier one, and the focus on it.
fn tell(here: &Element, part: &Part) {
    let (Some(place), Some(part)) = (find::<Element>(here, "#told"), part.element()) else { return };
    while let Some(earlier) = place.first_element_child() {
        earlier.remove();
    }
    // It receives the focus below; asking twice would put a warning on the console.
    let _ = part.remove_attribute("autofocus");
    let _ = place.append_child(&part);
    if let Some(part) = find::<HtmlElement>(&place, ":scope > *") {
        let _ = part.focus();
    }
}

/// Takes the remarks of the last time off the fields.
fn clean(form: &HtmlFormElement) {
    let next = |selector| form.query_selector(selector).ok().flatten();
    while let Some(remark) = next(".error") {
        remark.remove();
    }
    while let Some(field) = next(".field-wrong") {
        field.set_class_name("field");
    }
    while let Some(input) = next("[aria-invalid]") {
        let _ = input.remove_attribute("aria-invalid");
    }
}

/// Shows a remark at its field, as the server draws it.
fn mark(locale: Locale, FieldMessage { field, message, .. }: &FieldMessage) {
    let Some(input) = document().get_element_by_id(field) else { return };
    let closest = |selector| input.closest(selector).ok().flatten();
    // Every question of the check is a group of inputs.
    let (Some(whole), Some(group)) = (closest(".field"), closest("fieldset")) else { return };
    whole.set_class_name("field field-wrong");
    let _ = input.set_attribute("aria-invalid", "true");
    let hint = document().get_element_by_id(&hint_id(field)).is_some();
    let _ = group.set_attribute("aria-describedby", &described_by(field, hint, true).unwrap_or_default());
    let correct = Part::text("span", locale.say("请更正：", "Please correct: ")).class("hidden-visually");
    let remark =
        Part::of("p", [correct, Part::text("span", message)]).class("error").with("id", error_id(field)).element();
    if let (Some(remark), Some(before)) = (remark, child_with(&group, input)) {
        let _ = group.insert_before(&remark, Some(&before));
    }
}

/// The child of `parent` that has `inner` in it.
fn child_with(parent: &Element, inner: Element) -> Option<Element> {
    let mut child = inner;
    loop {
        let above = child.parent_element()?;
        if above == *parent {
            return Some(child);
        }
        child = above;
    }
}
