//! A mobile phone number.

use leptos::prelude::*;
use shared::locale::Locale;

use super::field::{Labelled, described_by};

#[component]
pub fn PhoneField(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
    /// "tel" for the person at the keyboard, "off" for anybody else.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let described = described_by(&name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <Labelled locale=locale name=name.clone() label=label hint=hint error=error>
            <input
                class="input input-phone"
                type="tel"
                id=name.clone()
                name=name
                value=value
                autocomplete=autocomplete
                inputmode="tel"
                aria-describedby=described
                aria-invalid=invalid
            />
        </Labelled>
    }
}
