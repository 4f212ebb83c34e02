//! The number of an identity document.

use leptos::prelude::*;
use shared::locale::Locale;

use super::field::{Labelled, described_by};

/// One identity number.
///
/// A text keyboard, since a numeric one locks out the one person in eleven whose number ends in X;
/// no `maxlength`, since a pasted number may carry spaces.
#[component]
pub fn IdField(
    locale: Locale,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(optional_no_strip)] hint: Option<String>,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    let described = described_by(&name, hint.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <Labelled locale=locale name=name.clone() label=label hint=hint error=error>
            <input
                class="input input-id"
                type="text"
                id=name.clone()
                name=name
                value=value
                autocomplete="off"
                inputmode="text"
                autocapitalize="characters"
                aria-describedby=described
                aria-invalid=invalid
                spellcheck="false"
            />
        </Labelled>
    }
}
