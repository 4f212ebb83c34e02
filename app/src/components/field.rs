//! What every field has around it: label, hint and error, tied to the input for those who cannot see them.

use leptos::prelude::*;
use shared::locale::Locale;

/// Id of the hint of a field.
pub fn hint_id(name: &str) -> String {
    format!("{name}.hint")
}

/// Id of the error of a field.
pub fn error_id(name: &str) -> String {
    format!("{name}.error")
}

/// Value of `aria-describedby`: the error first, since it is what needs doing.
pub fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    match (error, hint) {
        (true, true) => Some(format!("{} {}", error_id(name), hint_id(name))),
        (true, false) => Some(error_id(name)),
        (false, true) => Some(hint_id(name)),
        (false, false) => None,
    }
}

/// The hint and the error of a field, with the ids that [`described_by`] names.
#[component]
pub fn Remarks(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    let hint = hint.map(|hint| view! { <p class="hint" id=hint_id(&name)>{hint}</p> });
    let error = error.map(|error| {
        view! {
            <p class="error" id=error_id(&name)>
                <span class="hidden-visually">{locale.say("请更正：", "Please correct: ")}</span>
                {error}
            </p>
        }
    });
    view! {
        {hint}
        {error}
    }
}

/// A label above one input, which takes the id `name`.
#[component]
pub fn Labelled(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    children: Children,
) -> impl IntoView {
    let class = if error.is_some() { "field field-wrong" } else { "field" };
    view! {
        <div class=class>
            <label class="label" for=name.clone()>
                {label}
            </label>
            <Remarks locale=locale name=name hint=hint error=error />
            {children()}
        </div>
    }
}

/// Several inputs under one question, which is their legend.
#[component]
pub fn Group(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    children: Children,
) -> impl IntoView {
    let class = if error.is_some() { "field field-wrong" } else { "field" };
    let described = described_by(&name, hint.is_some(), error.is_some());
    view! {
        <div class=class>
            <fieldset aria-describedby=described>
                <legend class="label">{legend}</legend>
                <Remarks locale=locale name=name hint=hint error=error />
                {children()}
            </fieldset>
        </div>
    }
}
