//! The switches of language and reading mode, on every page for residents.
//!
//! Where a form is being filled in, they send that form, so that nothing typed is lost, with or without scripts.

use leptos::prelude::*;
use shared::locale::Locale;

use crate::visit::{Mode, TextSize, Visit};

/// What a switch asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    Language(Locale),
    Mode(Mode),
}

impl Switch {
    /// Reads `speak-en` or `elder-22`, as a kept form sends it under the name `action`.
    pub fn read(action: &str) -> Option<Self> {
        match action.split_once('-')? {
            (SPEAK, tag) => Locale::from_tag(tag).map(Self::Language),
            (ELDER, size) => Some(Self::Mode(Mode::from_cookie(size))),
            _ => None,
        }
    }
}

const SPEAK: &str = "speak";
const ELDER: &str = "elder";

/// The enter key presses the first button of a form, wherever on the page it stands: this one, which means nothing
/// but "go on", and not a switch.
pub fn first_button(form: &'static str) -> impl IntoView {
    view! { <button class="hidden-visually" form=form tabindex="-1" aria-hidden="true"></button> }
}

/// Language and reading mode, for the bar.
pub(super) fn switches(visit: &Visit, form: Option<&'static str>) -> impl IntoView + use<> {
    let (text, size) = match visit.mode {
        Mode::Elder(_) => (visit.say("标准版", "Standard"), None),
        Mode::Standard => (visit.say("长者版", "Large text"), Some(TextSize::default())),
    };
    view! {
        <div class="switches">
            {form.map(first_button)}
            {language(visit, form)}
            {mode_form(visit, form, "", None, mode(form, size, text, None).into_any())}
        </div>
    }
}

/// The sizes of the elder mode, below the bar.
pub(super) fn text_sizes(visit: &Visit, form: Option<&'static str>, chosen: TextSize) -> impl IntoView + use<> {
    let locale = visit.locale;
    let buttons = TextSize::ALL.map(|size| mode(form, Some(size), size.name(locale), Some(size == chosen)));
    let row = view! {
        <div class="frame">
            <span id="sizes">{locale.say("字号", "Text size")}</span>
            {buttons.into_iter().collect_view()}
        </div>
    };
    mode_form(visit, form, "sizes", Some("sizes"), row.into_any())
}

fn language(visit: &Visit, form: Option<&'static str>) -> AnyView {
    let other = match visit.locale {
        Locale::Zh => Locale::En,
        Locale::En => Locale::Zh,
    };
    let name = other.say("中文", "English");
    match form {
        None => view! {
            <a class="switch" href=visit.here_in(other) lang=other.tag() hreflang=other.tag()>
                {name}
            </a>
        }
        .into_any(),
        Some(form) => view! {
            <button class="switch" form=form name="action" value=format!("{SPEAK}-{}", other.tag()) lang=other.tag()>
                {name}
            </button>
        }
        .into_any(),
    }
}

/// A button for a size of the elder mode, or for the standard mode.
fn mode(
    form: Option<&'static str>,
    size: Option<TextSize>,
    text: &str,
    pressed: Option<bool>,
) -> impl IntoView + use<> {
    let value = size.map_or("standard", TextSize::px);
    let (name, value) = match form {
        None => (ELDER, value.to_owned()),
        Some(_) => ("action", format!("{ELDER}-{value}")),
    };
    let pressed = pressed.map(|pressed| if pressed { "true" } else { "false" });
    let text = text.to_owned();
    view! {
        <button class="switch switch-framed" form=form name=name value=value aria-pressed=pressed>
            {text}
        </button>
    }
}

/// The form around the buttons of the reading mode; where they send another form it is only a box.
fn mode_form(
    visit: &Visit,
    form: Option<&'static str>,
    class: &'static str,
    labelled_by: Option<&'static str>,
    buttons: AnyView,
) -> AnyView {
    if form.is_some() {
        let role = labelled_by.map(|_| "group");
        return view! { <div class=class role=role aria-labelledby=labelled_by>{buttons}</div> }.into_any();
    }
    view! {
        <form class=class method="post" action=visit.url("/preferences") aria-labelledby=labelled_by>
            <input type="hidden" name="back" value=visit.here_in(visit.locale) />
            {buttons}
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{draw, visit::tests::visit};

    #[test]
    fn a_switch_says_what_it_asks_for_in_the_form_it_sends() {
        let visit = visit(Locale::Zh, "/marriage/book/review", "elder=26");
        let html = draw::fragment(move || {
            let form = Some("answers");
            (switches(&visit, form), text_sizes(&visit, form, TextSize::Px26))
        });
        assert!(!html.contains("<form") && !html.contains("<a "), "{html}");
        let actions: Vec<_> =
            html.split(r#"name="action" value=""#).skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(actions, ["speak-en", "elder-standard", "elder-22", "elder-26", "elder-30"]);
        let read: Vec<_> = actions.into_iter().map(Switch::read).collect();
        let sizes = TextSize::ALL.map(|size| Some(Switch::Mode(Mode::Elder(size))));
        assert_eq!(read[..2], [Some(Switch::Language(Locale::En)), Some(Switch::Mode(Mode::Standard))]);
        assert_eq!(read[2..], sizes);
        assert_eq!(["extend", "", "elder", "speak-xx"].map(Switch::read), [None; 4]);
        let first = html.find("<button").unwrap();
        assert!(
            html[first..].starts_with(r#"<button form="answers" tabindex="-1""#),
            "enter presses none of them: {html}"
        );
    }

    #[test]
    fn elsewhere_the_language_is_a_link_and_the_mode_a_form_of_its_own() {
        let visit = visit(Locale::En, "/marriage", "");
        let html = draw::fragment(move || switches(&visit, None));
        assert!(html.contains(r#"href="/marriage""#) && html.contains(r#"name="elder" value="22""#), "{html}");
        assert!(html.contains(r#"action="/en/preferences""#) && !html.contains("hidden-visually"), "{html}");
    }
}
